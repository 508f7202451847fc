using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>Opens one grid of a campaign: weeks, curve, why it is behind, its last entries. Thread safe.</summary>
internal sealed class ZoneTables(Database database, CampaignBooks books, SnapshotProvider snapshots, DayCounts counts, WorkLogQueries log)
{
    private const int LogDays = 14;

    private const string WeeksSql =
        """
        select coalesce(p.week, d.week) as week, coalesce(p.item, d.item) as item, coalesce(p.quantity, 0) as planned, coalesce(d.quantity, 0) as done
        from (
            select week, item, sum(quantity) as quantity from schedule_entry
            where campaign_id = @id and grid_id = any(@grids) group by week, item
        ) as p full join (
            select date_trunc('week', day)::date as week, item, sum(quantity) as quantity from work_log
            where campaign_id = @id and grid_id = any(@grids) and day <= @on and (@by::timestamptz is null or recorded_at <= @by)
            group by 1, item
        ) as d on d.week = p.week and d.item = p.item
        """;

    private const string PlannedThenSql =
        """
        select week, item, sum(quantity_before - quantity) from schedule_change
        where campaign_id = @id and grid_id = any(@grids) and recorded_at > @by
        group by week, item
        """;

    /// <summary>One grid on a day.</summary>
    /// <exception cref="ProblemException">400: a day far from the campaign. 404: no such campaign or grid.</exception>
    public async Task<ZoneProgress> OpenAsync(long id, string code, DateOnly? on, bool asKnownNow, Caller caller, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var grid = book.Grids.ByCode(code)
            ?? throw new ProblemException(Problem.NotFound("unknown_zone", $"No grid of this campaign has the code {code}."));
        if (!caller.ReachOf(Permission.SeeMap).Covers(snapshots.Current, grid.Id))
        {
            throw Refusals.OutOfReach($"Grid {code}");
        }

        var day = new ProgressDay(book, ProgressTables.DayIn(book, on), asKnownNow);
        var inside = book.Grids.Inside(grid).Select(one => one.Id).ToArray();
        var row = ProgressTables.Row(day, grid, await counts.CountAsync(day, cancel));
        var filter = new WorkLogFilter(id, inside, day.On.AddDays(1 - LogDays), day.On, Before: null, Paging.MaxLimit);
        return new ZoneProgress(
            row, await WeeksAsync(day, grid, inside, cancel), Trend(day, book.Of(grid), asKnownNow), Why(day, grid, row),
            await log.ReadAsync(filter, caller, cancel));
    }

    private static List<ZoneTrend> Trend(ProgressDay last, QuantitySeries series, bool asKnownNow)
    {
        var book = last.Book;
        var count = Math.Clamp(book.Days.IndexOf(last.On) + 1, 0, book.Days.Count);
        return [.. Enumerable.Range(0, count).Select(i => new ProgressDay(book, book.Days.At(i), asKnownNow)).Select(day => new ZoneTrend(
            day.On, day.Shares(series).Percent, day.PlannedShare(series)))];
    }

    private static ZoneWhy? Why(ProgressDay day, CampaignGrid grid, ProgressRow row)
    {
        if (row.Behind is null || row.Light is Light.Green or Light.Grey)
        {
            return null;
        }

        var book = day.Book;
        var series = day.Of(grid);
        var item = book.Items.Select((one, i) => (one.Code, i)).First(one => one.Code == row.Behind).i;
        var last = Math.Min(book.Days.IndexOf(day.On), book.Days.Count - 1);
        var moved = Last(last, at => series.DoneBy(item, at) != series.DoneBy(item, at - 1));
        var onTime = Last(last, at => series.DoneBy(item, at) >= series.PlannedBy(item, at));
        var (planned, done) = (series.PlannedBy(item, last), series.DoneBy(item, last));
        return new ZoneWhy(
            row.Behind, planned, done, planned - done, day.On.DayNumber - book.Days.At(moved).DayNumber,
            book.Calendar.CountWorkdays(book.Days.At(onTime + 1), day.On));
    }

    /// <summary>The last day up to one for which something holds; -1 when it never did.</summary>
    private static int Last(int day, Func<int, bool> holds)
    {
        while (day >= 0 && !holds(day))
        {
            day--;
        }

        return day;
    }

    private async Task<IReadOnlyList<ZoneWeek>> WeeksAsync(ProgressDay day, CampaignGrid grid, long[] grids, CancellationToken cancel)
    {
        var book = day.Book;
        var parameters = new { id = book.Campaign.Id, grids, on = day.On, by = day.KnownAt?.UtcDateTime, grid = grid.Id };
        await using var connection = await database.OpenAsync(cancel);
        var goals = (await connection.QueryAsync<(DateOnly Week, string Goal)>(new CommandDefinition(
            "select week, goal from schedule_goal where campaign_id = @id and grid_id = @grid", parameters, cancellationToken: cancel)))
            .ToDictionary(goal => goal.Week, goal => goal.Goal);
        var sums = (await connection.QueryAsync<(DateOnly Week, string Item, decimal Planned, decimal Done)>(new CommandDefinition(
            WeeksSql, parameters, cancellationToken: cancel))).ToDictionary(sum => (sum.Week, sum.Item));
        var then = day.KnownAt is null ? [] : (await connection.QueryAsync<(DateOnly Week, string Item, decimal Difference)>(new CommandDefinition(
            PlannedThenSql, parameters, cancellationToken: cancel))).ToDictionary(change => (change.Week, change.Item), change => change.Difference);
        var weeks = new List<ZoneWeek>();
        for (var monday = Weeks.MondayOf(book.Days.From); monday <= book.Days.To; monday = monday.AddDays(7))
        {
            var quantities = book.Items.Select(item => new ItemWeek(
                item.Code,
                sums.GetValueOrDefault((monday, item.Code)).Planned + then.GetValueOrDefault((monday, item.Code)),
                sums.GetValueOrDefault((monday, item.Code)).Done));
            weeks.Add(new ZoneWeek(monday, [.. quantities], goals.GetValueOrDefault(monday, "")));
        }

        return weeks;
    }
}
