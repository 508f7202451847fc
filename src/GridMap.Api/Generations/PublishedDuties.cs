using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Core.Editing;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Generations;

/// <summary>A term that a publication begins.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Person">Their name.</param>
/// <param name="Role">As what.</param>
/// <param name="GridId">The grid on which it begins.</param>
/// <param name="FromGridId">The grid on which they hold, or held, the role that it follows from.</param>
/// <param name="Until">Its end, that of the other term; null for none.</param>
internal sealed record BegunTerm(long PersonId, string Person, string Role, long GridId, long FromGridId, DateTime? Until);

/// <summary>
/// Who answers for what a plan makes: a new part gets the people of the grid that it came from, unless it is to be vacant; of merged grids the survivor's
/// people stay and the others' leaders and workers become workers. Terms begin with the publication; nothing that was is rewritten. Thread safe.
/// </summary>
internal sealed class PublishedDuties(DutyStore duties)
{
    private const string TermsSql =
        """
        select d.grid_id, d.person_id, p.name, d.role, d.to_at from duty d join person p on p.id = d.person_id
        where d.grid_id = any(@grids) and d.role = any(@roles) and d.stands_in_for is null and d.from_at <= now() and (d.to_at is null or d.to_at > now())
        order by d.id
        """;

    private static readonly string[] Copied = [Role.GridLeader, Role.GridWorker, Role.Supervisor];

    /// <summary>The terms that publishing the plan would begin.</summary>
    /// <param name="connection">Reads.</param>
    /// <param name="transaction">Null outside of one.</param>
    /// <param name="succession">Who follows whom.</param>
    /// <param name="isVacant">New parts begin without anybody.</param>
    public static async Task<IReadOnlyList<BegunTerm>> OfAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Succession succession, bool isVacant)
    {
        var parts = isVacant ? [] : succession.Parts.ToList();
        long[] grids = [.. parts.Select(pair => pair.Value), .. succession.Merged.Keys, .. succession.Merged.Values];
        if (grids.Length == 0)
            return [];
        var terms = (await connection.QueryAsync<(long Grid, long Person, string Name, string Role, DateTime? To)>(
            TermsSql, new { grids, roles = Copied }, transaction)).ToLookup(term => term.Grid);
        var begun = new List<BegunTerm>();
        var held = new HashSet<(long Grid, long Person, string Role)>(terms.SelectMany(terms => terms.Select(term => (term.Grid, term.Person, term.Role))));
        foreach (var (part, from) in parts)
            begun.AddRange(terms[from].Where(term => held.Add((part, term.Person, term.Role))).Select(term => new BegunTerm(term.Person, term.Name, term.Role, part, from, term.To)));
        foreach (var (gone, into) in succession.Merged)
        {
            foreach (var term in terms[gone])
            {
                var role = term.Role == Role.Supervisor ? Role.Supervisor : Role.GridWorker;
                var leads = held.Contains((into, term.Person, Role.GridLeader));
                if (!leads && held.Add((into, term.Person, role)))
                    begun.Add(new BegunTerm(term.Person, term.Name, role, into, gone, term.To));
            }
        }

        return begun;
    }

    /// <summary>Begins them; each person is told.</summary>
    /// <param name="transaction">The publication's, whose versions are there already.</param>
    /// <param name="caller">Who publishes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="isVacant">New parts begin without anybody.</param>
    public async Task BeginAsync(NpgsqlTransaction transaction, Caller caller, long plan, bool isVacant)
    {
        var connection = transaction.Connection!;
        var begun = await OfAsync(connection, transaction, await SuccessionQueries.OfAsync(connection, transaction, plan), isVacant);
        var places = (await connection.QueryAsync<(long Id, string Code, string Name)>(
            "select grid_id, code, name from grid_version where grid_id = any(@ids) and to_generation is null",
            new { ids = begun.Select(term => term.GridId).Distinct().ToArray() }, transaction)).ToDictionary(place => place.Id);
        foreach (var term in begun)
        {
            var (id, code, name) = places[term.GridId];
            await duties.BeginAsync(transaction, caller, new DutyPlace(id, code, name, term.Role, null), term.PersonId, new DutyTerms(duties.Now, term.Until));
        }
    }
}
