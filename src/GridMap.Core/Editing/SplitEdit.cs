using GridMap.Core.Coordinates;

namespace GridMap.Core.Editing;

/// <summary>
/// Cuts a grid into parts along lines, or along the outlines of polygons. The part that <paramref name="KeepAt"/> lies in keeps identity and code,
/// else the largest; the others get the next free codes.
/// </summary>
/// <param name="Grid">The grid.</param>
/// <param name="Lines">Lattice points; what lies outside the grid, or ends inside it, does not count.</param>
/// <param name="KeepAt">A place in the part that keeps the identity; null: the largest.</param>
/// <param name="Children">What happens to children that are cut.</param>
public sealed record SplitEdit(long Grid, IReadOnlyList<LatticePoint[]> Lines, LatticePoint? KeepAt, CutChildren Children) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "split";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var grid = Require(state, Grid);
        var overlay = new Overlay();
        var layer = overlay.Add(grid.Polygon);
        foreach (var line in Lines)
            overlay.AddLine(line);
        var faces = overlay.Trace();
        var inside = faces.All.Where(face => faces.IsIn(face, layer)).ToList();
        if (inside.Count == grid.Polygon.NumGeometries)
            throw Refuse("does_not_divide", $"The line does not divide {grid.Code}: draw it from border to border, a little beyond both.", null, grid);
        // Parts that lay apart before and that no line touches stay with the part that keeps the identity.
        var keeps = KeepAt is { } place ? faces.At(place, inside) : inside.MaxBy(faces.DoubledArea);
        if (keeps == 0)
            throw Refuse("keep_outside", "The place that names the part to keep lies outside the grid.", Lattice.Factory.CreatePoint(KeepAt!.Value.ToCoordinate()), grid);
        return Parts.Give(state, grid, [faces.Polygon([keeps]), .. inside.Where(face => face != keeps).Select(face => faces.Polygon([face]))], faces.Bent, Children, context);
    }
}
