using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

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

    /// <summary>True when the edges cross in a point within both.</summary>
    public static bool Cross(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d) =>
        LatticePredicates.Orientation(a, b, c) * LatticePredicates.Orientation(a, b, d) < 0
        && LatticePredicates.Orientation(c, d, a) * LatticePredicates.Orientation(c, d, b) < 0;

    /// <summary>A point that two meeting edges have in common: exact if it is a vertex, else the lattice point nearest to it.</summary>
    public static LatticePoint Place(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d)
    {
        foreach (var (vertex, from, to) in (ReadOnlySpan<(LatticePoint, LatticePoint, LatticePoint)>)[(c, a, b), (d, a, b), (a, c, d), (b, c, d)])
            if (vertex != from && vertex != to && LatticePredicates.IsOnSegment(vertex, from, to))
                return vertex;
        return Crossing(a, b, c, d);
    }

    /// <summary>The lattice point nearest to where two edges cross that are not parallel; halves go to the right and up, to the pixel that owns them.</summary>
    public static LatticePoint Crossing(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d)
    {
        Int128 abX = b.X - a.X, abY = b.Y - a.Y, cdX = d.X - c.X, cdY = d.Y - c.Y, acX = c.X - a.X, acY = c.Y - a.Y;
        var divisor = abX * cdY - abY * cdX;
        var share = acX * cdY - acY * cdX;
        return new LatticePoint(a.X + DivideToNearest(share * abX, divisor), a.Y + DivideToNearest(share * abY, divisor));
    }

    /// <summary>
    /// True when an edge passes the pixel of a lattice point: the square of one unit around it, without its upper and right sides, so
    /// that every place belongs to one pixel. The edge's own ends do not count.
    /// </summary>
    public static bool PassesPixel(LatticePoint a, LatticePoint b, LatticePoint pixel)
    {
        if (pixel == a || pixel == b
            || pixel.X < Math.Min(a.X, b.X) || pixel.X > Math.Max(a.X, b.X)
            || pixel.Y < Math.Min(a.Y, b.Y) || pixel.Y > Math.Max(a.Y, b.Y))
            return false;
        if (a.X == b.X || a.Y == b.Y)
            return true;
        // In half units the corners are whole numbers.
        var (left, right) = a.X < b.X ? (Doubled(a), Doubled(b)) : (Doubled(b), Doubled(a));
        var (x, y) = (pixel.X * 2, pixel.Y * 2);
        return left.Y < right.Y
            ? LatticePredicates.Orientation(left, right, new LatticePoint(x - 1, y + 1)) > 0
                && LatticePredicates.Orientation(left, right, new LatticePoint(x + 1, y - 1)) < 0
            : LatticePredicates.Orientation(left, right, new LatticePoint(x + 1, y + 1)) > 0
                && LatticePredicates.Orientation(left, right, new LatticePoint(x - 1, y - 1)) <= 0;
    }

    private static LatticePoint Doubled(LatticePoint point) => new(point.X * 2, point.Y * 2);

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
