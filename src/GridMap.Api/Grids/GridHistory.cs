using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Grids;

/// <summary>One state of a grid: [fromGeneration, toGeneration).</summary>
public sealed record GridVersionItem(
    int FromGeneration, int? ToGeneration, string Code, string Name, int Level, string Kind, string? Parent, double AreaSquareMetres,
    DateTime EffectiveFrom);

/// <summary>A grid that took over from one that ended, with its share of the old one's polygon.</summary>
public sealed record Successor(string Code, double Share, int Generation);

/// <summary>A retired code still answers, with its successors.</summary>
public sealed record GridHistoryAnswer(
    string Code, bool Retired, IReadOnlyList<GridVersionItem> Items, IReadOnlyList<Successor> Successors);

/// <summary><c>GET /api/v1/grids/{code}/history</c>, from PostGIS.</summary>
internal static class GridHistory
{
    private const string VersionsSql =
        """
        select v.from_generation, v.to_generation, v.code, v.name, v.level::int, v.kind,
               (select p.code from grid_version p where p.grid_id = v.parent_id
                and p.from_generation <= v.from_generation and (p.to_generation is null or p.to_generation > v.from_generation)) as parent,
               v.area_m2 as area_square_metres, g.effective_from
        from grid_version v join generation g on g.number = v.from_generation
        where v.grid_id = @id
        order by v.from_generation
        """;

    private const string SuccessorsSql =
        """
        select (select v.code from grid_version v where v.grid_id = l.to_id order by v.from_generation desc limit 1) as code, l.share, l.generation
        from lineage l where l.from_id = @id and l.to_id <> @id
        order by l.generation, l.share desc
        """;

    public static async Task<Results<Ok<GridHistoryAnswer>, ProblemHttpResult>> Get(Database database, string code, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var id = await connection.QuerySingleOrDefaultAsync<long?>("select grid_id from grid_code where code = @code", new { code });
        if (id is null)
        {
            return Problem.NotFound("unknown_grid", $"No grid has or had the code {code}.").ToResult();
        }

        var versions = (await connection.QueryAsync<GridVersionItem>(VersionsSql, new { id })).ToList();
        var successors = (await connection.QueryAsync<Successor>(SuccessorsSql, new { id })).ToList();
        return TypedResults.Ok(new GridHistoryAnswer(code, versions.All(version => version.ToGeneration is not null), versions, successors));
    }
}
