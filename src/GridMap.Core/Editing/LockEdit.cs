namespace GridMap.Core.Editing;

/// <summary>Locks grids, so that no edit changes them, or unlocks them.</summary>
/// <param name="Grids">The grids.</param>
/// <param name="IsLocked">True locks, false unlocks.</param>
public sealed record LockEdit(IReadOnlyList<long> Grids, bool IsLocked) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => IsLocked ? "lock" : "unlock";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var grids = Grids.Select(id => Require(state, id).Id).ToList();
        var locks = IsLocked ? state.Locks.Union(grids) : state.Locks.Except(grids);
        return locks.Count == state.Locks.Count
            ? throw Refuse("nothing_changes", IsLocked ? "They are locked already." : "They are not locked.")
            : new EditResult(state.WithLocks(locks), [], [], []);
    }
}
