using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>
/// Redraws the border of a grid along a line that starts and ends on it: towards a neighbour, or towards free ground on the outside. What the line
/// cuts off the one goes to the other; of each the largest piece stays.
/// </summary>
/// <param name="Grid">The grid.</param>
/// <param name="Neighbour">The grid of the same level across the border; null: free ground.</param>
/// <param name="Line">Lattice points.</param>
/// <param name="Children">What happens to children that are cut.</param>
public sealed record ReshapeEdit(long Grid, long? Neighbour, LatticePoint[] Line, CutChildren Children) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "reshape";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var grid = Require(state, Grid);
        var neighbour = Neighbour is { } id ? Require(state, id) : null;
        if (neighbour is not null && (neighbour.Level != grid.Level || neighbour.Id == grid.Id))
            throw Refuse("other_level", $"{neighbour.Code} must be another grid of level {grid.Level}.", null, neighbour);
        if (neighbour is not null && !Adjacency.AreNeighbours(grid, neighbour))
            throw Refuse("not_adjacent", $"{grid.Code} and {neighbour.Code} share no border.", null, grid, neighbour);
        var (pieces, bent) = neighbour is null ? Outside(state, grid) : Between(grid, neighbour);
        if (pieces.Count == 0)
            throw Refuse("does_not_divide", "The line cuts nothing off: start and end it on the border, a little beyond.", Lattice.Factory.CreateLineString(
                Array.ConvertAll(Line, point => point.ToCoordinate())), grid);
        return FaceReplacement.Apply(state, new Replacement { Level = grid.Level, Pieces = pieces, Bent = bent, Children = Children }, context);
    }

    private (List<Piece> Pieces, IReadOnlyList<BentEdge> Bent) Between(PlannedGrid grid, PlannedGrid neighbour)
    {
        var overlay = new Overlay();
        var layers = (overlay.Add(grid.Polygon), overlay.Add(neighbour.Polygon));
        overlay.AddLine(Line);
        var faces = overlay.Trace();
        List<int> own = [.. faces.All.Where(face => faces.IsIn(face, layers.Item1))], others = [.. faces.All.Where(face => faces.IsIn(face, layers.Item2))];
        List<Piece> pieces =
        [
            .. CutOff(faces, own, others, grid).Select(face => new Piece(faces.Polygon([face]), neighbour.Id)),
            .. CutOff(faces, others, own, neighbour).Select(face => new Piece(faces.Polygon([face]), grid.Id)),
        ];
        return (pieces, faces.Bent);
    }

    /// <summary>The faces of a grid that the line cuts off it and that lie along the other grid; parts that lay apart before are not.</summary>
    private static List<int> CutOff(OverlayFaces faces, List<int> own, List<int> others, PlannedGrid grid)
    {
        if (own.Count == grid.Polygon.NumGeometries)
            return [];
        var stays = own.MaxBy(faces.DoubledArea);
        return [.. own.Where(face => face != stays && faces.Around(face) is var around && around.Keys.Any(others.Contains) && around.Keys.Any(own.Contains))];
    }

    private (List<Piece> Pieces, IReadOnlyList<BentEdge> Bent) Outside(PlanState state, PlannedGrid grid)
    {
        var overlay = new Overlay();
        var ground = overlay.Add(grid.Polygon);
        var envelope = grid.Polygon.EnvelopeInternal.Copy();
        foreach (var point in Line)
            envelope.ExpandToInclude(point.ToCoordinate());
        // Free is what no grid has but those that the grid lies in.
        var chain = state.ChainOf(grid).Select(outer => outer.Id).ToHashSet();
        var taken = state.Near(envelope).Where(other => !chain.Contains(other.Id) && other.Level <= grid.Level).Select(other => overlay.Add(other.Polygon)).ToList();
        overlay.AddLine(Line);
        var faces = overlay.Trace();
        bool IsFree(int face) => !faces.IsIn(face, ground) && !taken.Exists(layer => faces.IsIn(face, layer));
        var own = faces.All.Where(face => faces.IsIn(face, ground)).ToList();
        var pieces = new List<Piece>();
        if (own.Count > grid.Polygon.NumGeometries)
        {
            var stays = own.MaxBy(faces.DoubledArea);
            pieces.AddRange(own.Where(face => face != stays && faces.Around(face) is var around && around.Keys.Any(across => across == 0 || IsFree(across))
                && around.Keys.Any(own.Contains)).Select(face => new Piece(faces.Polygon([face]), null)));
        }
        var before = FreeBefore(grid, state, envelope);
        pieces.AddRange(faces.All.Where(face => IsFree(face) && faces.Around(face).Keys.Any(own.Contains) && !before.Contains(faces.Polygon([face])))
            .Select(face => new Piece(faces.Polygon([face]), grid.Id)));
        return (pieces, faces.Bent);
    }

    /// <summary>Free ground that was surrounded before the line was drawn: a gap, which no line encloses.</summary>
    private static List<MultiPolygon> FreeBefore(PlannedGrid grid, PlanState state, Envelope envelope)
    {
        var overlay = new Overlay();
        var layers = new List<int> { overlay.Add(grid.Polygon) };
        var chain = state.ChainOf(grid).Select(outer => outer.Id).ToHashSet();
        layers.AddRange(state.Near(envelope).Where(other => !chain.Contains(other.Id) && other.Level <= grid.Level).Select(other => overlay.Add(other.Polygon)));
        var faces = overlay.Trace();
        return [.. faces.All.Where(face => !layers.Exists(layer => faces.IsIn(face, layer))).Select(face => faces.Polygon([face]))];
    }
}
