using Dapper;
using GridMap.Api.Accounts;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Sessions;

/// <summary>
/// Holds a name and a password to each other. Each attempt counts as failed before the password is looked at, so that many at once
/// are no way round the count; names that nobody has are counted and answered alike, in the same time. Thread safe.
/// </summary>
internal sealed class SignIn(Database database, SessionStore sessions, SignInLimits limits, IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int FirstWaitSeconds = 30;
    private const int LongestWaitSeconds = 3600;

    // Nothing is counted while the name has to wait: else whoever keeps trying could lock its owner out for ever.
    private const string CountSql =
        """
        insert into sign_in_attempt as a (name, failures, last_at, allowed) values (lower(@name), 1, @now, true)
        on conflict (name) do update set
            failures = case when a.locked_until > @now then a.failures else a.failures + 1 end,
            last_at = @now,
            allowed = coalesce(a.locked_until <= @now, true),
            locked_until = case
                when a.locked_until > @now then a.locked_until
                when a.failures + 1 >= @free then @now + least(@first * 2 ^ least(a.failures + 1 - @free, 20), @longest) * interval '1 second'
            end
        returning allowed, locked_until
        """;

    /// <exception cref="ProblemException">401 for a wrong name or password, 429 while the name has to wait.</exception>
    public async Task RunAsync(HttpContext context, string name, string password, CancellationToken cancel)
    {
        limits.Take(context);
        await using var connection = await database.OpenAsync(cancel);
        await CountAsync(connection, name, cancel);
        var account = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select a.id, a.name, a.password_hash, a.disabled, a.person_id, p.name as person_name
            from account a left join person p on p.id = a.person_id where lower(a.name) = lower(@name)
            """,
            new { name }, cancellationToken: cancel));
        var caller = new Caller
        {
            Kind = CallerKind.Public,
            // Not what was typed: people type their password there.
            Name = account?.Name ?? "unknown",
            AccountId = account?.Id,
            PersonId = account?.PersonId,
            PersonName = account?.PersonName,
            Address = ClientAddress.Of(context),
        };
        var entry = new AuditEntry("session.begin", "account", account?.Id.ToString() ?? "");
        if (!Passwords.Verify(account?.PasswordHash, password) || account is null or { Disabled: true })
        {
            limits.Failed(context);
            await AuditLog.RefusedAsync(connection, caller, entry, cancel);
            throw new ProblemException(new Problem(
                StatusCodes.Status401Unauthorized, "bad_credentials", "Name and password do not match. Ask your administrator if you have forgotten them."));
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ForgetAsync(transaction, name);
        await sessions.BeginAsync(transaction, context, account.Id);
        await AuditLog.AddAsync(transaction, caller, entry);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Holds a present password to the account of who is signed in, counted like one at the door.</summary>
    /// <exception cref="ProblemException">400 for a wrong one, 429 while the name has to wait.</exception>
    public async Task CheckOwnAsync(HttpContext context, Caller caller, NpgsqlConnection connection, string password, CancellationToken cancel)
    {
        limits.Take(context);
        await CountAsync(connection, caller.Name, cancel);
        var hash = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select password_hash from account where id = @AccountId", new { caller.AccountId }, cancellationToken: cancel));
        if (!Passwords.Verify(hash, password))
        {
            limits.Failed(context);
            await AuditLog.RefusedAsync(connection, caller, new AuditEntry("account.change-password", "account", caller.AccountId.ToString() ?? ""), cancel);
            throw new ProblemException(Problem.Bad("current", "bad_credentials", "That is not your present password."));
        }
    }

    /// <summary>Takes the count back once the right password was there.</summary>
    public static Task ForgetAsync(NpgsqlTransaction transaction, string name) =>
        transaction.Connection!.ExecuteAsync("delete from sign_in_attempt where name = lower(@name)", new { name }, transaction);

    private async Task CountAsync(NpgsqlConnection connection, string name, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (allowed, until) = await connection.QuerySingleAsync<(bool Allowed, DateTime? Until)>(new CommandDefinition(
            CountSql, new { name, now, free = options.Value.FreeAttempts, first = FirstWaitSeconds, longest = LongestWaitSeconds }, cancellationToken: cancel));
        if (!allowed)
        {
            throw SignInLimits.Wait((int)Math.Ceiling((until!.Value - now).TotalSeconds));
        }
    }

    private sealed record Row(long Id, string Name, string? PasswordHash, bool Disabled, long? PersonId, string? PersonName);
}
