using System.Numerics;

namespace GridMap.Core.Tiles;

/// <summary>
/// The points that are left of all arcs while these are simplified for one zoom, in square cells. Cells may share a place in the table,
/// so whatever is found is looked at. Not thread safe.
/// </summary>
internal sealed class VertexIndex
{
    private readonly MercatorPoint[] points;
    private readonly sbyte[] lastZooms;
    private readonly int shift;
    private readonly int placeBits;
    private readonly int[] starts;
    private readonly int[] items;

    /// <summary>Takes the points to begin with; one that gets a last zoom is not looked at from then on.</summary>
    public VertexIndex(MercatorPoint[] points, int[] left, sbyte[] lastZooms, int cellBits)
    {
        (this.points, this.lastZooms, shift) = (points, lastZooms, cellBits);
        placeBits = BitOperations.Log2((uint)left.Length) + 1;
        starts = new int[(1 << placeBits) + 2];
        items = new int[left.Length];
        foreach (var point in left)
            starts[Place(points[point].X >> shift, points[point].Y >> shift) + 2]++;
        for (var place = 2; place < starts.Length; place++)
            starts[place] += starts[place - 1];
        foreach (var point in left)
            items[starts[Place(points[point].X >> shift, points[point].Y >> shift) + 1]++] = point;
    }

    /// <summary>
    /// True when a point other than these three, and elsewhere than the first and the last of them, lies in their triangle or on its edge.
    /// </summary>
    public bool AnyInTriangle(int before, int point, int after)
    {
        var (a, b, c) = (points[before], points[point], points[after]);
        var turn = MercatorPoint.Orientation(a, b, c);
        if (turn < 0)
            (a, c) = (c, a);
        var (west, east) = (Math.Min(a.X, Math.Min(b.X, c.X)), Math.Max(a.X, Math.Max(b.X, c.X)));
        for (var column = west >> shift; column <= east >> shift; column++)
        {
            var span = new ColumnSpan(column << shift, (column + 1) << shift);
            span.Add(a, b);
            span.Add(b, c);
            span.Add(c, a);
            for (var row = span.Low >> shift; row <= span.High >> shift; row++)
            {
                var place = Place(column, row);
                foreach (var at in items.AsSpan(starts[place]..starts[place + 1]))
                {
                    if (at != point && IsInTriangle(points[at], a, b, c) && lastZooms[at] == ArcSimplifier.Needed)
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Lists the points nearer than a reach to the line from a to b, in X and in Y, and perhaps some that are a little further; none that lies
    /// where an end does. A point may come twice.
    /// </summary>
    public void FindNear(MercatorPoint a, MercatorPoint b, long reach, List<int> near)
    {
        near.Clear();
        var (west, east) = (Math.Min(a.X, b.X) - reach, Math.Max(a.X, b.X) + reach);
        for (var column = west >> shift; column <= east >> shift; column++)
        {
            var span = new ColumnSpan((column << shift) - reach, ((column + 1) << shift) + reach);
            span.Add(a, b);
            for (var row = (span.Low - reach) >> shift; row <= (span.High + reach) >> shift; row++)
            {
                var place = Place(column, row);
                foreach (var at in items.AsSpan(starts[place]..starts[place + 1]))
                {
                    if (IsNear(points[at], a, b, reach))
                        near.Add(at);
                }
            }
        }
    }

    /// <summary>About the distance of neighbouring points, as a power of two of fine units.</summary>
    /// <param name="points">Of all arcs.</param>
    /// <param name="left">Those that count.</param>
    /// <param name="isFirst">By point, whether an arc starts there.</param>
    public static int CellBits(MercatorPoint[] points, int[] left, bool[] isFirst)
    {
        var (bits, edges) = (0L, 0);
        for (var i = 1; i < left.Length; i++)
        {
            if (isFirst[left[i]])
                continue;
            var (a, b) = (points[left[i - 1]], points[left[i]]);
            bits += 1 + BitOperations.Log2((ulong)Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y)) | 1);
            edges++;
        }

        return (int)(bits / Math.Max(edges, 1));
    }

    private static bool IsNear(MercatorPoint p, MercatorPoint a, MercatorPoint b, long reach)
    {
        if (p == a || p == b || p.X < Math.Min(a.X, b.X) - reach || p.X > Math.Max(a.X, b.X) + reach
            || p.Y < Math.Min(a.Y, b.Y) - reach || p.Y > Math.Max(a.Y, b.Y) + reach)
            return false;

        // The larger of the distances in X and Y from the straight line. A thousandth covers the rounding of doubles.
        double dx = b.X - a.X, dy = b.Y - a.Y;
        return Math.Abs(dx * (p.Y - a.Y) - dy * (p.X - a.X)) <= reach * 1.001 * (Math.Abs(dx) + Math.Abs(dy));
    }

    private static bool IsInTriangle(MercatorPoint p, MercatorPoint a, MercatorPoint b, MercatorPoint c) =>
        p != a && p != c
        && p.X >= Math.Min(a.X, Math.Min(b.X, c.X)) && p.X <= Math.Max(a.X, Math.Max(b.X, c.X))
        && p.Y >= Math.Min(a.Y, Math.Min(b.Y, c.Y)) && p.Y <= Math.Max(a.Y, Math.Max(b.Y, c.Y))
        && MercatorPoint.Orientation(a, b, p) >= 0
        && MercatorPoint.Orientation(b, c, p) >= 0
        && MercatorPoint.Orientation(c, a, p) >= 0;

    private int Place(long column, long row) =>
        (int)(((ulong)column * 0x9E3779B97F4A7C15 ^ (ulong)row * 0xC2B2AE3D27D4EB4F) * 0xFF51AFD7ED558CCD >> (64 - placeBits));
}
