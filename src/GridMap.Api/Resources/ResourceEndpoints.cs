using GridMap.Api.Callers;
using GridMap.Core.Permissions;

namespace GridMap.Api.Resources;

/// <summary><c>/api/v1/campaigns/{id}/resources</c>: cleaners, volunteers, vehicles, money by zone; planned, used, per household.</summary>
internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/campaigns/{id:long}/resources").WithTags("campaigns");
        group.MapGet("/", TableAsync).Needs(Permission.SeePeople).Produces<ResourceTable>()
            .WithSummary("Resources of all grids of a level: planned, used, used per household; columns add up. format=json (the default), csv or xlsx.");
        group.MapPut("/", ResourcePlans.PutAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Plan resources, all or none; each entry carries the version it was read at, 0 for a new one.");
        group.MapPut("/kinds", ResourcePlans.PutKindsAsync).Needs(Permission.RunCampaigns).WithSummary("Which resources a campaign counts, whole; one that has entries stays.");
        group.MapGet("/uses", ResourceUses.ListAsync).Needs(Permission.LogWork).WithSummary("What was used, newest first; grid= with what is inside it.");
        group.MapPost("/uses", ResourceUses.AddAsync).Needs(Permission.LogWork)
            .WithSummary("Enter what was used on a day; a correction is an entry of its own. Idempotency-Key makes sending again safe.");
    }

    private static async Task<IResult> TableAsync(Caller caller, ResourceTables tables, long id, int? level, string? format, CancellationToken cancel) =>
        format is null or "json" ? TypedResults.Ok(await tables.OfAsync(caller, id, level, cancel)) : await tables.SheetAsync(caller, id, level, format, cancel);
}
