using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Finds where the outside, or a place with a fault, is narrower than the tolerance between two grids, and draws lines across. They cut
/// the narrow from the wide: without them a slit between two neighbours that reaches the edge of the territory would be part of the
/// outside, and slits that meet would all go to one grid.
/// </summary>
internal sealed class NarrowPassages
{
    private readonly ArcMap map;
    private readonly int[] claims;
    private readonly double toleranceMetres;
    private readonly List<Side> sides = [];

    private NarrowPassages(ArcMap map, int[] claims, double toleranceMetres)
    {
        this.map = map;
        this.claims = claims;
        this.toleranceMetres = toleranceMetres;
    }

    /// <summary>A border of a searched face, all around.</summary>
    /// <param name="Face">The face.</param>
    /// <param name="Metres">Length of the whole border.</param>
    private sealed record Ring(int Face, double Metres);

    /// <summary>A directed edge of a border with the searched face to its left.</summary>
    /// <param name="Ring">The border.</param>
    /// <param name="Position">Metres along the border where the edge starts.</param>
    /// <param name="Previous">The vertex before the edge, along the border.</param>
    /// <param name="From">Start of the edge.</param>
    /// <param name="To">End of the edge.</param>
    /// <param name="Owner">The claims on the other side of the edge.</param>
    /// <param name="PreviousOwner">The claims on the other side of the edge before.</param>
    private readonly record struct Side(
        Ring Ring, double Position, LatticePoint Previous, LatticePoint From, LatticePoint To, int Owner, int PreviousOwner);

    /// <summary>Lines from vertices to the nearest opposite border of another owner, across one of the faces.</summary>
    /// <param name="map">Arcs and faces.</param>
    /// <param name="claims">By face: its claims.</param>
    /// <param name="faces">Faces in which to look.</param>
    /// <param name="toleranceMetres">Longer lines are not drawn.</param>
    public static List<LatticePoint[]> Find(ArcMap map, int[] claims, IEnumerable<int> faces, double toleranceMetres)
    {
        var passages = new NarrowPassages(map, claims, toleranceMetres);
        foreach (var face in faces)
            passages.Collect(face);
        return passages.Search();
    }

    private void Collect(int face)
    {
        var walked = new HashSet<int>();
        var ring = new List<int>();
        foreach (var start in map.Borders.Of(face))
        {
            ring.Clear();
            for (var half = start; walked.Add(half); half = map.Halves.Next(half))
                ring.Add(half);
            if (ring.Count > 0)
                Collect(face, [.. ring]);
        }
    }

    private void Collect(int face, int[] ring)
    {
        var points = map.PointsOf(ring);
        var owners = new List<int>(points.Length);
        foreach (var half in ring)
            owners.AddRange(Enumerable.Repeat(claims[map.Across(half)], map.Arcs[half >> 1].Length - 1));
        var border = new Ring(face, LineMetres.Of(points));
        var position = 0.0;
        for (var i = 0; i < owners.Count; i++)
        {
            var before = i == 0 ? owners.Count - 1 : i - 1;
            sides.Add(new Side(border, position, points[before], points[i], points[i + 1], owners[i], owners[before]));
            position += LineMetres.Of(points.AsSpan(i, 2));
        }
    }

    private List<LatticePoint[]> Search()
    {
        var index = new EdgeIndex([.. sides.Select(side => side.From)], [.. sides.Select(side => side.To)]);
        var lines = new HashSet<(LatticePoint, LatticePoint)>();
        foreach (var side in sides)
        {
            var plane = LocalPlane.At(side.From.ToLonLat());
            var reach = new LatticePoint(
                (long)(toleranceMetres / plane.MetresPerDegreeEast * Lattice.UnitsPerDegree) + 1,
                (long)(toleranceMetres / plane.MetresPerDegreeNorth * Lattice.UnitsPerDegree) + 1);
            var nearest = toleranceMetres;
            LatticePoint? end = null;
            foreach (var other in index.EdgesWithin(side.From, reach))
            {
                if (!MayFace(side, sides[other]))
                    continue;
                var point = NearestPoint(plane, sides[other]);
                var metres = plane.Distance(point.ToLonLat());
                if (metres < nearest && point != side.From && IsAhead(side, point) && IsDeep(side, sides[other], point))
                    (nearest, end) = (metres, point);
            }
            if (end is { } to)
                lines.Add(side.From < to ? (side.From, to) : (to, side.From));
        }
        return [.. lines.Order().Select(line => new[] { line.Item1, line.Item2 })];
    }

    /// <summary>Opposite borders of one owner are that grid's own shape.</summary>
    private static bool MayFace(Side side, Side other) =>
        other.Ring.Face == side.Ring.Face && other.Owner != side.Owner && other.Owner != side.PreviousOwner
        && other.From != side.From && other.To != side.From;

    /// <summary>The lattice point nearest to where an edge comes nearest to the origin of a plane.</summary>
    private static LatticePoint NearestPoint(LocalPlane plane, Side edge)
    {
        var (east, north) = plane.ToMetres(edge.From.ToLonLat());
        var (toEast, toNorth) = plane.ToMetres(edge.To.ToLonLat());
        var (alongEast, alongNorth) = (toEast - east, toNorth - north);
        var share = Math.Clamp(-(east * alongEast + north * alongNorth) / (alongEast * alongEast + alongNorth * alongNorth), 0, 1);
        return new LatticePoint(
            edge.From.X + (long)Math.Round(share * (edge.To.X - edge.From.X)),
            edge.From.Y + (long)Math.Round(share * (edge.To.Y - edge.From.Y)));
    }

    /// <summary>True when the way from a vertex to a point begins in the face.</summary>
    private static bool IsAhead(Side side, LatticePoint point)
    {
        var leftOfBefore = LatticePredicates.Orientation(side.Previous, side.From, point) > 0;
        var leftOfAfter = LatticePredicates.Orientation(side.From, side.To, point) > 0;
        return LatticePredicates.Orientation(side.Previous, side.From, side.To) > 0
            ? leftOfBefore && leftOfAfter
            : leftOfBefore || leftOfAfter;
    }

    /// <summary>
    /// True unless the border comes back to the other side at once: the tip of a wedge or a notch in a corner is no passage.
    /// </summary>
    private bool IsDeep(Side side, Side other, LatticePoint point)
    {
        if (side.Ring != other.Ring)
            return true;
        var way = Math.Abs(other.Position + LineMetres.Of([other.From, point]) - side.Position);
        return Math.Min(way, side.Ring.Metres - way) > 3 * toleranceMetres;
    }
}
