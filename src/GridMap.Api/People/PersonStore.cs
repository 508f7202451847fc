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

    // A person is seen by who reaches one of their terms that run or will run; without any, by who reaches everything.
    private const string Sql =
        """
        select p.id, p.name, a.name as account,
               case when @phones::bigint[] is null or p.id = @me or exists (
                   select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @now) and d.grid_id in (select reach(@phones)))
               then p.phone end as phone
        from person p left join account a on a.person_id = p.id
        where p.id > @after and (@Id::bigint is null or p.id = @Id) and (@text::text is null or position(lower(@text) in lower(p.name)) > 0)
          and (@reach::bigint[] is null or p.id = @me or exists (
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
        return new PersonItem(id, InputText.Clean(body.Name, "name", MaxName), InputText.Clean(body.Phone, "phone", MaxPhone), HasAccount: false, []);
    }

    /// <summary>Changes name or telephone, of people whose terms the caller may give; those without any for who reaches everything.</summary>
    /// <exception cref="ProblemException">400, 403 or 404.</exception>
    public async Task ChangeAsync(Caller caller, long id, PersonBody body, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var reach = caller.ReachOf(Permission.Appoint).Roots;
        var row = await connection.QuerySingleOrDefaultAsync<(string Name, string Phone, bool Reached)?>(
            """
            select p.name, p.phone, @reach::bigint[] is null or exists (
                select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @Now) and d.grid_id in (select reach(@reach))) as reached
            from person p where p.id = @id for update
            """,
            new { id, reach, Now }, transaction);
        if (row is not { } before)
        {
            throw Unknown(id);
        }

        if (!before.Reached)
        {
            throw Refusals.OutOfReach($"Person {id}");
        }

        var name = body.Name is null ? before.Name : CheckName(body.Name, "name");
        var phone = body.Phone is null ? before.Phone : InputText.Clean(body.Phone, "phone", MaxPhone);
        await connection.ExecuteAsync("update person set name = @name, phone = @phone where id = @id", new { id, name, phone }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "person.change", Kind, id.ToString(), Before: new { before.Name }, After: new { name, phoneChanged = phone != before.Phone }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Makes a person inside a transaction.</summary>
    /// <exception cref="ProblemException">400: no name.</exception>
    public static async Task<long> InsertAsync(NpgsqlTransaction transaction, Caller caller, string? name, string? phone, string field)
    {
        var clean = CheckName(name, field);
        var id = await transaction.Connection!.ExecuteScalarAsync<long>(
            "insert into person (name, phone) values (@clean, @phone) returning id",
            new { clean, phone = InputText.Clean(phone, "phone", MaxPhone) }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("person.create", Kind, id.ToString(), After: new { name = clean }));
        return id;
    }

    private static string CheckName(string? name, string field) =>
        InputText.Clean(name, field, MaxName) is { Length: > 0 } clean
            ? clean
            : throw new ProblemException(Problem.Bad(field, "bad_name", $"Give a name of 1 to {MaxName} characters, or the number of a person who is known."));

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
