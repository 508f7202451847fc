using GridMap.Api.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Lookup;

/// <summary><c>/api/v1/lookup</c>: which grid is this point in, and who answers for it?</summary>
internal static class LookupEndpoints
{
    public static void MapLookup(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/lookup").WithTags("lookup").RequireCors(Cors.Anybody);
        group.MapPost("/batch", LookupBatch.Post).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(LookupBatch.MaxBytes))
            .Accepts<LookupBatchBody>("application/json", LookupBatch.Csv)
            .Produces<LookupBatchAnswer>()
            .WithSummary("The innermost grid's code of up to 100,000 points; JSON or CSV.");
    }
}
