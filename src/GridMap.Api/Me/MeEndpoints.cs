using System.ComponentModel.DataAnnotations;
using Dapper;
using GridMap.Api.Accounts;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Sessions;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Me;

/// <summary>Who asks, and what they may.</summary>
/// <param name="Kind">adminKey, session, apiKey or proxy.</param>
/// <param name="Name">The account's name.</param>
/// <param name="AccountId">Null for the key in the data folder.</param>
/// <param name="PersonId">Null for an account that is nobody's.</param>
/// <param name="PersonName">Their name.</param>
/// <param name="MustChange">Whether the password must be changed before anything else.</param>
/// <param name="Roles">What is held now.</param>
/// <param name="Permissions">What is allowed somewhere; where follows from the roles.</param>
/// <param name="Everywhere">Those that are allowed on the whole territory.</param>
/// <param name="Unread">Entries of the inbox that were not read.</param>
public sealed record MeAnswer(
    CallerKind Kind, string Name, long? AccountId, long? PersonId, string? PersonName, bool MustChange, IReadOnlyList<MyRole> Roles,
    IReadOnlyList<string> Permissions, IReadOnlyList<string> Everywhere, int Unread);

/// <summary>A role that is held now.</summary>
/// <param name="DutyId">The duty that gives it.</param>
/// <param name="Role">The role.</param>
/// <param name="GridId">Null: the whole territory.</param>
/// <param name="Grid">The grid as it is now; null when it is gone, or for the whole territory.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null: open.</param>
/// <param name="StandIn">Whether it is held in somebody's place (代班).</param>
public sealed record MyRole(
    long DutyId, [property: Role] string Role, long? GridId, GridReference? Grid, DateTimeOffset From, DateTimeOffset? To, bool StandIn);

/// <summary>A change of one's own password.</summary>
public sealed record PasswordBody([property: Required] string? Current, [property: Required] string? New);

/// <summary><c>/api/v1/me</c>: one's own account.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/me").WithTags("me");
        group.MapGet("/", Get).Needs(Permission.Known).WithSummary("Who asks, with roles and permissions.");
        group.MapPost("/password", ChangePassword).Needs(Permission.OwnAccount).WithSummary("Change one's own password; all other sessions end.");
        group.MapGet("/sessions", Sessions).Needs(Permission.OwnAccount).WithSummary("One's own sessions.");
        group.MapDelete("/sessions/{id:long}", EndSession).Needs(Permission.OwnAccount).WithSummary("End one of one's own sessions.");
    }

    private static async Task<Ok<MeAnswer>> Get(
        HttpContext context, Caller caller, Database database, SnapshotProvider snapshots, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        await using var connection = await database.OpenAsync(cancel);
        var terms = (await connection.QueryAsync<(long Id, DateTime From, DateTime? To, bool StandIn)>(new CommandDefinition(
            "select id, from_at, to_at, stands_in_for is not null from duty where id = any(@ids)",
            new { ids = caller.Roles.Select(role => role.DutyId).ToArray() }, cancellationToken: cancel))).ToDictionary(term => term.Id);
        var unread = caller.PersonId is not { } person ? 0 : await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from inbox where person_id = @person and read_at is null", new { person }, cancellationToken: cancel));
        var snapshot = snapshots.Current;
        var roles = caller.Roles.Where(role => terms.ContainsKey(role.DutyId)).Select(role => (role, term: terms[role.DutyId])).Select(held => new MyRole(
            held.role.DutyId, held.role.Role, held.role.GridId,
            held.role.GridId is { } id && snapshot.ById(id) is { } grid ? GridReference.To(grid) : null,
            held.term.From, held.term.To, held.term.StandIn));
        var permissions = Permission.All.Where(caller.May).ToList();
        return TypedResults.Ok(new MeAnswer(
            caller.Kind, caller.Name, caller.AccountId, caller.PersonId, caller.PersonName, caller.MustChange, [.. roles], permissions,
            [.. permissions.Where(permission => caller.ReachOf(permission).IsEverywhere)], unread));
    }

    private static async Task<NoContent> ChangePassword(
        HttpContext context, Caller caller, Database database, SessionStore sessions, SignIn signIn, PasswordBody body, CancellationToken cancel)
    {
        var account = caller.AccountId!.Value;
        await using var connection = await database.OpenAsync(cancel);
        await signIn.CheckOwnAsync(context, caller, connection, body.Current ?? "", cancel);

        var wanted = Passwords.Check(body.New, "new", caller.Name);
        if (wanted == body.Current)
        {
            throw new ProblemException(Problem.Bad("new", "bad_password", "The new password is the present one. Choose another."));
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await AccountStore.SetPasswordAsync(transaction, account, wanted, mustChange: false);
        await SignIn.ForgetAsync(transaction, caller.Name);
        if (caller.Kind == CallerKind.Session)
        {
            await sessions.BeginAsync(transaction, context, account);
        }

        await AuditLog.AddAsync(transaction, caller, new AuditEntry("account.change-password", "account", account.ToString()));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<SessionItem>>> Sessions(Caller caller, SessionStore sessions, CancellationToken cancel) =>
        TypedResults.Ok(new Page<SessionItem>(await sessions.ListAsync(caller.AccountId!.Value, caller.SessionId, cancel), null));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSession(
        Caller caller, SessionStore sessions, long id, CancellationToken cancel) =>
        await sessions.EndAsync(caller, caller.AccountId!.Value, id, cancel)
            ? TypedResults.NoContent()
            : Problem.NotFound("unknown_session", $"You have no session {id} that is not over; /api/v1/me/sessions lists them.").ToResult();
}
