using System.Buffers;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Proves in whole numbers that a polygon is valid: that its rings neither cross nor touch, themselves or each other, and that each
/// hole lies in the shell and in no other hole. Most polygons are such, and the proof takes a twentieth of a general test of validity, which
/// decides about all others. Stateless and thread safe.
/// </summary>
internal static class PolygonProof
{
    /// <summary>Pairs of edges looked at per edge, at most: a ring that winds like a comb is left to the general test, which has an index.</summary>
    private const int MaxPairsPerEdge = 200;

    /// <summary>True when the polygon is valid in the sense of OGC; false leaves it open.</summary>
    /// <param name="rings">Closed rings of three or more different points, none repeated at once; the shell first.</param>
    public static bool IsValid(LatticePoint[][] rings)
    {
        var count = 0;
        foreach (var ring in rings)
            count += ring.Length - 1;
        var left = ArrayPool<long>.Shared.Rent(count);
        var edges = ArrayPool<(int Ring, int Edge)>.Shared.Rent(count);
        var isApart = AreApart(rings, left.AsSpan(0, count), edges.AsSpan(0, count));
        ArrayPool<long>.Shared.Return(left);
        ArrayPool<(int Ring, int Edge)>.Shared.Return(edges);
        return isApart && AreNested(rings);
    }

    /// <summary>True when edges meet only where they follow each other in a ring.</summary>
    private static bool AreApart(LatticePoint[][] rings, Span<long> left, Span<(int Ring, int Edge)> edges)
    {
        var count = 0;
        for (var ring = 0; ring < rings.Length; ring++)
        {
            var points = rings[ring];
            for (var edge = 0; edge + 1 < points.Length; edge++)
            {
                left[count] = Math.Min(points[edge].X, points[edge + 1].X);
                edges[count++] = (ring, edge);
            }
        }

        left.Sort(edges);
        var pairs = (long)count * MaxPairsPerEdge;
        for (var i = 0; i < count; i++)
        {
            var (ring, edge) = edges[i];
            LatticePoint a = rings[ring][edge], b = rings[ring][edge + 1];
            var right = Math.Max(a.X, b.X);
            long low = Math.Min(a.Y, b.Y), high = Math.Max(a.Y, b.Y);
            for (var j = i + 1; j < count && left[j] <= right; j++)
            {
                if (--pairs < 0)
                    return false;
                var (otherRing, otherEdge) = edges[j];
                LatticePoint c = rings[otherRing][otherEdge], d = rings[otherRing][otherEdge + 1];
                if (Math.Min(c.Y, d.Y) > high || Math.Max(c.Y, d.Y) < low)
                    continue;
                if (EdgeRelation.Meet(a, b, c, d) || (!(ring == otherRing && Follow(rings[ring].Length - 1, edge, otherEdge)) && (a == c || a == d || b == c || b == d)))
                    return false;
            }
        }

        return true;
    }

    private static bool Follow(int count, int edge, int other) => Math.Abs(edge - other) is var step && (step == 1 || step == count - 1);

    /// <summary>For rings that have no point in common: one point of a ring lies where all of it does.</summary>
    private static bool AreNested(LatticePoint[][] rings)
    {
        for (var hole = 1; hole < rings.Length; hole++)
        {
            for (var other = 0; other < rings.Length; other++)
            {
                if (other != hole && IsInside(rings[hole][0], rings[other]) != (other == 0))
                    return false;
            }
        }

        return true;
    }

    /// <summary>For a point that is not on the ring: a ray to the right crosses it an odd number of times.</summary>
    private static bool IsInside(LatticePoint point, LatticePoint[] ring)
    {
        var isInside = false;
        for (var i = 1; i < ring.Length; i++)
        {
            var (low, high) = ring[i - 1].Y <= ring[i].Y ? (ring[i - 1], ring[i]) : (ring[i], ring[i - 1]);
            if (low.Y <= point.Y && point.Y < high.Y && LatticePredicates.Orientation(low, high, point) > 0)
                isInside = !isInside;
        }

        return isInside;
    }
}
