using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.People.Sheets;

/// <summary>A person as the database has them.</summary>
internal sealed record KnownPerson(long Id, string Name, string Phone);

/// <summary>A term that runs or will run.</summary>
internal sealed record KnownTerm(long Id, DateTime? To);

/// <summary>What a sheet is held to, read at once: people within reach, grids of the present, terms that run. For one import.</summary>
internal sealed class StaffKnown
{
    private const string PeopleSql =
        """
        select p.id, p.name, p.phone from person p
        where @reach::bigint[] is null or exists (
            select from duty d where d.person_id = p.id and (d.to_at is null or d.to_at > @now) and d.grid_id in (select reach(@reach)))
        """;

    private const string GridsSql =
        """
        select v.code, v.grid_id, v.name from grid_version v, (select coalesce(max(number), 0) as number from generation where effective_from <= now()) present
        where v.from_generation <= present.number and (v.to_generation is null or v.to_generation > present.number)
        """;

    private const string TermsSql =
        "select id, person_id, role, grid_id, to_at from duty where (to_at is null or to_at > @now) and to_at is distinct from from_at";

    private readonly Dictionary<long, KnownPerson> people;
    private readonly Dictionary<(string Name, string Phone), long> byName = [];
    private readonly Dictionary<(long Person, string Role, long Grid), KnownTerm> terms = [];
    private readonly Dictionary<string, HashSet<long>?> mayAppoint;

    private StaffKnown(
        IEnumerable<KnownPerson> people, Dictionary<string, (long Id, string Name)> grids, Dictionary<string, HashSet<long>?> mayAppoint)
    {
        this.people = people.ToDictionary(person => person.Id);
        Grids = grids;
        this.mayAppoint = mayAppoint;
        foreach (var person in this.people.Values)
        {
            byName.TryAdd((person.Name, person.Phone), person.Id);
        }
    }

    /// <summary>Grids of the present by code.</summary>
    public IReadOnlyDictionary<string, (long Id, string Name)> Grids { get; }

    public static async Task<StaffKnown> LoadAsync(NpgsqlTransaction transaction, Caller caller, DateTime now)
    {
        var connection = transaction.Connection!;
        var within = await connection.QueryAsync<KnownPerson>(
            PeopleSql, new { reach = caller.ReachOf(Permission.ExchangePeople).Roots, now }, transaction);
        var grids = (await connection.QueryAsync<(string Code, long Id, string Name)>(GridsSql, transaction: transaction))
            .ToDictionary(grid => grid.Code, grid => (grid.Id, grid.Name));
        var appoints = new Dictionary<string, HashSet<long>?>();
        foreach (var role in Role.All)
        {
            var reach = caller.ReachToAppoint(role);
            appoints[role] = reach.IsEverywhere ? null
                : (await connection.QueryAsync<long>("select reach(@Roots)", new { reach.Roots }, transaction)).ToHashSet();
        }

        var known = new StaffKnown(within, grids, appoints);
        foreach (var (id, person, role, grid, to) in await connection.QueryAsync<(long, long, string, long?, DateTime?)>(TermsSql, new { now }, transaction))
        {
            known.Add(person, role, grid, id, to);
        }

        return known;
    }

    /// <summary>Whether a line names people and grids that are there and within reach, and a role that the caller may give; says so if not.</summary>
    public bool Allows(StaffForm form, SheetRow row, StaffForms forms)
    {
        if (form.Id is { } id && !people.ContainsKey(id))
        {
            forms.Wrong(row, StaffSheet.Id, "unknown_person", "is the number of nobody within your reach; leave it empty for a new person");
            return false;
        }

        if (form.Grid is { } code && !Grids.ContainsKey(code))
        {
            forms.Wrong(row, StaffSheet.Grid, "unknown_grid", "is the code of no grid now");
            return false;
        }

        if (form.Role is { } role && mayAppoint[role] is { } reached && (form.Grid is null || !reached.Contains(Grids[form.Grid].Id)))
        {
            // A line that only says what is there already appoints nobody.
            if (Person(form) is not { } person || Term(person.Id, role, form.Grid is null ? null : Grids[form.Grid].Id) is null)
            {
                forms.Wrong(row, StaffSheet.Grid, Refusals.Code, $"lies beyond your reach for {StaffSheet.WordOf(role)}, or that role is not yours to give");
                return false;
            }
        }

        return true;
    }

    /// <summary>Whom a line means: by number, else by name and telephone; null for somebody new.</summary>
    public KnownPerson? Person(StaffForm form) =>
        form.Id is { } id ? people.GetValueOrDefault(id)
        : byName.TryGetValue((form.Name, form.Phone ?? ""), out var known) ? people[known]
        : null;

    public KnownTerm? Term(long person, string role, long? grid) => terms.GetValueOrDefault((person, role, grid ?? 0));

    public void Add(long id, StaffForm form)
    {
        people[id] = new KnownPerson(id, form.Name, form.Phone ?? "");
        byName.TryAdd((form.Name, form.Phone ?? ""), id);
    }

    public void Add(long person, string role, long? grid, long id, DateTime? to) => terms[(person, role, grid ?? 0)] = new KnownTerm(id, to);
}
