using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Posts;

/// <summary><c>/api/v1/posts</c>: vacancies (责任岗) that volunteers claim.</summary>
internal static class PostEndpoints
{
    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/posts").WithTags("posts");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("Posts that are offered, newest first, on a grid and inside it; all=true: also those that are over.");
        group.MapGet("/{id:long}", One).Needs(Permission.SeeMap).WithSummary("One post.");
        group.MapPost("/", Offer).Needs(Permission.Appoint).WithSummary("Offer a post on a grid.");
        group.MapPost("/{id:long}/close", Close).Needs(Permission.Appoint).WithSummary("Take no more claims; who holds the post keeps it.");
        group.MapGet("/{id:long}/claims", Claims).Needs(Permission.Appoint).WithSummary("Who came forward.");
        group.MapPost("/{id:long}/claims", Claim).Needs(Permission.OwnAccount).WithSummary("Come forward for a post.");
        group.MapDelete("/{id:long}/claims/{claim:long}", Withdraw).Needs(Permission.OwnAccount).WithSummary("Take one's own claim back.");
        group.MapPost("/{id:long}/claims/{claim:long}/accept", Accept).Needs(Permission.Appoint).WithSummary("Make who came forward a volunteer of the grid.");
        group.MapPost("/{id:long}/claims/{claim:long}/decline", Decline).Needs(Permission.Appoint).WithSummary("Say no to who came forward.");
    }

    private static async Task<Ok<Page<PostItem>>> List(
        Caller caller, PostQueries posts, SnapshotProvider snapshots, string? grid, bool? all, int? limit, string? cursor, CancellationToken cancel)
    {
        var asked = grid is null ? (long?)null : GridEndpoints.Find(snapshots.Current, grid).Id;
        return TypedResults.Ok(await posts.ListAsync(caller, asked, all == true, Paging.Limit(limit), cursor, cancel));
    }

    private static async Task<Ok<PostItem>> One(Caller caller, PostQueries posts, long id, CancellationToken cancel) =>
        TypedResults.Ok(await posts.FindAsync(caller, id, cancel));

    private static async Task<Created<PostItem>> Offer(Caller caller, PostStore store, PostQueries posts, NewPostBody body, CancellationToken cancel)
    {
        var id = await store.OfferAsync(caller, body, cancel);
        return TypedResults.Created($"/api/v1/posts/{id}", await posts.FindAsync(caller, id, cancel));
    }

    private static async Task<Ok<PostItem>> Close(Caller caller, PostStore store, PostQueries posts, long id, CancellationToken cancel)
    {
        await store.CloseAsync(caller, id, cancel);
        return TypedResults.Ok(await posts.FindAsync(caller, id, cancel));
    }

    private static async Task<Ok<Page<ClaimItem>>> Claims(
        Caller caller, PostQueries posts, SnapshotProvider snapshots, long id, int? limit, string? cursor, CancellationToken cancel)
    {
        var post = await posts.FindAsync(caller, id, cancel);
        return caller.ReachToAppoint(Role.Volunteer).Covers(snapshots.Current, post.Grid.Id)
            ? TypedResults.Ok(await posts.ClaimsAsync(caller, id, Paging.Limit(limit), cursor, cancel))
            : throw Refusals.OutOfReach($"Post {id}");
    }

    private static async Task<Ok<PostItem>> Claim(
        Caller caller, PostStore store, PostQueries posts, long id, NewClaimBody? body, CancellationToken cancel)
    {
        await store.ClaimAsync(caller, id, body, cancel);
        return TypedResults.Ok(await posts.FindAsync(caller, id, cancel));
    }

    private static async Task<NoContent> Withdraw(Caller caller, PostStore store, long id, long claim, CancellationToken cancel)
    {
        await store.WithdrawAsync(caller, id, claim, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Accept(Caller caller, PostStore store, long id, long claim, CancellationToken cancel)
    {
        await store.DecideAsync(caller, id, claim, accept: true, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Decline(Caller caller, PostStore store, long id, long claim, CancellationToken cancel)
    {
        await store.DecideAsync(caller, id, claim, accept: false, cancel);
        return TypedResults.NoContent();
    }
}
