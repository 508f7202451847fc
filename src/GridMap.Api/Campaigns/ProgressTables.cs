using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Core.Progress;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Campaigns;

/// <summary>Makes the tables of progress: the formulas are Core's, the sums are the book's. Thread safe.</summary>
internal sealed class ProgressTables(CampaignBooks books, SnapshotProvider snapshots, DayCounts counts, DayIssues issues, IOptions<GridMapOptions> options)
{
    /// <summary>How far outside the campaign a day may be asked for; further out nothing is left to be told.</summary>
    private const int MaxDaysOutside = 366;

    /// <summary>All grids of a level on a day, the worst first.</summary>
    /// <exception cref="ProblemException">400: a level finer than the zones, a day far from the campaign. 404: no such campaign.</exception>
    public async Task<ProgressAnswer> OnAsync(long id, int? level, DateOnly? on, bool asKnownNow, Reach reach, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var day = new ProgressDay(book, DayIn(book, on), asKnownNow);
        var at = Level(book, level);
        var counted = await counts.CountAsync(day, cancel);
        if (!reach.IsEverywhere)
        {
            return Part(day, at, Shown(book, at, reach), counted);
        }

        var rows = book.Grids.Rows(at).Select(grid => Row(day, grid, counted))
            .OrderBy(row => row.Spi is null).ThenBy(row => row.Spi).ThenBy(row => row.Code, StringComparer.Ordinal).ToList();
        var all = Sum(book.Grids.Rows(1).Select(grid => counted.GetValueOrDefault(grid.Id)));
        var rest = all - Sum(book.Grids.Rows(at).Select(grid => counted.GetValueOrDefault(grid.Id)));
        var notDivided = book.NotDivided(at);
        return new ProgressAnswer(
            id, day.On, at, book.Calendar.IsWorkday(day.On), book.Frozen.MomentOf(day.On), [.. book.Items.Select(item => item.Code)], rows,
            notDivided is null && rest == default
                ? null
                : rest.Into(day.Row(notDivided ?? QuantitySeries.Empty(book.Items.Count, book.Days.Count))),
            all.Into(day.Row(book.Total)));
    }

    /// <summary>The same of the grids of a level inside one grid of the campaign, or of that grid itself.</summary>
    /// <exception cref="ProblemException">As <see cref="OnAsync"/>; 400: a level outside the grid. 403: the grid is out of reach. 404: it takes no part.</exception>
    public async Task<ProgressAnswer> InsideAsync(long id, string code, int? level, DateOnly? on, Reach reach, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var grid = book.Grids.ByCode(code) ?? throw new ProblemException(Problem.NotFound("unknown_zone", $"No grid of this campaign has the code {code}."));
        if (!reach.Covers(snapshots.Current, grid.Id))
        {
            throw Refusals.OutOfReach($"Grid {code}");
        }

        var day = new ProgressDay(book, DayIn(book, on), asKnownNow: false);
        var at = Level(book, level);
        if (at < grid.Level)
        {
            throw new ProblemException(Problem.Bad("level", "level_too_coarse", $"Grid {code} is on level {grid.Level}; ask for that level or an inner one."));
        }

        var inside = book.Grids.Inside(grid).Select(one => one.Id).ToHashSet();
        var counted = await counts.CountAsync(day, cancel);

        // Its own row counts what was entered for it outside this level too.
        return Part(day, at, [.. book.Grids.Rows(at).Where(one => inside.Contains(one.Id))], counted) with { Total = Row(day, grid, counted) };
    }

    /// <summary>What of a closed map lies within a reach: its rows, and their sum instead of the whole.</summary>
    private static ProgressAnswer Part(ProgressDay day, int level, List<CampaignGrid> grids, Dictionary<long, DayCount> counted)
    {
        var book = day.Book;
        var rows = grids.Select(grid => Row(day, grid, counted))
            .OrderBy(row => row.Spi is null).ThenBy(row => row.Spi).ThenBy(row => row.Code, StringComparer.Ordinal).ToList();
        return new ProgressAnswer(
            book.Campaign.Id, day.On, level, book.Calendar.IsWorkday(day.On), book.Frozen.MomentOf(day.On), [.. book.Items.Select(item => item.Code)], rows, null,
            Sum(grids.Select(grid => counted.GetValueOrDefault(grid.Id))).Into(day.Row(book.Of(grids))));
    }

    private List<CampaignGrid> Shown(CampaignBook book, int level, Reach reach)
    {
        var snapshot = snapshots.Current;
        return [.. book.Grids.Rows(level).Where(grid => reach.Covers(snapshot, grid.Id))];
    }

    /// <summary>Every day from the first to today, for the slider.</summary>
    /// <exception cref="ProblemException">As <see cref="OnAsync"/>.</exception>
    public async Task<ProgressDays> DaysAsync(long id, int? level, bool asKnownNow, Reach reach, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var at = Level(book, level);
        var days = Enumerable.Range(0, book.Days.IndexOf(book.Campaign.Today) + 1)
            .Select(i => new ProgressDay(book, book.Days.At(i), asKnownNow)).ToList();
        var shown = Shown(book, at, reach);
        var all = reach.IsEverywhere ? book.Total : book.Of(shown);
        var rows = shown.Select(grid =>
        {
            var series = book.Of(grid);
            var shares = days.Select(day => day.Shares(series)).ToList();
            return new ProgressDaysRow(
                grid.Id, grid.Code, [.. shares.Select(share => share.Percent)], [.. shares.Select(share => share.Spi)],
                string.Concat(shares.Select(share => Letter(book.Limits.Of(share.Spi)))));
        });
        var moved = await issues.PerDayAsync(book, reach.IsEverywhere ? [.. book.Grids.Rows(1)] : shown, options.Value.TimeZone, cancel);
        var total = new ProgressDaysTotal(
            [.. days.Select(day => day.Shares(all).Percent)],
            [.. days.Select(day => day.PlannedShare(all))],
            [.. days.Select(day => moved.GetValueOrDefault(day.On).New)],
            [.. days.Select(day => moved.GetValueOrDefault(day.On).WrittenOff)]);
        return new ProgressDays(id, at, [.. days.Select(day => day.On)], [.. days.Select(day => book.Frozen.MomentOf(day.On))], [.. rows], total);
    }

    /// <summary>The row of one grid.</summary>
    internal static ProgressRow Row(ProgressDay day, CampaignGrid grid, Dictionary<long, DayCount> counted) =>
        counted.GetValueOrDefault(grid.Id).Into(day.Row(day.Book.Of(grid))) with
        {
            GridId = grid.Id,
            Code = grid.Code,
            Name = grid.Name,
            Parent = day.Book.Grids.Parent(grid)?.Code,
        };

    /// <summary>The day that is asked for; the office's today without.</summary>
    /// <exception cref="ProblemException">400: it is far from the campaign.</exception>
    internal static DateOnly DayIn(CampaignBook book, DateOnly? asked) =>
        asked is not { } day ? book.Campaign.Today
        : day.DayNumber >= book.Days.From.DayNumber - MaxDaysOutside && day.DayNumber <= book.Days.To.DayNumber + MaxDaysOutside ? day
        : throw new ProblemException(Problem.Bad(
            "on", "bad_on", $"on is a day of the campaign, {book.Days.From:yyyy-MM-dd} to {book.Days.To:yyyy-MM-dd}, or of the year before or after it."));

    private static DayCount Sum(IEnumerable<DayCount> parts) => parts.Aggregate(default(DayCount), (sum, part) => sum + part);

    /// <summary>The level that is asked for; the zones' without.</summary>
    /// <exception cref="ProblemException">400: it is finer than the zones, or no level.</exception>
    internal static int Level(CampaignBook book, int? asked)
    {
        var finest = book.Campaign.ZoneLevel;
        var level = asked ?? finest;
        return level < 1 ? throw new ProblemException(Problem.Bad("level", "bad_level", $"level is a number from 1 to {finest}."))
            : level <= finest ? level
            : throw new ProblemException(Problem.Bad(
                "level", "level_too_fine", $"The zones of this campaign are on level {finest}; ask for that level or an outer one."));
    }

    private static char Letter(Light light) => light switch
    {
        Light.Green => 'g',
        Light.Yellow => 'y',
        Light.Red => 'r',
        _ => '-',
    };
}
