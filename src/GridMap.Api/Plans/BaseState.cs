using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Editing;

namespace GridMap.Api.Plans;

/// <summary>What an import starts from: the last generation that was published, in effect or not yet, or a plan as it is. Immutable.</summary>
/// <param name="Generation">Its number; null while nothing is published.</param>
/// <param name="Grids">Its grids.</param>
/// <param name="Answered">The grids on which somebody's term runs now.</param>
internal sealed record BaseState(int? Generation, IReadOnlyList<PlanGrid> Grids, IReadOnlySet<long> Answered)
{
    /// <summary>The grids on which somebody's term runs now.</summary>
    public const string AnsweredSql =
        """
        select distinct grid_id from duty
        where from_at <= now() and (to_at is null or to_at > now()) and role in ('grid_leader', 'grid_worker', 'supervisor', 'volunteer')
        """;

    private const long NoPlan = 0; // Numbers of plans start at 1: the state of no plan is the base itself.

    public static async Task<BaseState> LoadAsync(Database database, PlanStore plans, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var last = await connection.ExecuteScalarAsync<int?>("select max(number) from generation");
        if (last is null)
            return new BaseState(null, [], new HashSet<long>());
        var answered = await connection.QueryAsync<long>(AnsweredSql);
        return new BaseState(last, await plans.StateAsync(NoPlan, last, cancel), answered.ToHashSet());
    }

    /// <summary>A plan as its session has it; <paramref name="answered"/> as with edits.</summary>
    public static BaseState Of(int? baseGeneration, PlanState state, Func<long, bool> answered) => new(
        baseGeneration, [.. state.Grids.Select(PlanGrid.Of)], state.Grids.Select(grid => grid.Id).Where(answered).ToHashSet());
}
