using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Callers;

/// <summary>Reads who a token, a key or a name stands for, with the roles that they hold at this moment. Thread safe.</summary>
internal sealed class CallerReader(Database database, TimeProvider clock)
{
    private const string SessionSql =
        """
        select s.account_id, s.id as session_id, null::bigint as key_id, null::text[] as scopes, s.last_seen_at as seen
        from session s join account a on a.id = s.account_id and a.stamp = s.stamp
        where s.token_hash = @hash and s.revoked_at is null and s.expires_at > @now and s.last_seen_at > @idle
        """;

    private const string KeySql =
        """
        select k.account_id, null::bigint as session_id, k.id as key_id, k.scopes, k.last_used_at as seen
        from api_key k where k.key_hash = @hash and k.revoked_at is null and k.expires_at > @now
        """;

    private const string NameSql =
        """
        select a.id as account_id, null::bigint as session_id, null::bigint as key_id, null::text[] as scopes, null::timestamptz as seen
        from account a where lower(a.name) = lower(@name)
        """;

    private const string AccountSql =
        """
        select a.id as account_id, a.name, a.must_change, a.person_id, p.name as person_name, f.session_id, f.key_id, f.scopes, f.seen
        from f join account a on a.id = f.account_id left join person p on p.id = a.person_id
        where not a.disabled
        """;

    private const string RolesSql =
        """
        select d.role, d.grid_id, d.id as duty_id from duty d
        where d.person_id = @person and d.from_at <= @now and (d.to_at is null or d.to_at > @now)
        order by d.id
        """;

    // A session or key that is in use is written down once a minute, not with every request.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Who a session's token stands for; null when it stands for nobody any more.</summary>
    public Task<Caller?> BySessionAsync(byte[] hash, TimeSpan idle, CancellationToken cancel) =>
        FindAsync(CallerKind.Session, SessionSql, new { hash, now = Now, idle = Now - idle }, cancel);

    /// <summary>Who a key stands for; null when it stands for nobody any more.</summary>
    public Task<Caller?> ByKeyAsync(byte[] hash, CancellationToken cancel) => FindAsync(CallerKind.ApiKey, KeySql, new { hash, now = Now }, cancel);

    /// <summary>Whose name a trusted proxy says it is; null when no account has it.</summary>
    public Task<Caller?> ByNameAsync(string name, CancellationToken cancel) => FindAsync(CallerKind.Proxy, NameSql, new { name }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<Caller?> FindAsync(CallerKind kind, string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<AccountRow>(new CommandDefinition(
            $"with f as ({sql}) {AccountSql}", parameters, cancellationToken: cancel));
        if (row is null)
        {
            return null;
        }

        var roles = row.PersonId is null ? [] : (await connection.QueryAsync<(string Role, long? Grid, long Duty)>(new CommandDefinition(
            RolesSql, new { person = row.PersonId, now = Now }, cancellationToken: cancel))).Select(role => new HeldRole(role.Role, role.Grid, role.Duty)).ToList();
        if (kind != CallerKind.Proxy && !(row.Seen > Now - SeenEvery))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                kind == CallerKind.Session
                    ? "update session set last_seen_at = @Now where id = @SessionId"
                    : "update api_key set last_used_at = @Now where id = @KeyId",
                new { Now, row.SessionId, row.KeyId }, cancellationToken: cancel));
        }

        return new Caller
        {
            Kind = kind,
            Name = row.Name,
            AccountId = row.AccountId,
            SessionId = row.SessionId,
            KeyId = row.KeyId,
            PersonId = row.PersonId,
            PersonName = row.PersonName,
            MustChange = row.MustChange && kind == CallerKind.Session,
            Roles = roles,
            Scopes = row.Scopes?.ToHashSet(),
        };
    }

    // Members, not a constructor: Dapper matches no constructor with an array.
    private sealed class AccountRow
    {
        public long AccountId { get; init; }

        public string Name { get; init; } = "";

        public bool MustChange { get; init; }

        public long? PersonId { get; init; }

        public string? PersonName { get; init; }

        public long? SessionId { get; init; }

        public long? KeyId { get; init; }

        public string[]? Scopes { get; init; }

        public DateTime? Seen { get; init; }
    }
}
