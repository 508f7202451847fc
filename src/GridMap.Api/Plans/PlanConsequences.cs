using Dapper;
using GridMap.Api.Generations;
using GridMap.Api.Storage;
using GridMap.Core.Editing;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Plans;

/// <summary>What publishing a plan would mean, before it is done.</summary>
/// <param name="Added">Grids that are new.</param>
/// <param name="Removed">Grids that would be gone.</param>
/// <param name="Reshaped">Grids with other ground.</param>
/// <param name="Updated">Grids with another name, code, kind, parent or fields on the same ground.</param>
/// <param name="ReNoded">How many grids only get vertices on borders that run as before.</param>
/// <param name="Movements">What comes to which innermost grid, the most first.</param>
/// <param name="Households">How many households get another innermost grid.</param>
/// <param name="Estimated">Whether some of these were shared out by area.</param>
/// <param name="Issues">How many open issues get another grid.</param>
/// <param name="Duties">Terms that would begin.</param>
/// <param name="Told">How many people would be told.</param>
/// <param name="Conflicts">Grids that were changed since in a newer generation too: rebase the plan first. Empty when its base is the newest.</param>
/// <param name="NewerGeneration">The newest generation when it is not the base; null else.</param>
public sealed record PlanConsequences(
    IReadOnlyList<GridName> Added, IReadOnlyList<GridName> Removed, IReadOnlyList<GridName> Reshaped, IReadOnlyList<GridName> Updated, int ReNoded,
    IReadOnlyList<Movement> Movements, int Households, bool Estimated, int Issues, IReadOnlyList<BegunDuty> Duties, int Told,
    IReadOnlyList<string> Conflicts, int? NewerGeneration);

/// <summary>A grid by name.</summary>
public sealed record GridName(string Code, string Name, int Level);

/// <summary>What comes to a grid.</summary>
/// <param name="Code">Null: to no grid.</param>
/// <param name="Name">Its name; null for no grid.</param>
/// <param name="Leaders">Who will lead it, or else the innermost grid around it that somebody leads.</param>
/// <param name="Households">How many come to it.</param>
/// <param name="Issues">How many open issues come to it.</param>
public sealed record Movement(string? Code, string? Name, IReadOnlyList<string> Leaders, int Households, int Issues);

/// <summary>A term that would begin.</summary>
/// <param name="Code">The grid on which it begins.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">As what.</param>
/// <param name="Person">Whose.</param>
/// <param name="From">The code of the grid whose role it follows from.</param>
public sealed record BegunDuty(string Code, string Name, string Role, string Person, string From);

/// <summary>Reads what publishing a plan would mean. Thread safe.</summary>
internal sealed class PlanConsequencesQuery(Database database)
{
    private const string GridsSql =
        """
        select p.grid_id as id, p.code, p.name, p.level::int, p.removed, p.re_noded, old.grid_id is null as is_new, p.geom is distinct from old.geom as is_reshaped,
               p.attributes::text as attributes, coalesce(old.attributes, '{}')::text as was
        from plan_grid p join plan on plan.id = p.plan_id
        left join grid_version old on old.grid_id = p.grid_id
          and old.from_generation <= plan.base_generation and (old.to_generation is null or old.to_generation > plan.base_generation)
        where p.plan_id = @plan order by p.code
        """;

    // By the published rule: the deepest grid that covers the place, of these the lowest code.
    private const string IssuesSql =
        """
        select becomes.grid_id, count(*)::int from issue i
        left join lateral (
            select s.grid_id from (
                select p.grid_id, p.level, p.code from plan_grid p
                where p.plan_id = @plan and not p.removed and p.geom && i.point and st_covers(p.geom, i.point)
                union all
                select v.grid_id, v.level, v.code from grid_version v join plan on plan.id = @plan
                where v.from_generation <= plan.base_generation and (v.to_generation is null or v.to_generation > plan.base_generation)
                  and v.geom && i.point and st_covers(v.geom, i.point) and not exists (select from plan_grid p where p.plan_id = @plan and p.grid_id = v.grid_id)
            ) s order by s.level desc, s.code limit 1) becomes on true
        where i.closed_at is null and becomes.grid_id is distinct from i.grid_id
          and exists (select from plan_grid p where p.plan_id = @plan and (p.grid_id = i.grid_id or (not p.removed and p.geom && i.point)))
        group by 1
        """;

    private const string NamesSql =
        """
        with recursive named as (
            select grid_id, code, name, parent_id, 0 as later from plan_grid where plan_id = @plan
            union all
            select grid_id, code, name, parent_id, 1 from grid_version where to_generation is null
        ), up as (
            select grid_id, code, name, parent_id, later from named where grid_id = any(@ids)
            union
            select n.grid_id, n.code, n.name, n.parent_id, n.later from up join named n on n.grid_id = up.parent_id
        )
        select distinct on (grid_id) grid_id, code, name, parent_id from up order by grid_id, later
        """;

    private const string LeadersSql =
        """
        select d.grid_id, p.name from duty d join person p on p.id = d.person_id
        where d.grid_id = any(@ids) and d.role = 'grid_leader' and d.from_at <= now() and (d.to_at is null or d.to_at > now())
        """;

    private const string ToldSql =
        """
        select count(distinct d.person_id)::int from duty d
        where d.grid_id = any(@ids) and d.role in ('grid_leader', 'grid_worker') and d.from_at <= now() and (d.to_at is null or d.to_at > now())
        """;

    /// <summary>Reads them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isVacant">New parts begin without anybody.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PlanConsequences> OfAsync(PlanItem plan, bool isVacant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var of = new { plan = plan.Id };
        var grids = (await connection.QueryAsync<GridRow>(new CommandDefinition(GridsSql, of, cancellationToken: cancel))).ToList();
        var issues = (await connection.QueryAsync<(long? Grid, int Count)>(new CommandDefinition(IssuesSql, of, cancellationToken: cancel))).ToList();
        var begun = await PublishedDuties.OfAsync(connection, null, await SuccessionQueries.OfAsync(connection, null, plan.Id), isVacant);
        var gains = await GainsAsync(connection, plan.Id, grids);
        long[] ids = [.. issues.Select(issue => issue.Grid).OfType<long>(), .. gains.Keys, .. begun.SelectMany(term => (long[])[term.GridId, term.FromGridId])];
        var names = (await connection.QueryAsync<(long Id, string Code, string Name, long? Parent)>(NamesSql, new { plan = plan.Id, ids }))
            .ToDictionary(row => row.Id, row => (row.Code, row.Name, row.Parent));
        var leaders = (await connection.QueryAsync<(long Grid, string Name)>(LeadersSql, new { ids = names.Keys.ToArray() }))
            .Concat(begun.Where(term => term.Role == Role.GridLeader).Select(term => (Grid: term.GridId, Name: term.Person))).ToLookup(row => row.Grid, row => row.Name);
        var changed = grids.Where(grid => !grid.ReNoded).ToList();
        var told = await connection.ExecuteScalarAsync<int>(ToldSql, new { ids = changed.Where(grid => !grid.IsNew && (grid.Removed || grid.IsReshaped)).Select(grid => grid.Id).ToArray() });
        var (newer, conflicts) = await NewerAsync(connection, plan);
        return new PlanConsequences(
            Names(changed.Where(grid => grid.IsNew && !grid.Removed)), Names(changed.Where(grid => grid.Removed)),
            Names(changed.Where(grid => !grid.IsNew && !grid.Removed && grid.IsReshaped)), Names(changed.Where(grid => !grid.IsNew && !grid.Removed && !grid.IsReshaped)),
            grids.Count - changed.Count, Movements(issues, gains, names, leaders), gains.Values.Sum(),
            changed.Any(grid => !grid.Removed && gains.ContainsKey(grid.Id) && grid.Attributes.Contains(GridAttributes.HouseholdsEstimated, StringComparison.Ordinal)),
            issues.Sum(issue => issue.Count),
            [.. begun.Select(term => new BegunDuty(names[term.GridId].Code, names[term.GridId].Name, term.Role, term.Person, names.GetValueOrDefault(term.FromGridId).Code ?? ""))],
            told + begun.Select(term => term.PersonId).Distinct().Count(), conflicts, newer);
    }

    /// <summary>Households that come to innermost grids.</summary>
    private static async Task<Dictionary<long, int>> GainsAsync(NpgsqlConnection connection, long plan, List<GridRow> grids)
    {
        var parents = (await connection.QueryAsync<long>(
            """
            select distinct parent_id from plan_grid where plan_id = @plan and not removed and parent_id is not null
            union
            select v.parent_id from grid_version v
            where v.parent_id in (select grid_id from plan_grid where plan_id = @plan) and v.to_generation is null
              and not exists (select from plan_grid p where p.plan_id = @plan and p.grid_id = v.grid_id)
            """,
            new { plan })).ToHashSet();
        return grids.Where(grid => !grid.Removed && !parents.Contains(grid.Id))
            .Select(grid => (grid.Id, Gain: (GridAttributes.HouseholdsOf(grid.Attributes) ?? 0) - (GridAttributes.HouseholdsOf(grid.Was) ?? 0)))
            .Where(pair => pair.Gain > 0).ToDictionary(pair => pair.Id, pair => pair.Gain);
    }

    private static async Task<(int? Newer, IReadOnlyList<string> Conflicts)> NewerAsync(NpgsqlConnection connection, PlanItem plan)
    {
        var newest = await connection.ExecuteScalarAsync<int?>("select max(number) from generation");
        if (plan.State != "draft" || newest == plan.BaseGeneration)
            return (null, []);
        return (newest, [.. await connection.QueryAsync<string>(PublicationSql.Conflicts, new { plan = plan.Id, @base = plan.BaseGeneration ?? 0 })]);
    }

    private static IReadOnlyList<GridName> Names(IEnumerable<GridRow> grids) => [.. grids.Select(grid => new GridName(grid.Code, grid.Name, grid.Level))];

    private static IReadOnlyList<Movement> Movements(
        List<(long? Grid, int Count)> issues, Dictionary<long, int> gains, Dictionary<long, (string Code, string Name, long? Parent)> names, ILookup<long, string> leaders)
    {
        var to = gains.Keys.Select(grid => (long?)grid).Union(issues.Select(issue => issue.Grid));
        return [.. to
            .Select(grid => grid is { } id
                ? new Movement(names[id].Code, names[id].Name, Leaders(id, names, leaders), gains.GetValueOrDefault(id), issues.Where(issue => issue.Grid == id).Sum(issue => issue.Count))
                : new Movement(null, null, [], 0, issues.Where(issue => issue.Grid is null).Sum(issue => issue.Count)))
            .OrderByDescending(movement => movement.Households + movement.Issues).ThenBy(movement => movement.Code, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Leaders(long grid, Dictionary<long, (string Code, string Name, long? Parent)> names, ILookup<long, string> leaders)
    {
        for (long? at = grid; at is { } id; at = names.TryGetValue(id, out var row) ? row.Parent : null)
        {
            if (leaders.Contains(id))
                return [.. leaders[id].Distinct()];
        }

        return [];
    }

    private sealed record GridRow(
        long Id, string Code, string Name, int Level, bool Removed, bool ReNoded, bool IsNew, bool IsReshaped, string Attributes, string Was);
}
