using System.Text.RegularExpressions;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Accounts;

/// <summary>Accounts: made, changed, read. Thread safe.</summary>
internal sealed partial class AccountStore(Database database, TimeProvider clock)
{
    private const string Kind = "account";
    private const int MaxPersonName = 100;
    private const int MaxPhone = 40;

    private const string Sql =
        """
        select a.id, a.name, a.person_id, p.name as person_name, a.password_hash is not null as has_password, a.must_change, a.disabled,
               (select t.locked_until from sign_in_attempt t where t.name = lower(a.name) and t.locked_until > @now) as locked_until,
               (select max(s.last_seen_at) from session s where s.account_id = a.id) as last_seen_at, a.created_at
        from account a left join person p on p.id = a.person_id
        """;

    /// <summary>Accounts by number, those whose name or person's name holds a text.</summary>
    public async Task<Page<AccountItem>> ListAsync(string? text, int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : 0;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Sql + """
             where a.id > @after and (@text::text is null or position(lower(@text) in lower(a.name || ' ' || coalesce(p.name, ''))) > 0)
             order by a.id limit @most
            """,
            new { Now, after, text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(), most = limit + 1 }, cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
    }

    /// <exception cref="ProblemException">404.</exception>
    public async Task<AccountItem> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await FindAsync(connection, null, id);
    }

    /// <summary>Makes an account, and its person when a name is given.</summary>
    /// <exception cref="ProblemException">400 or 409: nothing was made.</exception>
    public async Task<AccountReceipt> CreateAsync(Caller caller, NewAccountBody body, CancellationToken cancel)
    {
        var name = CheckName(body.Name);
        var password = body.PasswordLess == true ? null : Passwords.Make();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var person = await PersonAsync(transaction, caller, body);
        var id = await InsertAsync(transaction, name, person, password is null ? null : Passwords.Hash(password), mustChange: true)
            ?? throw new ProblemException(Problem.Conflict("name_taken", $"There is an account {name} already; upper and lower case are one.") with { Field = "name" });
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("account.create", Kind, id.ToString(), After: new { name, person }));
        var item = await FindAsync(connection, transaction, id);
        await transaction.CommitAsync(CancellationToken.None);
        return new AccountReceipt(item, password);
    }

    /// <summary>Gives a name that a trusted proxy says an account without password and roles.</summary>
    /// <returns>False when it is no name, or another request was first.</returns>
    public async Task<bool> CreateFromProxyAsync(string name, CancellationToken cancel)
    {
        if (!Name().IsMatch(name))
        {
            return false;
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await InsertAsync(transaction, name, null, null, mustChange: false) is { } id)
        {
            await AuditLog.AddAsync(transaction, Caller.Program, new AuditEntry("account.create", Kind, id.ToString(), After: new { name, proxy = true }));
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Switches an account off or on, or gives it to a person.</summary>
    /// <exception cref="ProblemException">400, 404 or 409.</exception>
    public async Task<AccountItem> ChangeAsync(Caller caller, long id, AccountChangeBody body, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var before = await FindAsync(connection, transaction, id);
        if (id == caller.AccountId && body.Disabled == true)
        {
            throw new ProblemException(Problem.Conflict("own_account", "Nobody switches their own account off: another administrator does."));
        }

        var person = body.PersonId is null ? before.PersonId : await KnownPersonAsync(transaction, body.PersonId.Value, id);
        await connection.ExecuteAsync(
            "update account set disabled = @disabled, person_id = @person where id = @id",
            new { id, disabled = body.Disabled ?? before.Disabled, person }, transaction);
        var after = await FindAsync(connection, transaction, id);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "account.change", Kind, id.ToString(), Before: new { before.Disabled, before.PersonId }, After: new { after.Disabled, after.PersonId }));
        await transaction.CommitAsync(CancellationToken.None);
        return after;
    }

    /// <summary>Makes a password to be handed over once; all sessions end.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<AccountReceipt> ResetAsync(Caller caller, long id, CancellationToken cancel)
    {
        var password = Passwords.Make();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await FindAsync(connection, transaction, id);
        await SetPasswordAsync(transaction, id, password, mustChange: true);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("account.reset-password", Kind, id.ToString()));
        var item = await FindAsync(connection, transaction, id);
        await transaction.CommitAsync(CancellationToken.None);
        return new AccountReceipt(item, password);
    }

    /// <summary>Lets a name that has to wait try again at once.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<AccountItem> UnlockAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await FindAsync(connection, transaction, id);
        await connection.ExecuteAsync(
            "delete from sign_in_attempt where name = (select lower(name) from account where id = @id)", new { id }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("account.unlock", Kind, id.ToString()));
        var item = await FindAsync(connection, transaction, id);
        await transaction.CommitAsync(CancellationToken.None);
        return item;
    }

    /// <summary>Stores a password; with the stamp renewed, every session of the old one is over.</summary>
    public static Task SetPasswordAsync(NpgsqlTransaction transaction, long id, string password, bool mustChange) =>
        transaction.Connection!.ExecuteAsync(
            "update account set password_hash = @hash, must_change = @mustChange, stamp = gen_random_uuid() where id = @id",
            new { id, hash = Passwords.Hash(password), mustChange }, transaction);

    private static Task<long?> InsertAsync(NpgsqlTransaction transaction, string name, long? person, string? hash, bool mustChange) =>
        transaction.Connection!.ExecuteScalarAsync<long?>(
            """
            insert into account (name, person_id, password_hash, must_change) values (@name, @person, @hash, @hash is not null and @mustChange)
            on conflict (lower(name)) do nothing returning id
            """,
            new { name, person, hash, mustChange }, transaction);

    private static async Task<long?> PersonAsync(NpgsqlTransaction transaction, Caller caller, NewAccountBody body)
    {
        if (body.PersonId is { } known)
        {
            return await KnownPersonAsync(transaction, known, account: null);
        }

        var name = InputText.Clean(body.PersonName, "personName", MaxPersonName);
        if (name.Length == 0)
        {
            return null;
        }

        var id = await transaction.Connection!.ExecuteScalarAsync<long>(
            "insert into person (name, phone) values (@name, @phone) returning id",
            new { name, phone = InputText.Clean(body.Phone, "phone", MaxPhone) }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("person.create", "person", id.ToString(), After: new { name }));
        return id;
    }

    private static async Task<long> KnownPersonAsync(NpgsqlTransaction transaction, long person, long? account)
    {
        var (exists, taken) = await transaction.Connection!.QuerySingleAsync<(bool, string?)>(
            """
            select exists (select from person where id = @person),
                   (select name from account where person_id = @person and id is distinct from @account)
            """,
            new { person, account }, transaction);
        if (!exists)
        {
            throw new ProblemException(Problem.Bad("personId", "bad_person", $"There is no person {person}; /api/v1/people lists them."));
        }

        return taken is null
            ? person
            : throw new ProblemException(Problem.Conflict("person_taken", $"Person {person} has the account {taken} already.") with { Field = "personId" });
    }

    private static string CheckName(string? name) =>
        Name().IsMatch(name ?? "")
            ? name!
            : throw new ProblemException(Problem.Bad("name", "bad_name", "The name of an account has 1 to 60 letters, digits or . _ - @"));

    private async Task<AccountItem> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(Sql + " where a.id = @id", new { Now, id }, transaction))?.ToItem()
        ?? throw new ProblemException(Problem.NotFound("unknown_account", $"There is no account {id}; /api/v1/accounts lists them."));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [GeneratedRegex(@"\A[\p{L}\p{N}._@-]{1,60}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private sealed record Row(
        long Id, string Name, long? PersonId, string? PersonName, bool HasPassword, bool MustChange, bool Disabled, DateTime? LockedUntil,
        DateTime? LastSeenAt, DateTime CreatedAt)
    {
        public AccountItem ToItem() => new(
            Id, Name, PersonId, PersonName, HasPassword, MustChange, Disabled, LockedUntil, LastSeenAt, CreatedAt);
    }
}
