using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>
/// Mends what a validation found at a place: a gap goes to the neighbour with which it shares the most border, and so does a part of a grid that is
/// a sliver. A grid that is nothing but a sliver goes with it. Where grids overlap, that one keeps the ground whose own ground borders most of it.
/// </summary>
/// <param name="Level">The level on which it is.</param>
/// <param name="At">A place in the gap, the overlap or the sliver.</param>
public sealed record RepairEdit(int Level, LatticePoint At) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "repair";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var place = Lattice.Factory.CreatePoint(At.ToCoordinate());
        var holders = state.Near(place.EnvelopeInternal).Where(grid => grid.Level == Level && grid.Polygon.Covers(place)).OrderBy(grid => grid.Code, StringComparer.Ordinal).ToList();
        var replacement = holders.Count(grid => grid.Polygon.Contains(place)) > 1 ? Overlap(holders, place)
            : holders is [var holder, ..] ? Sliver(state, holder, place, context.Rules) : Gap(state, place);
        return FaceReplacement.Apply(state, replacement, context);
    }

    private Replacement Overlap(List<PlannedGrid> holders, Point place)
    {
        var overlay = new Overlay();
        var grids = holders.ConvertAll(grid => (Grid: grid, Layer: overlay.Add(grid.Polygon)));
        var faces = overlay.Trace();
        var shared = faces.All.Where(face => grids.Count(grid => faces.IsIn(face, grid.Layer)) > 1).ToHashSet();
        var at = faces.At(At, shared);
        var piece = faces.Pieces(shared).Find(piece => piece.Contains(at)) ?? throw Nothing(place);
        var metres = new Dictionary<int, double>();
        foreach (var (across, border) in piece.SelectMany(faces.Around))
            if (grids.FindAll(grid => faces.IsIn(across, grid.Layer)) is [var alone])
                metres[alone.Layer] = metres.GetValueOrDefault(alone.Layer) + border;
        var keeper = grids.MaxBy(grid => metres.GetValueOrDefault(grid.Layer)).Grid;
        return new Replacement { Level = Level, Pieces = [new Piece(faces.Polygon(piece), keeper.Id)], Bent = faces.Bent };
    }

    private Replacement Gap(PlanState state, Point place)
    {
        var parent = Level == 1 ? null : state.Near(place.EnvelopeInternal).FirstOrDefault(grid => grid.Level == Level - 1 && grid.Polygon.Covers(place))
            ?? throw Refuse("outside", $"There is no grid of level {Level - 1} there: nothing to close.", place);
        var overlay = new Overlay();
        var within = parent is null ? -1 : overlay.Add(parent.Polygon);
        var grids = (parent is null ? state.Grids : state.Near(parent.Polygon.EnvelopeInternal)).Where(grid => grid.Level == Level && (parent is null || grid.ParentId == parent.Id))
            .OrderBy(grid => grid.Id).Select(grid => (Grid: grid, Layer: overlay.Add(grid.Polygon))).ToList();
        var faces = overlay.Trace();
        var free = faces.All.Where(face => (within < 0 || faces.IsIn(face, within)) && !grids.Exists(grid => faces.IsIn(face, grid.Layer))).ToHashSet();
        var at = faces.At(At, free);
        var gap = faces.Pieces(free).Find(piece => piece.Contains(at)) ?? throw Nothing(place);
        return new Replacement { Level = Level, Pieces = [new Piece(faces.Polygon(gap), Longest(faces, gap, grids, place).Id)], Bent = faces.Bent };
    }

    private Replacement Sliver(PlanState state, PlannedGrid holder, Point place, DefectRules rules)
    {
        var part = holder.Polygon.Geometries.Cast<Polygon>().First(part => part.Covers(place));
        var ground = Lattice.Factory.CreateMultiPolygon([part]);
        var overlay = new Overlay();
        var own = overlay.Add(ground);
        var grids = state.Near(part.EnvelopeInternal).Where(grid => grid.Level == Level && grid.Id != holder.Id && grid.ParentId == holder.ParentId)
            .OrderBy(grid => grid.Id).Select(grid => (Grid: grid, Layer: overlay.Add(grid.Polygon))).ToList();
        var faces = overlay.Trace();
        var inside = faces.All.Where(face => faces.IsIn(face, own)).ToList();
        if (inside is not [var face] || !rules.IsSliver(EllipsoidalArea.SquareMetres(ground), faces.WidthMetres(face)))
            throw Nothing(place);
        return new Replacement
        {
            Level = Level,
            Pieces = [new Piece(ground, Longest(faces, inside, grids, place).Id)],
            Removed = holder.Polygon.NumGeometries == 1 ? new HashSet<long> { holder.Id } : [],
        };
    }

    private static PlannedGrid Longest(OverlayFaces faces, List<int> piece, List<(PlannedGrid Grid, int Layer)> grids, Point place)
    {
        var metres = new Dictionary<int, double>();
        foreach (var (across, shared) in piece.SelectMany(faces.Around))
            foreach (var (_, layer) in grids.Where(grid => faces.IsIn(across, grid.Layer)))
                metres[layer] = metres.GetValueOrDefault(layer) + shared;
        return metres.Count > 0
            ? grids.Find(grid => grid.Layer == metres.OrderByDescending(layer => layer.Value).ThenBy(layer => layer.Key).First().Key).Grid
            : throw Refuse("not_adjacent", "No grid shares a border with it: draw a grid there, or give it away by hand.", place);
    }

    private static EditRefusedException Nothing(Point place) =>
        Refuse("nothing_to_repair", "There is no gap, overlap or sliver there; it may have been mended already.", place);
}
