using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Plans;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Generations;

/// <summary>One published state of all grids.</summary>
public sealed record GenerationItem(
    int Number, DateTime PublishedAt, DateTime EffectiveFrom, string PublishedBy, string Note, long? PlanId, int Grids);

/// <summary><c>/api/v1/generations</c>, newest first.</summary>
internal static class GenerationEndpoints
{
    private const int MaxNote = 500;

    private const string Sql =
        """
        select g.number, g.published_at, g.effective_from, g.published_by, g.note, g.plan_id,
               (select count(*)::int from grid_version v
                where v.from_generation <= g.number and (v.to_generation is null or v.to_generation > g.number)) as grids
        from generation g
        """;

    public static void MapGenerations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/generations").WithTags("generations");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("Published generations, newest first.");
        group.MapPost("/{number:int}/restore", Restore).Needs(Permission.Plan).WithSummary("Roll back: publish the grids of an older generation as a new one.");
        group.MapGet("/{number:int}", One).Needs(Permission.SeeMap).WithSummary("One generation.");
        group.MapGet("/{number:int}/diff", Diff).Needs(Permission.SeeMap).Produces<DiffAnswer>()
            .WithSummary("What differs from an older generation (from), or from the one in force at a time (since); a FeatureCollection when application/geo+json is asked for.");
    }

    private static async Task<Ok<Page<GenerationItem>>> List(Database database, int? limit, string? cursor, CancellationToken cancel)
    {
        var count = Paging.Limit(limit);
        var before = Paging.Key(cursor, 1) switch
        {
            null => int.MaxValue,
            [var key] when int.TryParse(key, out var number) => number,
            _ => throw Paging.BadCursor(),
        };
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<GenerationItem>(
            Sql + " where g.number < @before order by g.number desc limit @most", new { before, most = count + 1 });
        return TypedResults.Ok(Paging.Cut([.. rows], count, row => [row.Number.ToString()]));
    }

    private static async Task<IResult> Diff(
        HttpContext context, Caller caller, DiffQuery diffs, int number, int? from, Instant? since, bool? reNoded, CancellationToken cancel)
    {
        var before = await diffs.FromAsync(number, from, since?.Value, cancel);
        return await diffs.AnswerAsync(context, before, DiffSide.Of(number), reNoded ?? false, caller.May(Permission.Plan), cancel);
    }

    private static async Task<Ok<PublishReceipt>> Restore(Caller caller, Restoration restoration, int number, string? note, CancellationToken cancel) =>
        TypedResults.Ok(new PublishReceipt(await restoration.RestoreAsync(caller, number, InputText.Clean(note, "note", MaxNote), cancel)));

    private static async Task<Results<Ok<GenerationItem>, ProblemHttpResult>> One(Database database, int number, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<GenerationItem>(Sql + " where g.number = @number", new { number });
        return row is null
            ? Problem.NotFound("unknown_generation", $"There is no generation {number}.").ToResult()
            : TypedResults.Ok(row);
    }
}
