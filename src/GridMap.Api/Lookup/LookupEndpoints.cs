using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Lookup.Batches;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Lookup;

/// <summary><c>/api/v1/lookup</c>: which grid is this point in, and who answers for it?</summary>
internal static class LookupEndpoints
{
    public static void MapLookup(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/lookup").WithTags("lookup").RequireCors(Cors.Anybody).Needs(Permission.SeeMap);
        group.MapGet("/", Get).WithSummary("The chain of grids of a point with who answers for them; neighbours, accuracy, nearest, past times.")
            .Finally(CommonLookup.GoBefore);
        group.MapPost("/batch", LookupBatch.Post).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(LookupBatch.MaxBytes))
            .Accepts<LookupBatchBody>("application/json", CsvBatch.MediaType, BinaryBatch.MediaType)
            .Produces<LookupBatchAnswer>(StatusCodes.Status200OK, "application/json", CsvBatch.MediaType, BinaryBatch.MediaType)
            .WithSummary("The innermost grid of up to 100,000 points, answered in the form in which they come: codes in JSON or CSV, ids in binary.")
            .AddOpenApiOperationTransformer(BinaryBatch.DescribeAsync);
    }

    private static async Task<Results<Ok<LookupResult>, ProblemHttpResult>> Get(
        HttpContext context, SnapshotProvider snapshots, PublicNames names, TimeProvider clock,
        double? lon, double? lat, string? crs, double? accuracy, Instant? at, CancellationToken cancel)
    {
        var point = PointInput.Point(lon, lat, crs);
        var radius = PointInput.Accuracy(accuracy);
        var now = clock.GetUtcNow();
        var instant = at?.Value ?? now;
        if (instant > now)
        {
            return Problem.Bad("at", "bad_at", "at lies in the future. Leave it out to ask about the present.").ToResult();
        }

        var snapshot = at is null ? snapshots.Current : await snapshots.AtAsync(instant, cancel);
        if (snapshot is null)
        {
            return Problem.NotFound("no_generation", $"No generation was in effect at {instant:O}; /api/v1/generations lists them.").ToResult();
        }

        GenerationHeader.Set(context, snapshot);
        return TypedResults.Ok(LookupResult.From(snapshot, point, Core.Locating.Lookup.Answer(snapshot.Locator, point, radius), names, instant));
    }
}
