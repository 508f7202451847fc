using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace GridMap.Core.Posters.Battle;

/// <summary>
/// The borders of a coverage on the paper: each arc is put there and thinned out once, so that the areas on both sides of it and the line on it are
/// the same. What is left out strays by less than a printer's dot. Used for one map; not thread safe.
/// </summary>
/// <param name="frame">Of the map.</param>
/// <param name="coverage">All grids.</param>
/// <param name="tolerance">Millimetres of the paper.</param>
internal sealed class PosterArcs(MapFrame frame, Coverage coverage, double tolerance)
{
    private readonly List<(double X, double Y)>?[] lines = new List<(double X, double Y)>?[coverage.Arcs.Count];

    /// <summary>An arc, in its own direction.</summary>
    public IReadOnlyList<(double X, double Y)> Line(int arc)
    {
        if (lines[arc] is { } made)
            return made;
        var points = coverage.Arcs[arc].Points.Span;
        var full = new Coordinate[points.Length];
        for (var i = 0; i < full.Length; i++)
        {
            var (x, y) = frame.At(points[i].ToLonLat());
            full[i] = new Coordinate(x, y);
        }

        return lines[arc] = [.. DouglasPeuckerLineSimplifier.Simplify(full, tolerance).Select(at => (at.X, at.Y))];
    }

    /// <summary>The rings of a grid within the map, closed without repeating the first point.</summary>
    public IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings(int grid)
    {
        var rings = new List<IReadOnlyList<(double X, double Y)>>();
        foreach (var part in coverage.Parts(grid))
        {
            foreach (var ring in part.Holes.Prepend(part.Shell))
            {
                var cut = frame.Cut(Ring(ring));
                if (cut.Count > 2)
                    rings.Add(cut);
            }
        }

        return rings;
    }

    /// <summary>Whether anything of an arc may be seen.</summary>
    public bool IsSeen(int arc)
    {
        var visible = new Envelope();
        foreach (var point in coverage.Arcs[arc].Points.Span)
            visible.ExpandToInclude(point.ToCoordinate());
        return visible.Intersects(frame.Visible);
    }

    /// <summary>What holds the grids, degrees lon lat.</summary>
    public static Envelope Around(Coverage coverage, IEnumerable<int> grids)
    {
        var around = new Envelope();
        foreach (var arc in grids.SelectMany(grid => coverage.FacesOf(grid).ToArray()).Distinct().SelectMany(coverage.BorderOf).Select(one => one.Arc).Distinct())
        {
            foreach (var point in coverage.Arcs[arc].Points.Span)
                around.ExpandToInclude(point.ToCoordinate());
        }

        return around;
    }

    private List<(double X, double Y)> Ring(IReadOnlyList<ArcReference> arcs)
    {
        var ring = new List<(double X, double Y)>();
        foreach (var (arc, isForward) in arcs)
        {
            var line = Line(arc);
            ring.AddRange(isForward ? line.SkipLast(1) : line.Skip(1).Reverse());
        }

        return ring;
    }
}
