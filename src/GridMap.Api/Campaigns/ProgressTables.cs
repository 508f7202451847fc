using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using GridMap.Core.Progress;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Campaigns;

/// <summary>Makes the tables of progress: the formulas are Core's, the sums are the book's. Thread safe.</summary>
internal sealed class ProgressTables(Database database, CampaignBooks books, DayIssues issues, IOptions<GridMapOptions> options)
{
    private string Zone => options.Value.TimeZone;

    /// <summary>All grids of a level on a day, the worst first.</summary>
    /// <exception cref="ProblemException">400: a level finer than the zones. 404: no such campaign.</exception>
    public async Task<ProgressAnswer> OnAsync(long id, int? level, DateOnly? on, bool asKnownNow, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, asKnownNow, cancel);
        var day = on ?? book.Campaign.Today;
        var at = Level(book, level);
        var tallies = await issues.AtEndOfAsync(EndOf(day), book.Campaign.Generation, cancel);
        var heads = await HeadCountsAsync(id, day, cancel);
        var rows = book.Rows(at).Select(grid => Row(book, grid, day, tallies, heads))
            .OrderBy(row => row.Spi is null).ThenBy(row => row.Spi).ThenBy(row => row.Code, StringComparer.Ordinal).ToList();
        var notDivided = book.NotDivided(at) is { } rest ? Sum(book, rest, day, [], 0) : null;
        return new ProgressAnswer(
            id, day, at, book.Frozen.TryGetValue(day, out var frozenAt) ? frozenAt : null, [.. book.Items.Select(item => item.Code)],
            rows, notDivided, Sum(book, book.Total, day, rows, heads.Values.Sum()));
    }

    /// <summary>Every day from the first to today, for the slider.</summary>
    public async Task<ProgressDays> DaysAsync(long id, int? level, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, asKnownNow: false, cancel);
        var at = Level(book, level);
        var days = Enumerable.Range(0, book.Days.IndexOf(book.Campaign.Today) + 1).Select(book.Days.At).ToList();
        var rows = book.Rows(at).Select(grid =>
        {
            var series = book.Of(grid);
            var figures = days.Select(day => book.Shares(series, day)).ToList();
            return new ProgressDaysRow(
                grid.Id, grid.Code, [.. figures.Select(f => Round(f.Percent))], [.. figures.Select(f => Round(f.Spi))],
                string.Concat(figures.Select(f => Letter(book.Limits.Of(f.Spi)))));
        });
        var moved = await issues.PerDayAsync(book.Campaign.From, book.Campaign.Today, Zone, cancel);
        var total = new ProgressDaysTotal(
            [.. days.Select(day => Round(book.Shares(book.Total, day).Percent))],
            [.. days.Select(day => Round(book.PlannedShare(book.Total, day)))],
            [.. days.Select(day => moved.GetValueOrDefault(day).New)],
            [.. days.Select(day => moved.GetValueOrDefault(day).WrittenOff)]);
        return new ProgressDays(id, at, days, [.. rows], total);
    }

    /// <summary>One grid, opened: weeks, curve, why it is behind, its last entries.</summary>
    public async Task<ZoneProgress> ZoneAsync(long id, string code, DateOnly? on, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, asKnownNow: false, cancel);
        var grid = book.ByCode(code) ?? throw new ProblemException(Problem.NotFound(
            "unknown_zone", $"No grid of this campaign has the code {code}."));
        var day = on ?? book.Campaign.Today;
        var tallies = await issues.AtEndOfAsync(EndOf(day), book.Campaign.Generation, cancel);
        var row = Row(book, grid, day, tallies, await HeadCountsAsync(id, day, cancel));
        var series = book.Of(grid);
        var last = Math.Min(book.Days.IndexOf(day), book.Days.Count - 1);
        var trend = Enumerable.Range(0, Math.Max(0, last + 1)).Select(i => new ZoneTrend(
            book.Days.At(i), Round(book.Shares(series, book.Days.At(i)).Percent), Round(book.PlannedShare(series, book.Days.At(i)))));
        return new ZoneProgress(
            row, await WeeksAsync(book, grid, series, cancel), [.. trend], Why(book, series, row, last),
            await LastEntriesAsync(book, grid, day, cancel));
    }

    private static ProgressRow Row(
        CampaignBook book, CampaignGrid grid, DateOnly day, Dictionary<long, DayTally> tallies, Dictionary<long, int> heads)
    {
        var zones = book.Zones(grid).ToList();
        var row = Figures(book, book.Of(grid), day);
        var tally = tallies.GetValueOrDefault(grid.Id);
        return row with
        {
            GridId = grid.Id,
            Code = grid.Code,
            Name = grid.Name,
            Parent = book.Parent(grid)?.Code,
            HeadCount = zones.Sum(zone => heads.GetValueOrDefault(zone.Id)),
            LoggedZones = zones.Count(zone => book.Logged(zone, book.Days.IndexOf(day))),
            Zones = zones.Count,
            IssuesOpen = tally.Open,
            IssuesOverdue = tally.Overdue,
            IssuesWrittenOff = tally.WrittenOff,
        };
    }

    private static ProgressRow Sum(CampaignBook book, QuantitySeries series, DateOnly day, IReadOnlyList<ProgressRow> rows, int heads) =>
        Figures(book, series, day) with
        {
            HeadCount = heads,
            LoggedZones = rows.Sum(row => row.LoggedZones),
            Zones = rows.Sum(row => row.Zones),
            IssuesOpen = rows.Sum(row => row.IssuesOpen),
            IssuesOverdue = rows.Sum(row => row.IssuesOverdue),
            IssuesWrittenOff = rows.Sum(row => row.IssuesWrittenOff),
        };

    private static ProgressRow Figures(CampaignBook book, QuantitySeries series, DateOnly day)
    {
        var figures = book.Figures(series, day);
        var before = book.Shares(series, day.AddDays(-1)).Percent;
        var at = book.Days.IndexOf(day);
        var quantities = Enumerable.Range(0, book.Items.Count).Select(item => new ItemQuantity(
            book.Items[item].Code, series.Planned(item), Math.Round(series.PlannedBy(item, at), 3), series.DoneBy(item, at)));
        return new ProgressRow(
            null, null, null, null, [.. quantities], Round(figures.Percent), Round(figures.Spi), figures.Light,
            figures.Behind is { } behind ? book.Items[behind].Code : null, figures.DaysAhead, figures.ForecastEnd,
            Round(figures.Percent - before), 0, 0, 0, 0, 0, 0);
    }

    private static ZoneWhy? Why(CampaignBook book, QuantitySeries series, ProgressRow row, int last)
    {
        if (row.Behind is null || row.Light is Light.Green or Light.Grey)
        {
            return null;
        }

        var item = book.Items.Select((one, i) => (one.Code, i)).First(one => one.Code == row.Behind).i;
        var done = series.DoneBy(item, last);
        var moved = last;
        while (moved >= 0 && series.DoneBy(item, moved - 1) == done)
        {
            moved--;
        }

        var planned = Math.Round(series.PlannedBy(item, last), 3);
        var silent = book.Calendar.CountWorkdays(book.Days.At(moved + 1), book.Days.At(last));
        return new ZoneWhy(row.Behind, planned, done, planned - done, silent);
    }

    private async Task<IReadOnlyList<ZoneWeek>> WeeksAsync(CampaignBook book, CampaignGrid grid, QuantitySeries series, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var goals = (await connection.QueryAsync<(DateOnly Week, string Goal)>(new CommandDefinition(
            "select week, goal from schedule_goal where campaign_id = @campaign and grid_id = @grid",
            new { campaign = book.Campaign.Id, grid = grid.Id }, cancellationToken: cancel))).ToDictionary(goal => goal.Week, goal => goal.Goal);
        var weeks = new List<ZoneWeek>();
        var monday = book.Campaign.From.AddDays(-(((int)book.Campaign.From.DayOfWeek + 6) % 7));
        for (; monday <= book.Campaign.To; monday = monday.AddDays(7))
        {
            var first = book.Days.IndexOf(monday);
            var quantities = Enumerable.Range(0, book.Items.Count).Select(item => new ItemWeek(
                book.Items[item].Code,
                Math.Round(series.PlannedBy(item, first + 6) - series.PlannedBy(item, first - 1), 3),
                series.DoneBy(item, first + 6) - series.DoneBy(item, first - 1)));
            weeks.Add(new ZoneWeek(monday, [.. quantities], goals.GetValueOrDefault(monday, "")));
        }

        return weeks;
    }

    private async Task<IReadOnlyList<WorkLogItem>> LastEntriesAsync(CampaignBook book, CampaignGrid grid, DateOnly day, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var zones = book.Zones(grid).ToDictionary(zone => zone.Id, zone => zone.Code);
        var rows = await connection.QueryAsync<(long Id, long Grid, DateOnly Day, string Item, decimal Quantity, DateTime At, string Note, long? Corrects)>(
            new CommandDefinition(
                """
                select id, grid_id, day, item, quantity, recorded_at, note, corrects from work_log
                where campaign_id = @campaign and grid_id = any(@grids) and day <= @day
                order by day desc, id desc limit 40
                """,
                new { campaign = book.Campaign.Id, grids = zones.Keys.ToArray(), day }, cancellationToken: cancel));
        return [.. rows.Select(row => new WorkLogItem(row.Id, zones[row.Grid], row.Day, row.Item, row.Quantity, row.At, row.Note, row.Corrects))];
    }

    private async Task<Dictionary<long, int>> HeadCountsAsync(long id, DateOnly day, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Grid, int People)>(new CommandDefinition(
            "select grid_id, sum(people)::int from head_count where campaign_id = @id and day = @day group by grid_id",
            new { id, day }, cancellationToken: cancel));
        return rows.ToDictionary(row => row.Grid, row => row.People);
    }

    private static int Level(CampaignBook book, int? asked)
    {
        var level = asked ?? book.Campaign.ZoneLevel;
        return level >= 1 && level <= book.Campaign.ZoneLevel
            ? level
            : throw new ProblemException(Problem.Bad(
                "level", "level_too_fine", $"The zones of this campaign are on level {book.Campaign.ZoneLevel}; ask for that level or an outer one."));
    }

    private DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(Zone).GetUtcOffset(midnight));
    }

    private static decimal? Round(decimal? share) => share is { } value ? Math.Round(value, 6) : null;

    private static char Letter(Light light) => light switch
    {
        Light.Green => 'g',
        Light.Yellow => 'y',
        Light.Red => 'r',
        _ => '-',
    };
}
