using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Campaigns;

/// <summary>Issues of a grid as they stood at the end of a day.</summary>
internal readonly record struct DayTally(int Open, int Overdue, int WrittenOff)
{
    public static DayTally operator +(DayTally a, DayTally b) => new(a.Open + b.Open, a.Overdue + b.Overdue, a.WrittenOff + b.WrittenOff);

    public static DayTally operator -(DayTally a, DayTally b) => new(a.Open - b.Open, a.Overdue - b.Overdue, a.WrittenOff - b.WrittenOff);
}

/// <summary>Reads what a day knew of the issues. Thread safe.</summary>
internal sealed class DayIssues(Database database)
{
    // Each issue counts in every grid round it, by the parents of the generation that is asked for.
    private const string TallySql =
        """
        with recursive tally as (
            select grid_id,
                   count(*) filter (where closed_at is null or closed_at >= @end) as open,
                   count(*) filter (where (closed_at is null or closed_at >= @end) and due_at < @end) as overdue,
                   count(*) filter (where closed_at < @end and state = 'writtenOff') as written_off
            from issue
            where reported_at < @end and grid_id is not null
            group by grid_id
        ), up as (
            select grid_id as at, open, overdue, written_off from tally
            union all
            select v.parent_id, up.open, up.overdue, up.written_off
            from up join lateral (
                select parent_id from grid_version where grid_id = up.at
                order by (from_generation <= @generation and (to_generation is null or to_generation > @generation)) desc, from_generation desc
                limit 1
            ) v on v.parent_id is not null
        )
        select at, sum(open)::int, sum(overdue)::int, sum(written_off)::int from up group by at
        """;

    private const string PerDaySql =
        """
        with recursive up as (
            select distinct grid_id as home, grid_id as at from issue where grid_id is not null
            union all
            select up.home, v.parent_id
            from up join lateral (
                select parent_id from grid_version where grid_id = up.at
                order by (from_generation <= @generation and (to_generation is null or to_generation > @generation)) desc, from_generation desc
                limit 1
            ) v on v.parent_id is not null
        ), moved as (
            select (reported_at at time zone @zone)::date as day, grid_id, 1 as new, 0 as written_off from issue
            union all
            select (closed_at at time zone @zone)::date, grid_id, 0, 1 from issue where state = 'writtenOff'
        )
        select day, sum(new)::int, sum(written_off)::int from moved
        where day between @from and @to and grid_id in (select home from up where at = any(@outermost))
        group by day
        """;

    /// <summary>By grid id, every grid with everything inside it.</summary>
    public async Task<Dictionary<long, DayTally>> AtEndOfAsync(DateTimeOffset end, int generation, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Grid, int Open, int Overdue, int WrittenOff)>(new CommandDefinition(
            TallySql, new { end = end.UtcDateTime, generation }, cancellationToken: cancel));
        return rows.ToDictionary(row => row.Grid, row => new DayTally(row.Open, row.Overdue, row.WrittenOff));
    }

    /// <summary>Issues reported and written off in the campaign's grids on each of its days so far, within some of its grids.</summary>
    public async Task<Dictionary<DateOnly, (int New, int WrittenOff)>> PerDayAsync(
        CampaignBook book, IReadOnlyCollection<CampaignGrid> grids, string zone, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var campaign = book.Campaign;
        var outermost = grids.Select(grid => grid.Id).ToArray();
        var rows = await connection.QueryAsync<(DateOnly Day, int New, int WrittenOff)>(new CommandDefinition(
            PerDaySql, new { campaign.From, to = campaign.Today, zone, campaign.Generation, outermost }, cancellationToken: cancel));
        return rows.ToDictionary(row => row.Day, row => (row.New, row.WrittenOff));
    }
}
