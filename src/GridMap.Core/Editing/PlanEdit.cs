namespace GridMap.Core.Editing;

/// <summary>An operation on a plan's state with its parameters. Immutable; one kind a file.</summary>
public abstract record PlanEdit
{
    /// <summary>The operation's word on the wire.</summary>
    public abstract string Kind { get; }

    /// <summary>Does it.</summary>
    /// <param name="state">The state before it; stays as it is.</param>
    /// <param name="context">Identities, codes and rules.</param>
    /// <returns>An <see cref="EditResult"/>, or an <see cref="EditRefusal"/> that says why not.</returns>
    public EditOutcome Apply(PlanState state, EditContext context)
    {
        try
        {
            return Run(state, context);
        }
        catch (EditRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private protected abstract EditResult Run(PlanState state, EditContext context);

    /// <exception cref="EditRefusedException">There is no such grid.</exception>
    private protected static PlannedGrid Require(PlanState state, long id) => state.Find(id)
        ?? throw Refuse("unknown_grid", "The plan has no such grid any more: look at it again.");

    private protected static EditRefusedException Refuse(
        string code, string reason, NetTopologySuite.Geometries.Geometry? place = null, params PlannedGrid[] grids) =>
        new(new EditRefusal(code, reason, place ?? grids.FirstOrDefault()?.Polygon, [.. grids.Select(grid => grid.Code)]));
}
