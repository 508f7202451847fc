namespace GridMap.Core.Coordinates;

/// <summary>
/// Vertices for edges longer than <see cref="Lattice.MaxEdgeDegrees"/> in longitude or latitude, so that orientation tests on the
/// edge stay exact in doubles. Both directions of an edge get the same vertices, so neighbours do. Stateless and thread safe.
/// </summary>
public static class EdgeDensifier
{
    private static readonly long LongestUnits = Lattice.ToUnits(Lattice.MaxEdgeDegrees);

    /// <summary>How many vertices <see cref="AppendBetween"/> would add; 0 for an edge that is short enough.</summary>
    public static int CountBetween(LatticePoint a, LatticePoint b)
    {
        var length = Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y));
        return length == 0 ? 0 : (int)((length - 1) / LongestUnits);
    }

    /// <summary>
    /// Appends the vertices strictly between two points, in the order from <paramref name="a"/> to <paramref name="b"/>: the edge
    /// in equal pieces, each vertex rounded to the nearest lattice point.
    /// </summary>
    /// <returns>How many were appended.</returns>
    public static int AppendBetween(LatticePoint a, LatticePoint b, ICollection<LatticePoint> vertices)
    {
        var count = CountBetween(a, b);
        var (low, high) = a < b ? (a, b) : (b, a);
        for (var i = 1; i <= count; i++)
        {
            var step = a < b ? i : count + 1 - i;
            vertices.Add(new LatticePoint(
                low.X + Portion(high.X - low.X, step, count + 1),
                low.Y + Portion(high.Y - low.Y, step, count + 1)));
        }

        return count;
    }

    /// <summary>Nearest whole number to length * step / pieces, halves away from zero; the pieces differ by one unit at most.</summary>
    private static long Portion(long length, int step, int pieces) =>
        (2 * length * step + (length < 0 ? -pieces : pieces)) / (2L * pieces);
}
