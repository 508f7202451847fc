using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>
/// The edges of one multipolygon in lattice units, filed by horizontal strips, so that a point is tested against the few
/// edges at its own height. The test is exact and allocates nothing. Immutable and thread safe.
/// </summary>
internal sealed class PolygonEdges
{
    // A strip serves about this many edges' worth of height. Fewer cost memory (an edge is filed in every strip that it
    // crosses), more cost time.
    private const int EdgesPerStrip = 4;

    // A comb of long teeth would file every edge in every strip; coarser strips bound the index at this many times the edges.
    private const int MostEntriesPerEdge = 8;

    private readonly LatticePoint[] points;
    private readonly int[] ringStarts;
    private readonly int[] stripStarts;
    private readonly int[] stripEdges;
    private readonly int stripShift;

    /// <param name="polygon">Valid, not empty, on the lattice; the direction of its rings does not matter.</param>
    /// <exception cref="ArgumentException">The polygon is empty or has a coordinate off the lattice.</exception>
    public PolygonEdges(MultiPolygon polygon)
    {
        if (polygon.IsEmpty)
            throw new ArgumentException("The polygon is empty.", nameof(polygon));
        var collected = new List<LatticePoint>(polygon.NumPoints);
        var starts = new List<int>();
        foreach (var part in polygon.Geometries.Cast<Polygon>())
        {
            Collect(part.ExteriorRing, counterClockwise: true, collected, starts);
            foreach (var hole in part.InteriorRings)
                Collect(hole, counterClockwise: false, collected, starts);
        }
        starts.Add(collected.Count);
        points = [.. collected];
        ringStarts = [.. starts];
        Box = points.Aggregate(LatticeBox.Empty, (box, point) => box.Including(point));
        stripShift = ChooseShift();
        (stripStarts, stripEdges) = FileEdges();
    }

    /// <summary>The smallest box around the polygon.</summary>
    public LatticeBox Box { get; }

    /// <summary>Number of rings of all parts: shells and holes.</summary>
    public int RingCount => ringStarts.Length - 1;

    /// <summary>A closed ring (first point = last point): shells counter-clockwise, holes clockwise.</summary>
    public ReadOnlySpan<LatticePoint> Ring(int ring) => points.AsSpan(ringStarts[ring]..ringStarts[ring + 1]);

    /// <summary>Whether the point lies in the interior, on the boundary or in the exterior of the polygon; exactly.</summary>
    public Location Locate(LatticePoint point)
    {
        if (!Box.Covers(point))
            return Location.Exterior;
        var strip = (int)((point.Y - Box.MinY) >> stripShift);
        var inside = false;
        foreach (var edge in stripEdges.AsSpan(stripStarts[strip]..stripStarts[strip + 1]))
        {
            var a = points[edge];
            var b = points[edge + 1];
            bool aAbove = a.Y > point.Y, bAbove = b.Y > point.Y;
            if ((aAbove && bAbove) || (a.Y < point.Y && b.Y < point.Y) || (a.X < point.X && b.X < point.X))
                continue;
            // A ray to the east crosses an edge that has one end above it and the other on or below it.
            var crosses = aAbove != bAbove;
            if (a.X > point.X && b.X > point.X)
            {
                inside ^= crosses;
                continue;
            }
            // Within the edge's own box: only here are products needed, and none of them exceeds the edge's length.
            var side = LatticePredicates.Orientation(a, b, point);
            if (side == 0)
                return Location.Boundary;
            inside ^= crosses && (side > 0) == bAbove;
        }
        return inside ? Location.Interior : Location.Exterior;
    }

    private static void Collect(LineString ring, bool counterClockwise, List<LatticePoint> points, List<int> starts)
    {
        starts.Add(points.Count);
        var coordinates = ring.CoordinateSequence;
        for (var i = 0; i < coordinates.Count; i++)
            points.Add(OnLattice(coordinates.GetX(i), coordinates.GetY(i)));
        Int128 doubledArea = 0;
        for (var i = starts[^1] + 1; i < points.Count; i++)
            doubledArea += LatticePredicates.Cross(points[i - 1], points[i]);
        if (doubledArea > 0 != counterClockwise)
            points.Reverse(starts[^1], points.Count - starts[^1]);
    }

    private static LatticePoint OnLattice(double lon, double lat)
    {
        // Not LatticePoint.From: the eastern border of a grid that ends at longitude 180 must stay there.
        var point = new LatticePoint(Lattice.ToUnits(lon), Lattice.ToUnits(lat));
        return Lattice.ToDegrees(point.X) == lon && Lattice.ToDegrees(point.Y) == lat
            ? point
            : throw new ArgumentException($"The polygon's vertex {lon:R} {lat:R} is not on the lattice.", nameof(lon));
    }

    private int ChooseShift()
    {
        var height = Box.MaxY - Box.MinY;
        var wanted = Math.Max(1, EdgeCount / EdgesPerStrip);
        var shift = 0;
        while (height >> shift >= wanted || CountEntries(shift) > (long)MostEntriesPerEdge * EdgeCount)
            shift++;
        return shift;
    }

    private int EdgeCount => points.Length - RingCount;

    private long CountEntries(int shift)
    {
        long entries = 0;
        for (var ring = 0; ring < RingCount; ring++)
        {
            for (var i = ringStarts[ring]; i < ringStarts[ring + 1] - 1; i++)
                entries += LastStrip(i, shift) - FirstStrip(i, shift) + 1;
        }
        return entries;
    }

    private int FirstStrip(int edge, int shift) => (int)((Math.Min(points[edge].Y, points[edge + 1].Y) - Box.MinY) >> shift);

    private int LastStrip(int edge, int shift) => (int)((Math.Max(points[edge].Y, points[edge + 1].Y) - Box.MinY) >> shift);

    private (int[] Starts, int[] Edges) FileEdges()
    {
        var starts = new int[((Box.MaxY - Box.MinY) >> stripShift) + 2];
        ForEachEntry((strip, _) => starts[strip + 1]++);
        for (var strip = 1; strip < starts.Length; strip++)
            starts[strip] += starts[strip - 1];
        var edges = new int[starts[^1]];
        var free = starts[..^1];
        ForEachEntry((strip, edge) => edges[free[strip]++] = edge);
        return (starts, edges);
    }

    private void ForEachEntry(Action<int, int> file)
    {
        for (var ring = 0; ring < RingCount; ring++)
        {
            for (var i = ringStarts[ring]; i < ringStarts[ring + 1] - 1; i++)
            {
                var last = LastStrip(i, stripShift);
                for (var strip = FirstStrip(i, stripShift); strip <= last; strip++)
                    file(strip, i);
            }
        }
    }
}
