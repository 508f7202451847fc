using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>How a grid stood at the end of a week.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="On">Its last day: Sunday, the campaign's last, or today.</param>
/// <param name="Percent">Of the whole plan by then.</param>
/// <param name="Spi">Of what was planned by then.</param>
/// <param name="Light">By the SPI.</param>
/// <param name="Change">Percent less percent at the end of the week before.</param>
public sealed record WeekFigure(DateOnly Week, DateOnly On, decimal? Percent, decimal? Spi, Light Light, decimal? Change);

/// <summary>A grid through the weeks; without code the sum.</summary>
public sealed record ProgressWeeksRow(string? Code, string? Name, string? Parent, IReadOnlyList<WeekFigure> Weeks);

/// <summary>The grids of a level through the weeks so far.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="Level">Of the rows.</param>
/// <param name="Rows">By code.</param>
/// <param name="Total">All that may be seen.</param>
public sealed record ProgressWeeks(long Campaign, int Level, IReadOnlyList<ProgressWeeksRow> Rows, ProgressWeeksRow Total);

/// <summary>The grids of one level, together.</summary>
/// <param name="Level">Which.</param>
/// <param name="Grids">How many.</param>
/// <param name="Green">With this light.</param>
/// <param name="Yellow">With this light.</param>
/// <param name="Red">With this light.</param>
/// <param name="Grey">Without a plan yet.</param>
/// <param name="Lowest">Percent of the whole plan of the grid that has done least; null when none has a plan.</param>
/// <param name="Median">Of the grids with a plan, the lower of two.</param>
/// <param name="Highest">Of the grid that has done most.</param>
/// <param name="Behind">Code of the grid with the lowest SPI.</param>
/// <param name="BehindName">Its name.</param>
public sealed record ProgressLevel(
    int Level, int Grids, int Green, int Yellow, int Red, int Grey, decimal? Lowest, decimal? Median, decimal? Highest, string? Behind, string? BehindName);

/// <summary>The levels of a campaign beside each other on a day.</summary>
public sealed record ProgressLevels(long Campaign, DateOnly On, IReadOnlyList<ProgressLevel> Levels);

/// <summary>Compares weeks and levels; zones are compared by the table of a day. Thread safe.</summary>
internal sealed class ProgressComparisons(CampaignBooks books, SnapshotProvider snapshots)
{
    /// <summary>The grids of a level at the end of each week so far.</summary>
    /// <exception cref="ProblemException">As <see cref="ProgressTables.OnAsync"/>.</exception>
    public async Task<ProgressWeeks> WeeksAsync(long id, int? level, bool asKnownNow, Reach reach, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var at = ProgressTables.Level(book, level);
        var ends = Ends(book).Select(end => (end.Week, Day: new ProgressDay(book, end.On, asKnownNow))).ToList();
        var snapshot = snapshots.Current;
        var shown = book.Grids.Rows(at).Where(grid => reach.Covers(snapshot, grid.Id)).ToList();
        var rows = shown.ConvertAll(grid => new ProgressWeeksRow(grid.Code, grid.Name, book.Grids.Parent(grid)?.Code, Figures(book, ends, book.Of(grid))));
        return new ProgressWeeks(id, at, rows, new ProgressWeeksRow(null, null, null, Figures(book, ends, reach.IsEverywhere ? book.Total : book.Of(shown))));
    }

    /// <summary>All levels down to the zones' on a day.</summary>
    /// <exception cref="ProblemException">As <see cref="ProgressTables.OnAsync"/>.</exception>
    public async Task<ProgressLevels> LevelsAsync(long id, DateOnly? on, bool asKnownNow, Reach reach, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var day = new ProgressDay(book, ProgressTables.DayIn(book, on), asKnownNow);
        var snapshot = snapshots.Current;
        var levels = Enumerable.Range(1, book.Campaign.ZoneLevel)
            .Select(level => Level(day, level, [.. book.Grids.Rows(level).Where(grid => reach.Covers(snapshot, grid.Id))]));
        return new ProgressLevels(id, day.On, [.. levels]);
    }

    private static ProgressLevel Level(ProgressDay day, int level, List<CampaignGrid> grids)
    {
        var shares = grids.ConvertAll(grid => (Grid: grid, Shares: day.Shares(day.Book.Of(grid))));
        var lights = shares.ToLookup(one => day.Book.Limits.Of(one.Shares.Spi));
        var percents = shares.Select(one => one.Shares.Percent).OfType<decimal>().Order().ToList();
        var behind = shares.Where(one => one.Shares.Spi is not null).OrderBy(one => one.Shares.Spi).ThenBy(one => one.Grid.Code, StringComparer.Ordinal).FirstOrDefault().Grid;
        return new ProgressLevel(
            level, grids.Count, lights[Light.Green].Count(), lights[Light.Yellow].Count(), lights[Light.Red].Count(), lights[Light.Grey].Count(),
            percents is [var lowest, ..] ? lowest : null, percents is [] ? null : percents[(percents.Count - 1) / 2], percents is [.., var highest] ? highest : null,
            behind?.Code, behind?.Name);
    }

    private static IEnumerable<(DateOnly Week, DateOnly On)> Ends(CampaignBook book)
    {
        var today = book.Campaign.Today;
        for (var week = Weeks.MondayOf(book.Days.From); week <= today; week = week.AddDays(7))
            yield return (week, week.AddDays(6) < today ? week.AddDays(6) : today);
    }

    private static List<WeekFigure> Figures(CampaignBook book, List<(DateOnly Week, ProgressDay Day)> ends, QuantitySeries series)
    {
        var figures = new List<WeekFigure>();
        decimal? before = 0;
        foreach (var (week, day) in ends)
        {
            var (percent, spi) = day.Shares(series);
            figures.Add(new WeekFigure(week, day.On, percent, spi, book.Limits.Of(spi), percent - before));
            before = percent;
        }

        return figures;
    }
}
