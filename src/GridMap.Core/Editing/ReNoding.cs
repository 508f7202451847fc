using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>Tells a border that only has vertices more from one that runs elsewhere. Stateless and thread safe.</summary>
public static class ReNoding
{
    /// <summary>True when every vertex of the one polygon is one of the other, in the same order, and what the other has besides lies on the edges between, within the rounding of the lattice.</summary>
    public static bool IsSameGround(MultiPolygon before, MultiPolygon after)
    {
        var (was, becomes) = (Rings.Of(before).ToList(), Rings.Of(after).ToList());
        if (was.Count != becomes.Count)
            return false;
        // A ring is sought by its smallest point: a vertex more never comes to be it unless it lies within the rounding of an edge there.
        return was.TrueForAll(ring => becomes.Exists(other => Runs(ring, other)));
    }

    private static bool Runs(LatticePoint[] ring, LatticePoint[] other)
    {
        var start = Array.IndexOf(other, ring[0]);
        if (start < 0 || other.Length < ring.Length)
            return false;
        var count = other.Length - 1;
        var at = 0;
        for (var i = 1; i < ring.Length; i++)
        {
            for (at++; at <= count && other[(start + at) % count] != ring[i]; at++)
                if (!IsOnEdge(ring[i - 1], ring[i], other[(start + at) % count]))
                    return false;
            if (at > count)
                return false;
        }
        return at == count;
    }

    private static bool IsOnEdge(LatticePoint from, LatticePoint to, LatticePoint point) =>
        LatticePredicates.IsOnSegment(point, from, to) || EdgeRelation.PassesPixel(from, to, point) || IsWithinUnit(from, to, point);

    // Two vertices put on one edge: the second was led from the first, which had moved.
    private static bool IsWithinUnit(LatticePoint from, LatticePoint to, LatticePoint point)
    {
        double x = to.X - from.X, y = to.Y - from.Y;
        var along = ((point.X - from.X) * x + (point.Y - from.Y) * y) / (x * x + y * y);
        return along is > 0 and < 1 && Math.Abs((point.X - from.X) * y - (point.Y - from.Y) * x) <= Math.Sqrt(x * x + y * y);
    }
}
