using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Sessions;

/// <summary>A session, as its owner and the administrator see it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CreatedAt">When somebody signed in.</param>
/// <param name="LastSeenAt">When it was last used, to the minute.</param>
/// <param name="ExpiresAt">When it is over at the latest.</param>
/// <param name="Address">Where it was begun.</param>
/// <param name="UserAgent">What the browser called itself.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionItem(
    long Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string Address, string UserAgent, bool Current);

/// <summary>Sessions in PostGIS, shared by all processes; tokens are kept hashed. Thread safe.</summary>
internal sealed class SessionStore(Database database, IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int MaxUserAgent = 300;

    private const string InsertSql =
        """
        insert into session (token_hash, account_id, stamp, created_at, last_seen_at, expires_at, address, user_agent)
        select @hash, a.id, a.stamp, @now, @now, @expires, @address, @agent from account a where a.id = @account
        returning id
        """;

    private const string ListSql =
        """
        select s.id, s.created_at, s.last_seen_at, s.expires_at, s.address, s.user_agent, s.id is not distinct from @current as current
        from session s join account a on a.id = s.account_id and a.stamp = s.stamp
        where s.account_id = @account and s.revoked_at is null and s.expires_at > @now and s.last_seen_at > @idle
        order by s.last_seen_at desc, s.id desc
        """;

    /// <summary>Begins a session with a token that nobody knew before, whatever token came along; that one's session ends.</summary>
    public async Task BeginAsync(NpgsqlTransaction transaction, HttpContext context, long account)
    {
        var connection = transaction.Connection!;
        var now = clock.GetUtcNow();
        if (SessionCookie.TokenOf(context) is { } old)
        {
            await connection.ExecuteAsync(
                "update session set revoked_at = @now where token_hash = @hash and revoked_at is null",
                new { now = now.UtcDateTime, hash = Secret.Hash(old) }, transaction);
        }

        var token = Secret.NewToken();
        var expires = now.AddHours(options.Value.SessionHours);
        var agent = context.Request.Headers.UserAgent.ToString().Replace("\0", "", StringComparison.Ordinal);
        await connection.ExecuteScalarAsync<long>(
            InsertSql,
            new
            {
                hash = Secret.Hash(token),
                account,
                now = now.UtcDateTime,
                expires = expires.UtcDateTime,
                address = ClientAddress.Of(context),
                agent = agent[..Math.Min(agent.Length, MaxUserAgent)],
            },
            transaction);
        SessionCookie.Set(context, token, expires);
    }

    /// <summary>An account's sessions that are not over.</summary>
    public async Task<IReadOnlyList<SessionItem>> ListAsync(long account, long? current, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { account, current, now = Now, idle = Now - options.Value.Idle }, cancellationToken: cancel));
        return [.. rows.Select(row => new SessionItem(
            row.Id, row.CreatedAt, row.LastSeenAt, row.ExpiresAt, row.Address, row.UserAgent, row.Current))];
    }

    /// <summary>Ends one session of an account.</summary>
    /// <returns>False when it has no such session.</returns>
    public async Task<bool> EndAsync(Caller caller, long account, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var ended = await connection.ExecuteAsync(
            "update session set revoked_at = @Now where id = @id and account_id = @account and revoked_at is null", new { Now, id, account }, transaction);
        if (ended > 0)
        {
            await AuditLog.AddAsync(transaction, caller, new AuditEntry("session.end", "account", account.ToString(), After: new { session = id }));
        }

        await transaction.CommitAsync(CancellationToken.None);
        return ended > 0;
    }

    /// <summary>Drops sessions that have been over for long; the audit tells of them.</summary>
    public async Task DropOldAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from session where coalesce(revoked_at, expires_at) < @before", new { before = Now.AddDays(-30) }, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from sign_in_attempt where last_at < @before", new { before = Now.AddDays(-1) }, cancellationToken: cancel));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private sealed record Row(
        long Id, DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt, string Address, string UserAgent, bool Current);
}
