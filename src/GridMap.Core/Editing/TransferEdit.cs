using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>Gives a drawn piece of a grid, or whole children of it, to another grid of the same level.</summary>
/// <param name="From">Who gives.</param>
/// <param name="To">Who gets.</param>
/// <param name="Area">The piece, on the lattice; what lies outside <paramref name="From"/> does not count. Null when children are named.</param>
/// <param name="Children">The children that change parents.</param>
/// <param name="Cut">What happens to children that the piece cuts.</param>
public sealed record TransferEdit(long From, long To, MultiPolygon? Area, IReadOnlyList<long> Children, CutChildren Cut) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "transfer";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var (from, to) = (Require(state, From), Require(state, To));
        if (from.Id == to.Id || from.Level != to.Level)
            throw Refuse("other_level", $"{from.Code} and {to.Code} must be two grids of one level.", null, from, to);
        var bent = new List<BentEdge>();
        var pieces = Area is { } area ? [Clip(area, from, bent)] : ChildrenOf(state, from);
        return FaceReplacement.Apply(state, new Replacement
        {
            Level = from.Level,
            Pieces = [.. pieces.Select(piece => new Piece(piece, to.Id))],
            Bent = bent,
            Children = Cut,
        }, context);
    }

    private static MultiPolygon Clip(MultiPolygon area, PlannedGrid from, List<BentEdge> bent)
    {
        var overlay = new Overlay();
        var (ground, drawn) = (overlay.Add(from.Polygon), overlay.Add(area));
        var faces = overlay.Trace();
        var inside = faces.All.Where(face => faces.IsIn(face, ground) && faces.IsIn(face, drawn)).ToList();
        if (inside.Count == 0)
            throw Refuse("outside", $"The piece lies outside {from.Code}: draw it over the ground that is to change hands.", area, from);
        if (faces.All.Where(face => faces.IsIn(face, ground)).All(inside.Contains))
            throw Refuse("vanishes", $"The piece covers all of {from.Code}: merge it instead.", null, from);
        bent.AddRange(faces.Bent);
        return faces.Polygon(inside);
    }

    private List<MultiPolygon> ChildrenOf(PlanState state, PlannedGrid from)
    {
        var children = Children.Distinct().Select(id => Require(state, id)).ToList();
        if (children.Count == 0)
            throw Refuse("nothing_to_transfer", "Draw a piece, or name children.", null, from);
        if (children.Find(child => child.ParentId != from.Id) is { } stranger)
            throw Refuse("no_child", $"{stranger.Code} is no child of {from.Code}.", null, stranger);
        return children.ConvertAll(child => child.Polygon);
    }
}
