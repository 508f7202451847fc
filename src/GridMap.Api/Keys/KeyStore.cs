using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;

namespace GridMap.Api.Keys;

/// <summary>API keys: kept hashed, so that who reads the database holds none. Thread safe.</summary>
internal sealed class KeyStore(Database database, TimeProvider clock)
{
    private const int PrefixLength = 14;

    private const string ListSql =
        """
        select k.id, k.name, k.prefix, k.account_id, a.name as account, k.scopes, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
        from api_key k join account a on a.id = k.account_id
        where (@account::bigint is null or k.account_id = @account) and k.id < @before
        order by k.id desc limit @most
        """;

    /// <summary>Keys of an account, or of all; newest first, those that are over among them.</summary>
    public async Task<Page<KeyItem>> ListAsync(long? account, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { account, before, most = limit + 1 }, cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
    }

    /// <summary>Makes a key.</summary>
    /// <exception cref="ProblemException">400: there is no such account.</exception>
    public async Task<KeyReceipt> CreateAsync(Caller caller, long account, KeyForm form, CancellationToken cancel)
    {
        var secret = Secret.NewKey();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            with made as (
                insert into api_key (key_hash, account_id, name, prefix, scopes, created_at, expires_at)
                select @hash, a.id, @Name, @prefix, @scopes, @now, @expires from account a where a.id = @account returning *)
            select k.id, k.name, k.prefix, k.account_id, a.name as account, k.scopes, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
            from made k join account a on a.id = k.account_id
            """,
            new
            {
                hash = Secret.Hash(secret),
                account,
                form.Name,
                prefix = secret[..PrefixLength],
                scopes = form.Scopes.ToArray(),
                now,
                expires = now.AddDays(form.Days),
            },
            transaction) ?? throw new ProblemException(Problem.Bad("accountId", "bad_account", $"There is no account {account}; /api/v1/accounts lists them."));
        var item = row.ToItem();
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "key.create", "key", item.Id.ToString(), After: new { item.Name, item.Account, item.Scopes, item.ExpiresAt }));
        await transaction.CommitAsync(CancellationToken.None);
        return new KeyReceipt(item, secret);
    }

    /// <summary>Ends a key at once.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="id">The key.</param>
    /// <param name="account">Whose it must be; null: anybody's.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">404.</exception>
    public async Task RevokeAsync(Caller caller, long id, long? account, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var revoked = await connection.ExecuteAsync(
            "update api_key set revoked_at = @now where id = @id and revoked_at is null and (@account::bigint is null or account_id = @account)",
            new { now = clock.GetUtcNow().UtcDateTime, id, account }, transaction);
        if (revoked == 0)
        {
            throw new ProblemException(Problem.NotFound("unknown_key", $"There is no key {id} here that is not over; /api/v1/keys lists them."));
        }

        await AuditLog.AddAsync(transaction, caller, new AuditEntry("key.revoke", "key", id.ToString()));
        await transaction.CommitAsync(CancellationToken.None);
    }

    // Members, not a constructor: Dapper matches no constructor with an array.
    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Prefix { get; init; } = "";

        public long AccountId { get; init; }

        public string Account { get; init; } = "";

        public string[] Scopes { get; init; } = [];

        public DateTime CreatedAt { get; init; }

        public DateTime ExpiresAt { get; init; }

        public DateTime? LastUsedAt { get; init; }

        public DateTime? RevokedAt { get; init; }

        public KeyItem ToItem() => new(Id, Name, Prefix, AccountId, Account, Scopes, CreatedAt, ExpiresAt, LastUsedAt, RevokedAt);
    }
}
