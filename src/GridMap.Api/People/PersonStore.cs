using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.People;

/// <summary>Which people are wanted.</summary>
/// <param name="Grid">Who hold a duty on this grid or inside it; null: on any.</param>
/// <param name="Text">Whose name holds this.</param>
/// <param name="Id">This one only.</param>
internal sealed record PersonFilter(long? Grid = null, string? Text = null, long? Id = null);

/// <summary>People, as far as the caller's reach goes. Thread safe.</summary>
internal sealed class PersonStore(Database database, TimeProvider clock)
{
    private const string Kind = "person";
    private const int MaxName = 100;
    private const int MaxPhone = 40;
    private const string PhoneMarks = "+-() ./";

    // A person is seen by who reaches one of their terms that run or will run; without any, by who wrote them down and who reaches everything.
    private const string Sql =
        """
        select p.id, p.name, a.name as account,
               case when @phones::bigint[] is null or p.id = @me or (p.created_account = @account and not exists (select from duty where person_id = p.id)) or exists (
                   select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @now) and d.grid_id in (select reach(@phones)))
               then p.phone end as phone
        from person p left join account a on a.person_id = p.id
        where p.id > @after and (@Id::bigint is null or p.id = @Id) and (@text::text is null or position(lower(@text) in lower(p.name)) > 0)
          and (@reach::bigint[] is null or p.id = @me or (p.created_account = @account and not exists (select from duty where person_id = p.id)) or exists (
              select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @now) and d.grid_id in (select reach(@reach))))
          and (@Grid::bigint is null or exists (
              select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @now) and d.grid_id in (select reach(array[@Grid]))))
        order by p.id limit @most
        """;

    private const string DutiesSql =
        """
        select d.id, d.person_id, d.role, d.grid_id, g.code, g.name, g.level, d.from_at, d.to_at, d.stands_in_for
        from duty d
        left join lateral (
            select v.code, v.name, v.level::int as level from grid_version v where v.grid_id = d.grid_id order by v.from_generation desc limit 1
        ) g on true
        where d.person_id = any(@people) and (d.to_at is null or d.to_at > @now)
          and (@reach::bigint[] is null or d.person_id = @me or d.grid_id in (select reach(@reach)))
        order by d.from_at, d.id
        """;

    /// <summary>People by number, with their terms that run or will run.</summary>
    public async Task<Page<PersonItem>> ListAsync(Caller caller, PersonFilter filter, int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : 0;
        var reach = caller.ReachOf(Permission.SeePeople).Roots;
        var text = string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text.Trim();
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<(long Id, string Name, string? Account, string? Phone)>(new CommandDefinition(
            Sql,
            new
            {
                reach,
                phones = caller.ReachOf(Permission.SeePhones).Roots,
                me = caller.PersonId,
                account = caller.AccountId,
                Now,
                after,
                filter.Id,
                text,
                filter.Grid,
                most = limit + 1,
            },
            cancellationToken: cancel))).ToList();
        var duties = (await connection.QueryAsync<DutyRow>(new CommandDefinition(
            DutiesSql, new { people = rows.Select(row => row.Id).ToArray(), Now, reach, me = caller.PersonId }, cancellationToken: cancel)))
            .ToLookup(duty => duty.PersonId, duty => duty.ToItem());
        var items = rows.ConvertAll(row => new PersonItem(row.Id, row.Name, row.Phone, row.Account is not null, [.. duties[row.Id]]));
        return Paging.Cut(items, limit, item => [item.Id.ToString()]);
    }

    /// <exception cref="ProblemException">404: not there, or not within reach.</exception>
    public async Task<PersonItem> FindAsync(Caller caller, long id, CancellationToken cancel) =>
        (await ListAsync(caller, new PersonFilter(Id: id), 1, cursor: null, cancel)).Items is [var item] ? item : throw Unknown(id);

    /// <summary>Makes a person.</summary>
    public async Task<PersonItem> CreateAsync(Caller caller, PersonBody body, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var id = await InsertAsync(transaction, caller, body.Name, body.Phone, "name");
        await transaction.CommitAsync(CancellationToken.None);
        return new PersonItem(id, CheckName(body.Name, "name"), CheckPhone(body.Phone), HasAccount: false, []);
    }

    /// <summary>
    /// Changes name or telephone, of people all of whose terms lie where the caller may give some: a name stands on the whole map.
    /// Who has no term is for who wrote them down, or reaches everything.
    /// </summary>
    /// <exception cref="ProblemException">400, 403 or 404.</exception>
    public async Task ChangeAsync(Caller caller, long id, PersonBody body, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var reach = caller.ReachOf(Permission.Appoint).Roots;
        var row = await connection.QuerySingleOrDefaultAsync<(string Name, string Phone, bool Reached)?>(
            """
            select p.name, p.phone, @reach::bigint[] is null or (
                case when exists (select from duty d where d.person_id = p.id)
                then exists (select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @Now))
                    and not exists (
                        select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @Now)
                        and (d.grid_id is null or d.grid_id not in (select reach(@reach))))
                else p.created_account = @account end) is true as reached
            from person p where p.id = @id for update
            """,
            new { id, reach, Now, account = caller.AccountId }, transaction);
        if (row is not { } before)
        {
            throw Unknown(id);
        }

        if (!before.Reached)
        {
            throw Refusals.OutOfReach($"Person {id}, or one of their duties,");
        }

        var name = body.Name is null ? before.Name : CheckName(body.Name, "name");
        var phone = body.Phone is null ? before.Phone : CheckPhone(body.Phone);
        await connection.ExecuteAsync("update person set name = @name, phone = @phone where id = @id", new { id, name, phone }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "person.change", Kind, id.ToString(), Before: new { before.Name }, After: new { name, phoneChanged = phone != before.Phone }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// The person of that name and telephone, who is made if nobody has both. Without a telephone only who holds the role there already
    /// is the same: so that sending twice makes one person, and not two.
    /// </summary>
    /// <exception cref="ProblemException">400: no name.</exception>
    public static async Task<long> FindOrInsertAsync(NpgsqlTransaction transaction, Caller caller, string? name, string? phone, DutyPlace place)
    {
        var connection = transaction.Connection!;
        var (clean, number) = (CheckName(name, "personName"), CheckPhone(phone));
        await connection.ExecuteAsync("select pg_advisory_xact_lock(20727, hashtext(@clean || '|' || @number))", new { clean, number }, transaction);
        return await connection.ExecuteScalarAsync<long?>(
            """
            select p.id from person p where p.name = @clean and p.phone = @number and (@number <> '' or exists (
                select from duty d where d.person_id = p.id and d.role = @Role and d.grid_id is not distinct from @GridId
                and (d.to_at is null or d.to_at > now())))
            order by p.id limit 1
            """,
            new { clean, number, place.Role, place.GridId }, transaction) ?? await InsertAsync(transaction, caller, clean, number, "personName");
    }

    /// <summary>Whether somebody is known to the caller: by a term within reach, present or past, or written down by them.</summary>
    public static Task<bool> IsKnownAsync(NpgsqlTransaction transaction, Caller caller, long person) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(
            """
            select exists (
                select from person p where p.id = @person and (
                    @reach::bigint[] is null or p.id = @me or p.created_account = @account
                    or exists (select from duty d where d.person_id = p.id and d.grid_id in (select reach(@reach)))))
            """,
            new { person, reach = caller.ReachOf(Permission.SeePeople).Roots, me = caller.PersonId, account = caller.AccountId }, transaction);

    /// <summary>Makes a person inside a transaction.</summary>
    /// <exception cref="ProblemException">400: no name.</exception>
    public static async Task<long> InsertAsync(NpgsqlTransaction transaction, Caller caller, string? name, string? phone, string field)
    {
        var clean = CheckName(name, field);
        var id = await transaction.Connection!.ExecuteScalarAsync<long>(
            "insert into person (name, phone, created_account) values (@clean, @phone, @account) returning id",
            new { clean, phone = CheckPhone(phone), account = caller.AccountId }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("person.create", Kind, id.ToString(), After: new { name = clean }));
        return id;
    }

    private static string CheckName(string? name, string field) =>
        InputText.Line(name, field, MaxName) is { Length: > 0 } clean
            ? clean
            : throw new ProblemException(Problem.Bad(field, "bad_name", $"Give a name of 1 to {MaxName} characters, or the number of a person who is known."));

    private static string CheckPhone(string? phone)
    {
        var clean = InputText.Line(phone, "phone", MaxPhone);
        return clean.All(letter => char.IsLetterOrDigit(letter) || PhoneMarks.Contains(letter))
            ? clean
            : throw new ProblemException(Problem.Bad("phone", "bad_phone", "A telephone has digits, letters, + - ( ) . / and blanks, as in 0757-8123456转8."));
    }

    private static ProblemException Unknown(long id) =>
        new(Problem.NotFound("unknown_person", $"There is no person {id} within your reach; /api/v1/people lists them.") with { IsRefusal = true });

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private sealed record DutyRow(
        long Id, long PersonId, string Role, long? GridId, string? Code, string? Name, int? Level, DateTime FromAt, DateTime? ToAt, long? StandsInFor)
    {
        public PersonDuty ToItem() => new(
            Id, Role, GridId is { } grid ? new DutyGrid(grid, Code ?? "", Name ?? "", Level ?? 0) : null, FromAt, ToAt, StandsInFor is not null);
    }
}
