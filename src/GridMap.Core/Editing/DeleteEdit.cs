namespace GridMap.Core.Editing;

/// <summary>Gives a grid up: its ground goes to a neighbour of its level, or to none.</summary>
/// <param name="Grid">The grid.</param>
/// <param name="To">The neighbour; null leaves the ground free, and the grids inside it go too.</param>
public sealed record DeleteEdit(long Grid, long? To) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "delete";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var grid = Require(state, Grid);
        if (To is { } id)
        {
            var to = Require(state, id);
            if (to.Level != grid.Level || to.Id == grid.Id)
                throw Refuse("other_level", $"{to.Code} must be another grid of level {grid.Level}.", null, to);
            if (!Adjacency.AreNeighbours(grid, to))
                throw Refuse("not_adjacent", $"{grid.Code} and {to.Code} share no border: name a neighbour.", null, grid, to);
        }
        return FaceReplacement.Apply(state, new Replacement
        {
            Level = grid.Level,
            Pieces = [new Piece(grid.Polygon, To)],
            Removed = new HashSet<long> { grid.Id },
        }, context);
    }
}
