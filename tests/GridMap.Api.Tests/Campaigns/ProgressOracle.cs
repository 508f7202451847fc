using Dapper;
using Npgsql;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>A row as SQL over the tables makes it.</summary>
internal sealed record OracleRow(string? Code, string Item, decimal Planned, decimal PlannedBy, decimal Done);

/// <summary>The shares of a row as SQL makes them.</summary>
internal sealed record OracleShares(string? Code, decimal? Percent, decimal? Spi);

/// <summary>
/// The published formulas once more, in SQL over the tables alone: entry by entry, day by day, and by another way than the service
/// goes (a frozen plan is the last change recorded by then). Slow, and easy to hold against docs/progress.md.
/// </summary>
internal static class ProgressOracle
{
    private const string Sql =
        """
        with recursive c as (
            select c.*, case when @asKnownNow then 'infinity' else coalesce(f.frozen_at, 'infinity') end as known
            from campaign c left join frozen_day f on f.campaign_id = c.id and f.day = @on where c.id = @id
        ), g as (
            select v.grid_id, v.code, v.level, v.parent_id from grid_version v, c
            where v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        ), inside as (
            select g.grid_id as grid, g.code from g where level = @level
            union all
            select g.grid_id, inside.code from inside join g on g.parent_id = inside.grid
        ), plan as (
            select distinct on (s.grid_id, s.item, s.week) s.grid_id, s.item, s.week, s.quantity, greatest(s.week, c.from_day) as first, least(s.week + 6, c.to_day) as last
            from schedule_change s, c where s.campaign_id = c.id and s.recorded_at <= c.known
              and s.grid_id in (select v.grid_id from grid_version v where v.level = c.zone_level)
            order by s.grid_id, s.item, s.week, s.id desc
        ), worked as (
            select week,
                   count(*) filter (where works) as total, count(*) filter (where works and day <= @on) as passed,
                   count(*) as days, count(*) filter (where day <= @on) as days_passed
            from (
                select p.week, d::date as day, coalesce(k.is_workday, extract(isodow from d) < 6) as works
                from (select distinct week, first, last from plan) p, generate_series(p.first, p.last, interval '1 day') d
                left join calendar_day k on k.day = d::date
            ) as one group by week
        ), entry as (
            select p.grid_id, p.item, p.quantity as planned,
                   round(p.quantity * case when w.total = 0 then w.days_passed else w.passed end / case when w.total = 0 then w.days else w.total end, 3) as planned_by,
                   0::numeric as done
            from plan p join worked w using (week)
            union all
            select w.grid_id, w.item, 0, 0, w.quantity from work_log w, c where w.campaign_id = c.id and w.day <= @on and w.recorded_at <= c.known
        ), r as (
            select i.code, e.item, sum(e.planned) as planned, sum(e.planned_by) as planned_by, sum(e.done) as done
            from entry e {0} group by i.code, e.item
        )
        """;

    private const string RowsSql = "select code, item, planned, planned_by, done from r order by code, item";

    private const string SharesSql =
        """
        select r.code,
               round(sum(i.weight * greatest(0, least(1, r.done / nullif(r.planned, 0)))) filter (where r.planned > 0) / sum(i.weight) filter (where r.planned > 0), 6) as percent,
               round(sum(i.weight * greatest(0, least(1, r.done / nullif(r.planned_by, 0)))) filter (where r.planned_by > 0) / sum(i.weight) filter (where r.planned_by > 0), 6) as spi
        from r join campaign_item i on i.campaign_id = @id and i.code = r.item group by r.code order by r.code
        """;

    /// <summary>By grid of the level, with what is in none of them under null.</summary>
    public static Task<IEnumerable<OracleRow>> RowsAsync(NpgsqlConnection connection, long id, int level, DateOnly on, bool asKnownNow) =>
        connection.QueryAsync<OracleRow>(Text("left join inside i on i.grid = e.grid_id", RowsSql), new { id, level, on, asKnownNow });

    /// <summary>The same in shares.</summary>
    public static Task<IEnumerable<OracleShares>> SharesAsync(NpgsqlConnection connection, long id, int level, DateOnly on, bool asKnownNow) =>
        connection.QueryAsync<OracleShares>(Text("left join inside i on i.grid = e.grid_id", SharesSql), new { id, level, on, asKnownNow });

    /// <summary>Percent and SPI of the whole campaign.</summary>
    public static Task<OracleShares> TotalAsync(NpgsqlConnection connection, long id, DateOnly on, bool asKnownNow) =>
        connection.QuerySingleAsync<OracleShares>(Text("cross join (values (null::text)) i (code)", SharesSql), new { id, level = 1, on, asKnownNow });

    private static string Text(string join, string select) => Sql.Replace("{0}", join, StringComparison.Ordinal) + select;
}
