using GridMap.Api.Callers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Plans.Edits;

/// <summary><c>/api/v1/plans/{id}/edits</c>, <c>/undo</c>, <c>/redo</c>.</summary>
internal static class EditEndpoints
{
    public static void MapEdits(this RouteGroupBuilder plans)
    {
        plans.MapPost("/{id:long}/edits", Edit).WithSummary("Edit the plan; If-Match with its version. With dryRun nothing is stored and the answer says what would be.");
        plans.MapPost("/{id:long}/undo", Undo).WithSummary("Take the last edit back; If-Match with the plan's version.");
        plans.MapPost("/{id:long}/redo", Redo).WithSummary("Do the edit again that was taken back last; If-Match with the plan's version.");
    }

    private static async Task<Results<Created<EditReport>, Ok<EditReport>>> Edit(
        HttpContext context, Caller caller, PlanEditing editing, long id, [FromHeader(Name = "If-Match")] string? ifMatch, PlanEditBody body, CancellationToken cancel,
        bool dryRun = false)
    {
        var report = await editing.EditAsync(caller, id, PlanEndpoints.Version(ifMatch), body, dryRun, cancel);
        Tag(context, report);
        return dryRun ? TypedResults.Ok(report) : TypedResults.Created($"/api/v1/plans/{id}", report);
    }

    private static Task<Ok<EditReport>> Undo(
        HttpContext context, Caller caller, PlanEditing editing, long id, [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken cancel) =>
        StepAsync(context, caller, editing, id, ifMatch, forward: false, cancel);

    private static Task<Ok<EditReport>> Redo(
        HttpContext context, Caller caller, PlanEditing editing, long id, [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken cancel) =>
        StepAsync(context, caller, editing, id, ifMatch, forward: true, cancel);

    private static async Task<Ok<EditReport>> StepAsync(
        HttpContext context, Caller caller, PlanEditing editing, long id, string? ifMatch, bool forward, CancellationToken cancel)
    {
        var report = await editing.StepAsync(caller, id, PlanEndpoints.Version(ifMatch), forward, cancel);
        Tag(context, report);
        return TypedResults.Ok(report);
    }

    private static void Tag(HttpContext context, EditReport report) => context.Response.Headers.ETag = $"\"{report.Plan.Version}\"";
}
