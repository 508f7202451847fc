using GridMap.Core.Coordinates;

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
        var edge = EdgeEnd is { } end ? (At, end) : default((LatticePoint From, LatticePoint To)?);
        var has = state.Near(new NetTopologySuite.Geometries.Envelope(At.ToCoordinate())).Any(grid => Rings.Of(grid.Polygon).Any(ring => Has(ring, edge)));
        if (!has)
            throw Refuse("no_vertex", edge is null ? "No border has a vertex there: take one of the plan's own." : "No border has such an edge: take one of the plan's own.", place);
        return FaceReplacement.Apply(state, new Replacement { Level = 1, Move = new VertexMove(At, EdgeEnd, To) }, context);
    }

    private bool Has(LatticePoint[] ring, (LatticePoint From, LatticePoint To)? edge)
    {
        if (edge is not { } ends)
            return Array.IndexOf(ring, At) >= 0;
        for (var i = 1; i < ring.Length; i++)
            if ((ring[i - 1], ring[i]) == ends || (ring[i], ring[i - 1]) == ends)
                return true;
        return false;
    }
}
