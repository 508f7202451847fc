using System.Text.Json;
using Dapper;
using GridMap.Core.Editing;
using Npgsql;

namespace GridMap.Api.Generations;

/// <summary>Reads who follows whom in a plan, from what its edits wrote down.</summary>
internal static class SuccessionQueries
{
    private const string EditsSql =
        """
        select e.kind, e.result -> 'lineage' from plan_edit e join plan p on p.id = e.plan_id
        where p.id = @plan and e.ordinal <= p.cursor and jsonb_typeof(e.result -> 'lineage') = 'array' and e.result -> 'lineage' <> '[]'
        order by e.ordinal
        """;

    // A grid of the plan that has a version is one of the base: new ones get theirs when the plan is published.
    private const string GridsSql =
        """
        select p.grid_id, p.removed, exists (select from grid_version v where v.grid_id = p.grid_id and v.from_generation <= plan.base_generation)
        from plan_grid p join plan on plan.id = p.plan_id where p.plan_id = @plan
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The plan's new grids and what was merged away.</summary>
    public static async Task<Succession> OfAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long plan)
    {
        var edits = (await connection.QueryAsync<(string Kind, string Lineage)>(EditsSql, new { plan }, transaction))
            .Select(edit => (edit.Kind, (IReadOnlyList<LineageShare>)JsonSerializer.Deserialize<List<LineageShare>>(edit.Lineage, Json)!)).ToList();
        if (edits.Count == 0)
            return new Succession(new Dictionary<long, long>(), new Dictionary<long, long>());
        var grids = (await connection.QueryAsync<(long Id, bool Removed, bool InBase)>(GridsSql, new { plan }, transaction)).ToDictionary(grid => grid.Id);

        // What the plan does not mention is in the base and stays.
        return Succession.Of(edits, id => !grids.TryGetValue(id, out var grid) || grid.InBase, id => !grids.TryGetValue(id, out var grid) || !grid.Removed);
    }
}
