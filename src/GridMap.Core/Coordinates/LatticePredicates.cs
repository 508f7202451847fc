namespace GridMap.Core.Coordinates;

/// <summary>
/// Exact geometric predicates on lattice points, for any two points on Earth. Stateless, allocation free, thread safe.
/// </summary>
public static class LatticePredicates
{
    // Differences under 2^31 units (16 degrees) have products under 2^62, and the difference of two such fits a long.
    private const long LongLimit = 1L << 31;

    /// <summary>On which side of the directed line from <paramref name="a"/> to <paramref name="b"/> the point <paramref name="c"/> lies.</summary>
    /// <returns>1: left (a, b, c turn counter-clockwise); -1: right; 0: on the line, or <paramref name="a"/> equals <paramref name="b"/>.</returns>
    public static int Orientation(LatticePoint a, LatticePoint b, LatticePoint c)
    {
        long abX = b.X - a.X, abY = b.Y - a.Y, acX = c.X - a.X, acY = c.Y - a.Y;
        if (Fits(abX) && Fits(abY) && Fits(acX) && Fits(acY))
            return (abX * acY).CompareTo(abY * acX);
        return ((Int128)abX * acY).CompareTo((Int128)abY * acX);
    }

    /// <summary>True when <paramref name="p"/> lies on the closed segment from <paramref name="a"/> to <paramref name="b"/>, ends included.</summary>
    public static bool IsOnSegment(LatticePoint p, LatticePoint a, LatticePoint b) =>
        p.X >= Math.Min(a.X, b.X) && p.X <= Math.Max(a.X, b.X)
        && p.Y >= Math.Min(a.Y, b.Y) && p.Y <= Math.Max(a.Y, b.Y)
        && Orientation(a, b, p) == 0;

    /// <summary>
    /// The cross product of two points as vectors from the origin. Summed over the edges of a ring it is twice the ring's
    /// signed area in square lattice units, positive counter-clockwise; it changes sign exactly when the edge is reversed.
    /// </summary>
    public static Int128 Cross(LatticePoint a, LatticePoint b) => (Int128)a.X * b.Y - (Int128)b.X * a.Y;

    private static bool Fits(long difference) => difference is > -LongLimit and < LongLimit;
}
