using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Duties;

/// <summary>What a correction got as its number.</summary>
public sealed record CorrectionReceipt(long Id);

/// <summary><c>/api/v1/duties</c>: who holds which role on which grid, and for how long.</summary>
internal static class DutyEndpoints
{
    public static void MapDuties(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/duties").WithTags("duties");
        group.MapGet("/", List).Needs(Permission.SeePeople).WithSummary(
            "Terms within one's reach, newest first: on a grid (inside=true: and inside it), of a person, as a role; those that run at a time, now by default; all=true whenever.");
        group.MapPost("/", Appoint).Needs(Permission.Known).WithSummary(
            "Appoint somebody, or (standsInFor) a stand-in for a period. For those who may give the role there; a holder names their own stand-in.");
        group.MapPost("/{id:long}/end", End).Needs(Permission.Known).WithSummary("End a term now or at a later time, with those that stand in for it.");
        group.MapPost("/corrections", Correct).Needs(Permission.Appoint).WithSummary(
            "Say how it really was in the past: it stands beside the answer that was given for that time, never in its place.");
    }

    private static async Task<Ok<DutyList>> List(
        Caller caller, DutyQueries duties, SnapshotProvider snapshots, TimeProvider clock,
        string? grid, bool? inside, long? person, string? role, Instant? at, bool? all, int? limit, string? cursor, CancellationToken cancel)
    {
        var snapshot = snapshots.Current;
        var asked = grid is null ? null : GridEndpoints.Find(snapshot, grid);
        if (asked is not null && !caller.ReachOf(Permission.SeePeople).Covers(snapshot, asked.Id))
        {
            throw Refusals.OutOfReach($"Grid {grid}");
        }

        var filter = new DutyFilter(asked?.Id, inside == true, person, role, all == true ? null : at?.Value ?? clock.GetUtcNow());
        return TypedResults.Ok(await duties.ListAsync(caller, filter, Paging.Limit(limit), cursor, cancel));
    }

    private static async Task<Created<DutyItem>> Appoint(Caller caller, DutyStore store, DutyQueries duties, NewDutyBody body, CancellationToken cancel)
    {
        var id = await store.AppointAsync(caller, body, cancel);
        return TypedResults.Created($"/api/v1/duties?person={body.PersonId}", await duties.FindAsync(id, cancel));
    }

    private static async Task<Ok<DutyItem>> End(
        Caller caller, DutyStore store, DutyQueries duties, long id, DutyEndBody? body, CancellationToken cancel)
    {
        await store.EndAsync(caller, id, body?.At, cancel);
        return TypedResults.Ok(await duties.FindAsync(id, cancel));
    }

    private static async Task<Created<CorrectionReceipt>> Correct(Caller caller, DutyStore store, NewCorrectionBody body, CancellationToken cancel)
    {
        var id = await store.CorrectAsync(caller, body, cancel);
        return TypedResults.Created("/api/v1/duties", new CorrectionReceipt(id));
    }
}
