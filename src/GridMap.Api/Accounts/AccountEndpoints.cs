using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Sessions;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Accounts;

/// <summary><c>/api/v1/accounts</c>: for the administrator.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/accounts").WithTags("accounts").Needs(Permission.ManageAccounts);
        group.MapGet("/", List).WithSummary("Accounts by number; q narrows by name.");
        group.MapPost("/", Create).WithSummary("Make an account; its password is shown this once and must be changed.");
        group.MapGet("/{id:long}", One).WithSummary("One account.");
        group.MapPatch("/{id:long}", Change).WithSummary("Switch an account off or on, or give it to a person.");
        group.MapPost("/{id:long}/password", Reset).WithSummary("Make a new password, shown this once; all sessions of the account end.");
        group.MapPost("/{id:long}/unlock", Unlock).WithSummary("Let an account that has to wait sign in at once.");
        group.MapGet("/{id:long}/sessions", Sessions).WithSummary("Its sessions.");
        group.MapDelete("/{id:long}/sessions/{session:long}", EndSession).WithSummary("End one of its sessions.");
    }

    private static async Task<Ok<Page<AccountItem>>> List(
        AccountStore accounts, string? q, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.ListAsync(q, Paging.Limit(limit), cursor, cancel));

    private static async Task<Created<AccountReceipt>> Create(Caller caller, AccountStore accounts, NewAccountBody body, CancellationToken cancel)
    {
        var receipt = await accounts.CreateAsync(caller, body, cancel);
        return TypedResults.Created($"/api/v1/accounts/{receipt.Account.Id}", receipt);
    }

    private static async Task<Ok<AccountItem>> One(AccountStore accounts, long id, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.FindAsync(id, cancel));

    private static async Task<Ok<AccountItem>> Change(Caller caller, AccountStore accounts, long id, AccountChangeBody body, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.ChangeAsync(caller, id, body, cancel));

    private static async Task<Ok<AccountReceipt>> Reset(Caller caller, AccountStore accounts, long id, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.ResetAsync(caller, id, cancel));

    private static async Task<Ok<AccountItem>> Unlock(Caller caller, AccountStore accounts, long id, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.UnlockAsync(caller, id, cancel));

    private static async Task<Ok<Page<SessionItem>>> Sessions(
        Caller caller, AccountStore accounts, SessionStore sessions, long id, CancellationToken cancel)
    {
        await accounts.FindAsync(id, cancel);
        return TypedResults.Ok(new Page<SessionItem>(await sessions.ListAsync(id, caller.SessionId, cancel), null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSession(
        Caller caller, SessionStore sessions, long id, long session, CancellationToken cancel) =>
        await sessions.EndAsync(caller, id, session, cancel)
            ? TypedResults.NoContent()
            : Problem.NotFound("unknown_session", $"Account {id} has no session {session} that is not over.").ToResult();
}
