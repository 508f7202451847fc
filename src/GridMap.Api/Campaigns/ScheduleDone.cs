using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Campaigns;

/// <summary>What was logged of an item for a grid in a week.</summary>
/// <param name="Grid">Code of the grid that it was logged for.</param>
/// <param name="Item">Code.</param>
/// <param name="Week">Its Monday.</param>
/// <param name="Done">The exact sum of its entries, corrections included; may be 0, and below 0 where a correction belongs to another week.</param>
public sealed record ScheduleDoneItem(string Grid, string Item, DateOnly Week, decimal Done);

/// <summary>The work log beside the schedule: what the schedule's cells hold as done.</summary>
internal static class ScheduleDone
{
    private const string Sql =
        """
        select v.code as grid, w.item, w.week, w.done
        from (
            select grid_id, item, date_trunc('week', day)::date as week, sum(quantity) as done from work_log
            where campaign_id = @id and (@grid::bigint is null or grid_id = @grid) and (@week::date is null or day between @week and @week::date + 6)
              and (@visible::bigint[] is null or grid_id in (select reach(@visible)))
            group by 1, 2, 3
        ) as w
        join campaign c on c.id = @id
        join grid_version v on v.grid_id = w.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where @afterGrid::text is null or (v.code, w.item, w.week) > (@afterGrid, @afterItem, @afterWeek::date)
        order by v.code, w.item, w.week
        limit @most
        """;

    public static async Task<Ok<Page<ScheduleDoneItem>>> ListAsync(
        Caller caller, Database database, CampaignBooks books, long id, string? grid, DateOnly? week, int? limit, string? cursor, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        var asked = grid is null ? null : grids.Named(grid);
        var count = Paging.Limit(limit);
        var after = Paging.Key(cursor, 3);
        await using var connection = await database.OpenAsync(cancel);
        var parameters = new
        {
            id,
            grid = asked?.Id,
            week = Monday(week),
            most = count + 1,
            visible = caller.ReachOf(Permission.SeeMap).Roots,
            afterGrid = after?[0],
            afterItem = after?[1],
            afterWeek = after is null ? (DateOnly?)null : Paging.Day(after[2]),
        };
        var rows = await connection.QueryAsync<ScheduleDoneItem>(new CommandDefinition(Sql, parameters, cancellationToken: cancel));
        return TypedResults.Ok(Paging.Cut([.. rows], count, row => [row.Grid, row.Item, row.Week.ToString("yyyy-MM-dd")]));
    }

    private static DateOnly? Monday(DateOnly? week) =>
        week is not { DayOfWeek: not DayOfWeek.Monday } ? week : throw new ProblemException(Problem.Bad("week", "bad_week", "week is the Monday of a week."));
}
