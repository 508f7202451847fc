namespace GridMap.Core.Editing;

/// <summary>Hangs a grid with all its ground on another parent, which gets the ground, and whose neighbour it need not be.</summary>
/// <param name="Grid">The grid.</param>
/// <param name="Parent">The new parent, of the next outer level.</param>
public sealed record ReparentEdit(long Grid, long Parent) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "reparent";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var (grid, parent) = (Require(state, Grid), Require(state, Parent));
        if (parent.Level != grid.Level - 1)
            throw Refuse("wrong_parent", $"{parent.Code} is of level {parent.Level}; the parent of {grid.Code} is one of level {grid.Level - 1}.", null, parent);
        if (grid.ParentId == parent.Id)
            throw Refuse("nothing_changes", $"{grid.Code} lies in {parent.Code} already.", null, grid);
        return FaceReplacement.Apply(state, new Replacement
        {
            Level = grid.Level,
            Pieces = [new Piece(grid.Polygon, grid.Id)],
            Facts = [grid with { ParentId = parent.Id }],
        }, context);
    }
}
