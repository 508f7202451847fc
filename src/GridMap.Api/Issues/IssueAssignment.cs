using GridMap.Api.Grids;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>The grid of a point by spatial query, as the published rule has it: the deepest level, then the lowest code.</summary>
/// <param name="Generation">The generation that assigned; null when none is published.</param>
/// <param name="Chain">Outermost first; empty outside the territory.</param>
internal sealed record IssueAssignment(int? Generation, IReadOnlyList<GridReference> Chain)
{
    // clock_timestamp: now() is when the transaction began, and it may have waited since for a generation to be published.
    private const string Sql =
        """
        with recursive present as (
            select max(number) as number from generation where effective_from <= clock_timestamp()
        ), deepest as (
            select v.grid_id, v.code, v.name, v.level, v.kind, v.parent_id
            from grid_version v, present
            where v.from_generation <= present.number and (v.to_generation is null or v.to_generation > present.number)
              and v.geom && @point and st_covers(v.geom, @point)
            order by v.level desc, v.code
            limit 1
        ), chain as (
            select * from deepest
            union all
            select v.grid_id, v.code, v.name, v.level, v.kind, v.parent_id
            from chain join grid_version v on v.grid_id = chain.parent_id, present
            where v.from_generation <= present.number and (v.to_generation is null or v.to_generation > present.number)
        )
        select present.number, chain.level::int, chain.grid_id, chain.code, chain.name, chain.kind
        from present left join chain on true
        order by chain.level
        """;

    /// <summary>Asks PostGIS, in the transaction that stores the issue and holds the publication lock.</summary>
    public static async Task<IssueAssignment> FindAsync(NpgsqlTransaction transaction, Point point, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("point", point);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        int? generation = null;
        var chain = new List<GridReference>();
        while (await reader.ReadAsync(cancel))
        {
            generation = reader.IsDBNull(0) ? null : reader.GetInt32(0);
            if (!reader.IsDBNull(1))
            {
                chain.Add(new GridReference(reader.GetInt32(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)));
            }
        }

        return new IssueAssignment(generation, chain);
    }

    /// <summary>The deepest grid; null outside.</summary>
    public GridReference? Deepest => Chain.Count > 0 ? Chain[^1] : null;
}
