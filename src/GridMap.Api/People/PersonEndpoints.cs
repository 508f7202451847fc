using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.People;

/// <summary>A person with what they hold within the caller's reach.</summary>
/// <param name="Id">Their number.</param>
/// <param name="Name">Their name.</param>
/// <param name="Phone">Null for those who may not see it.</param>
/// <param name="HasAccount">Whether they can sign in.</param>
/// <param name="Duties">Terms that run or will run.</param>
public sealed record PersonItem(long Id, string Name, string? Phone, bool HasAccount, IReadOnlyList<PersonDuty> Duties);

/// <summary>A term of a person.</summary>
public sealed record PersonDuty(long Id, [property: Role] string Role, DutyGrid? Grid, DateTimeOffset From, DateTimeOffset? To, bool StandIn);

/// <summary>A person's name and telephone; in a change what is left out stays.</summary>
public sealed record PersonBody(string? Name = null, string? Phone = null);

/// <summary><c>/api/v1/people</c>.</summary>
internal static class PersonEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/people").WithTags("people");
        group.MapGet("/", List).Needs(Permission.SeePeople).WithSummary("People within one's reach, by number; on a grid and inside it, or by a part of the name.");
        group.MapGet("/{id:long}", One).Needs(Permission.SeePeople).WithSummary("One person.");
        group.MapPost("/", Create).Needs(Permission.Appoint).WithSummary("Write a person down, to be appointed next.");
        group.MapPatch("/{id:long}", Change).Needs(Permission.Appoint).WithSummary("Change a person's name or telephone.");
    }

    private static async Task<Ok<Page<PersonItem>>> List(
        Caller caller, PersonStore people, SnapshotProvider snapshots, string? grid, string? q, int? limit, string? cursor, CancellationToken cancel)
    {
        var snapshot = snapshots.Current;
        var asked = grid is null ? null : GridEndpoints.Find(snapshot, grid);
        if (asked is not null && !caller.ReachOf(Permission.SeePeople).Covers(snapshot, asked.Id))
        {
            throw Refusals.OutOfReach($"Grid {grid}");
        }

        return TypedResults.Ok(await people.ListAsync(caller, new PersonFilter(asked?.Id, q), Paging.Limit(limit), cursor, cancel));
    }

    private static async Task<Ok<PersonItem>> One(Caller caller, PersonStore people, long id, CancellationToken cancel) =>
        TypedResults.Ok(await people.FindAsync(caller, id, cancel));

    private static async Task<Created<PersonItem>> Create(Caller caller, PersonStore people, PersonBody body, CancellationToken cancel)
    {
        var item = await people.CreateAsync(caller, body, cancel);
        return TypedResults.Created($"/api/v1/people/{item.Id}", item);
    }

    private static async Task<Ok<PersonItem>> Change(Caller caller, PersonStore people, long id, PersonBody body, CancellationToken cancel)
    {
        await people.ChangeAsync(caller, id, body, cancel);
        return TypedResults.Ok(await people.FindAsync(caller, id, cancel));
    }
}
