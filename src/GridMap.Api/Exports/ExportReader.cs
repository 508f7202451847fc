using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.People.Sheets;
using GridMap.Api.Plans;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Exports;

/// <summary>What goes into a file.</summary>
/// <param name="Name">The file's name, without an ending.</param>
/// <param name="Grids">By level, then code.</param>
internal sealed record ExportContent(string Name, IReadOnlyList<ExportedGrid> Grids);

/// <summary>
/// Reads the grids of a generation or a plan that the caller may see, with the people who answer for them: by name where the caller
/// sees people, elsewhere as the public does. Writes down that somebody took them along. Thread safe.
/// </summary>
internal sealed class ExportReader(Database database, PlanStore plans, PublicNames names)
{
    private const long NoPlan = 0;

    // The last moment of a generation that is over, so that a file of the past names those of the past.
    private const string GenerationSql =
        """
        select g.number, least(now(), (select min(n.effective_from) - interval '1 microsecond' from generation n where n.number > g.number)) as at
        from generation g
        where g.number = @Generation or @Generation::int is null and g.number = (select max(number) from generation where effective_from <= now())
        """;

    private const string DutiesSql =
        """
        select d.grid_id, d.person_id, p.name, d.role, d.from_at, d.to_at, d.stands_in_for is not null
        from duty d join person p on p.id = d.person_id
        where d.role = any (@roles) and d.from_at <= @at and (d.to_at is null or d.to_at > @at)
        order by d.grid_id, array_position(@roles, d.role), d.from_at, d.id
        """;

    /// <exception cref="ProblemException">There is no such generation, or nothing of that level that the caller sees.</exception>
    public async Task<ExportContent> ReadAsync(ExportRequest request, Caller caller, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (plan, generation, at) = request.Source.Plan is { } id
            ? await PlanAsync(connection, id, cancel)
            : await GenerationAsync(connection, request.Source.Generation, cancel);

        var reach = caller.ReachOf(Permission.SeeMap);
        var inside = reach.IsEverywhere ? null : await InsideAsync(connection, reach, cancel);
        var state = await plans.StateAsync(plan, generation, cancel);
        var byId = state.ToDictionary(grid => grid.GridId);
        var people = request.People ? await PeopleAsync(connection, caller, at, byId, cancel) : null;
        var grids = state.Where(grid => (request.Level is null || grid.Level == request.Level) && inside?.Contains(grid.GridId) != false)
            .OrderBy(grid => grid.Level).ThenBy(grid => grid.Code, StringComparer.Ordinal)
            .Select(grid => new ExportedGrid(
                grid, grid.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null, people is null ? null : people.GetValueOrDefault(grid.GridId, "")))
            .ToList();
        var what = request.Source.Plan is null ? $"Generation {generation}" : $"Plan {plan}";
        if (grids.Count == 0)
            throw new ProblemException(Problem.Bad("level", "bad_level", $"{what} has no grids of level {request.Level}. {Levels(state)}"));
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "grids.export", request.Source.Plan is null ? "generation" : "plan", $"{(request.Source.Plan is null ? generation : plan)}",
            After: new { format = request.Format.ToString().ToLowerInvariant(), request.Level, grids = grids.Count, request.People }));
        await transaction.CommitAsync(CancellationToken.None);
        return new ExportContent(request.Source.Plan is null ? $"grids-{generation}" : $"plan-{plan}", grids);
    }

    private static async Task<(long Plan, int? Base, DateTime At)> PlanAsync(NpgsqlConnection connection, long id, CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<(long, int?, DateTime)>(new CommandDefinition(
            "select id, base_generation, now() from plan where id = @id", new { id }, cancellationToken: cancel));
        return rows.ToList() is [var plan] ? plan : throw new ProblemException(Problem.NotFound("unknown_plan", $"There is no plan {id}."));
    }

    private static async Task<(long Plan, int? Generation, DateTime At)> GenerationAsync(
        NpgsqlConnection connection, int? asked, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<(int Number, DateTime At)>(
            new CommandDefinition(GenerationSql, new { Generation = asked }, cancellationToken: cancel))).ToList();
        return rows is [var row]
            ? (NoPlan, row.Number, row.At)
            : throw new ProblemException(Problem.NotFound("unknown_generation", asked is { } number ? $"There is no generation {number}." : "Nothing is published yet."));
    }

    private static async Task<HashSet<long>> InsideAsync(NpgsqlConnection connection, Reach reach, CancellationToken cancel) =>
        [.. await connection.QueryAsync<long>(new CommandDefinition("select reach(@Roots)", new { reach.Roots }, cancellationToken: cancel))];

    private async Task<Dictionary<long, string>> PeopleAsync(
        NpgsqlConnection connection, Caller caller, DateTime at, Dictionary<long, PlanGrid> grids, CancellationToken cancel)
    {
        var reach = caller.ReachOf(Permission.SeePeople);
        var known = reach.IsEverywhere ? null : await InsideAsync(connection, reach, cancel);
        var duties = await connection.QueryAsync<(long Grid, long Person, string Name, string Role, DateTime From, DateTime? To, bool StandIn)>(
            new CommandDefinition(DutiesSql, new { at, roles = Role.Responsible.ToArray() }, cancellationToken: cancel));
        return duties.Where(duty => grids.ContainsKey(duty.Grid)).GroupBy(duty => duty.Grid).ToDictionary(terms => terms.Key, terms => string.Join('；', terms.Select(duty =>
        {
            var term = new DutyTerm(duty.Person, duty.Name, duty.Role, duty.From, duty.To, duty.StandIn);
            var name = known?.Contains(duty.Grid) == false ? names.Shown(grids[duty.Grid].Level, term) : duty.Name;
            return string.Join(' ', ((string?[])[StaffSheet.WordOf(duty.Role), name]).Where(word => word is not null)) + (duty.StandIn ? "（代班）" : "");
        })));
    }

    private static string Levels(List<PlanGrid> state) => state.Count == 0
        ? "It has no grids at all."
        : $"level is {string.Join(", ", state.Select(grid => grid.Level).Distinct().Order())}, or left out for all.";
}
