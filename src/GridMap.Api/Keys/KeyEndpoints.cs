using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Keys;

/// <summary><c>/api/v1/keys</c>: keys for programs, one's own; the administrator's view holds everybody's.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/keys").WithTags("keys").Needs(Permission.OwnKeys);
        group.MapGet("/", List).WithSummary("One's own keys, newest first; with all=true everybody's, for the administrator.");
        group.MapPost("/", Create).WithSummary("Make a key with scopes and an end; its secret is shown this once.");
        group.MapDelete("/{id:long}", Revoke).WithSummary("End a key at once.");
    }

    private static async Task<Ok<Page<KeyItem>>> List(
        Caller caller, KeyStore keys, bool? all, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await keys.ListAsync(Whose(caller, all == true), Paging.Limit(limit), cursor, cancel));

    private static async Task<Created<KeyReceipt>> Create(Caller caller, KeyStore keys, NewKeyBody body, CancellationToken cancel)
    {
        var account = body.AccountId ?? caller.AccountId
            ?? throw new ProblemException(Problem.Bad("accountId", "bad_account", "Name the account that the key is for."));
        if (account != caller.AccountId && !caller.May(Permission.ManageAccounts))
        {
            throw Refusals.OutOfReach("Another's account");
        }

        var receipt = await keys.CreateAsync(caller, account, KeyForm.Read(body), cancel);
        return TypedResults.Created($"/api/v1/keys/{receipt.Key.Id}", receipt);
    }

    private static async Task<NoContent> Revoke(Caller caller, KeyStore keys, long id, CancellationToken cancel)
    {
        await keys.RevokeAsync(caller, id, caller.May(Permission.ManageAccounts) ? null : caller.AccountId, cancel);
        return TypedResults.NoContent();
    }

    private static long? Whose(Caller caller, bool all) =>
        caller.May(Permission.ManageAccounts) && (all || caller.AccountId is null) ? null
        : all ? throw Refusals.OutOfReach("The list of everybody's keys")
        : caller.AccountId;
}
