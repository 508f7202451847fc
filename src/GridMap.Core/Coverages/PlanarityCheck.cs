using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>Two edges that share more than a common end, and a place where they do, in degrees.</summary>
internal readonly record struct EdgeConflict(int Edge, int Other, Coordinate Place);

/// <summary>Exact test whether edges meet in their ends only. Expected linear time.</summary>
internal static class PlanarityCheck
{
    /// <summary>True when edges meet in their ends only.</summary>
    public static bool IsPlanar(EdgeSet edges) => Conflicts(edges, limit: 1).Count == 0;

    /// <summary>The pairs of edges that cross, overlap, or touch within one of them.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="limit">As many are looked for at most.</param>
    public static List<EdgeConflict> Conflicts(EdgeSet edges, int limit)
    {
        var (from, to) = (new LatticePoint[edges.Count], new LatticePoint[edges.Count]);
        for (var i = 0; i < edges.Count; i++)
            (from[i], to[i]) = (edges.Vertices[edges.From[i]], edges.Vertices[edges.To[i]]);
        var index = new EdgeIndex(from, to);
        var conflicts = new List<EdgeConflict>();
        var known = new HashSet<(int, int)>();
        for (var cell = 0; cell < index.CellCount && conflicts.Count < limit; cell++)
        {
            var near = index.EdgesIn(cell);
            for (var i = 0; i < near.Length; i++)
            {
                for (var j = i + 1; j < near.Length; j++)
                {
                    var (a, b) = (near[i], near[j]);
                    if (EdgeRelation.Meet(from[a], to[a], from[b], to[b]) && known.Add((a, b)) && conflicts.Count < limit)
                        conflicts.Add(new EdgeConflict(a, b, EdgeRelation.Place(from[a], to[a], from[b], to[b])));
                }
            }
        }
        return conflicts;
    }
}

/// <summary>How two edges lie to each other, exactly.</summary>
internal static class EdgeRelation
{
    /// <summary>True when the edges have a point in common that is not an end of both.</summary>
    public static bool Meet(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d)
    {
        if (Math.Max(a.X, b.X) < Math.Min(c.X, d.X) || Math.Max(c.X, d.X) < Math.Min(a.X, b.X)
            || Math.Max(a.Y, b.Y) < Math.Min(c.Y, d.Y) || Math.Max(c.Y, d.Y) < Math.Min(a.Y, b.Y))
            return false;
        if (a == c || a == d || b == c || b == d)
            return OverlapFromSharedEnd(a, b, c, d);
        int cSide = LatticePredicates.Orientation(a, b, c), dSide = LatticePredicates.Orientation(a, b, d);
        if (cSide == dSide && cSide != 0)
            return false;
        int aSide = LatticePredicates.Orientation(c, d, a), bSide = LatticePredicates.Orientation(c, d, b);
        // All four zero: on one line, and the envelopes meet, so they overlap.
        return aSide != bSide || aSide == 0;
    }

    /// <summary>A point that two meeting edges have in common: exact if it is a vertex, else near it.</summary>
    public static Coordinate Place(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d)
    {
        foreach (var (vertex, from, to) in (ReadOnlySpan<(LatticePoint, LatticePoint, LatticePoint)>)[(c, a, b), (d, a, b), (a, c, d), (b, c, d)])
            if (vertex != from && vertex != to && LatticePredicates.IsOnSegment(vertex, from, to))
                return vertex.ToCoordinate();
        return Crossing(a, b, c, d).ToCoordinate();
    }

    /// <summary>The lattice point nearest to where two edges cross that are not parallel, half up.</summary>
    public static LatticePoint Crossing(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d)
    {
        Int128 abX = b.X - a.X, abY = b.Y - a.Y, cdX = d.X - c.X, cdY = d.Y - c.Y, acX = c.X - a.X, acY = c.Y - a.Y;
        var divisor = abX * cdY - abY * cdX;
        var share = acX * cdY - acY * cdX;
        return new LatticePoint(a.X + DivideToNearest(share * abX, divisor), a.Y + DivideToNearest(share * abY, divisor));
    }

    private static bool OverlapFromSharedEnd(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d)
    {
        var shared = a == c || a == d ? a : b;
        var (first, second) = (shared == a ? b : a, shared == c ? d : c);
        if (first == second || LatticePredicates.Orientation(shared, first, second) != 0)
            return first == second;
        // On one line through the shared end: they overlap unless they leave it in opposite directions.
        return Math.Sign(first.X - shared.X) == Math.Sign(second.X - shared.X) && Math.Sign(first.Y - shared.Y) == Math.Sign(second.Y - shared.Y);
    }

    private static long DivideToNearest(Int128 dividend, Int128 divisor)
    {
        if (divisor < 0)
            (dividend, divisor) = (-dividend, -divisor);
        var doubled = dividend * 2 + divisor;
        var quotient = doubled / (divisor * 2);
        return (long)(doubled < 0 && quotient * divisor * 2 != doubled ? quotient - 1 : quotient);
    }
}
