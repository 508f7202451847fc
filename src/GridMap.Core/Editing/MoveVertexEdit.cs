using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>Moves a vertex of all the borders that have it, on all levels; or gives an edge a vertex and moves that.</summary>
/// <param name="At">The vertex; or one end of the edge that gets one.</param>
/// <param name="EdgeEnd">The other end of that edge; null when <paramref name="At"/> is moved itself.</param>
/// <param name="To">Where it goes.</param>
public sealed record MoveVertexEdit(LatticePoint At, LatticePoint? EdgeEnd, LatticePoint To) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "moveVertex";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var place = Lattice.Factory.CreatePoint(At.ToCoordinate());
        if (At == To || EdgeEnd == To)
            throw Refuse("nothing_changes", "The vertex is there already.", place);
        var reach = new Envelope(To.ToCoordinate());
        foreach (var ring in state.Near(new Envelope(At.ToCoordinate())).SelectMany(grid => Rings.Of(grid.Polygon)))
            for (var i = 1; i < ring.Length; i++)
                if (GoesAlong(ring[i - 1], ring[i]))
                    reach.ExpandToInclude(new Envelope(ring[i - 1].ToCoordinate(), ring[i].ToCoordinate()));
        if (!reach.Contains(At.ToCoordinate()))
            throw Refuse("no_vertex", EdgeEnd is null ? "No border has a vertex there: take one of the plan's own." : "No border has such an edge: take one of the plan's own.", place);
        return FaceReplacement.Apply(state, new Replacement { Level = 1, Move = new VertexMove(At, EdgeEnd, To, reach) }, context);
    }

    private bool GoesAlong(LatticePoint from, LatticePoint to) => EdgeEnd is { } end
        ? (from, to) == (At, end) || (from, to) == (end, At)
        : from == At || to == At;
}
