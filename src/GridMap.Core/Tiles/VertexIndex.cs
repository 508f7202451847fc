namespace GridMap.Core.Tiles;

/// <summary>
/// The points that are left of all arcs while these are simplified, in square buckets that fit one zoom. Not thread safe.
/// </summary>
internal sealed class VertexIndex
{
    // 64 tile units: at each zoom about the distance of neighbouring points.
    private const int BucketBits = 6;

    private readonly MercatorPoint[] points;
    private readonly int shift;
    private readonly Dictionary<long, int> heads = [];
    private readonly int[] nexts;

    public VertexIndex(MercatorPoint[] points, int z)
    {
        this.points = points;
        shift = new TileScale(z).Shift + BucketBits;
        nexts = new int[points.Length];
    }

    public void Add(int point)
    {
        var bucket = Bucket(points[point].X >> shift, points[point].Y >> shift);
        nexts[point] = heads.GetValueOrDefault(bucket, -1);
        heads[bucket] = point;
    }

    public void Remove(int point)
    {
        var bucket = Bucket(points[point].X >> shift, points[point].Y >> shift);
        var at = heads[bucket];
        if (at == point)
        {
            heads[bucket] = nexts[point];
            return;
        }

        while (nexts[at] != point)
            at = nexts[at];
        nexts[at] = nexts[point];
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
                if (!heads.TryGetValue(Bucket(column, row), out var at))
                    continue;
                for (; at >= 0; at = nexts[at])
                {
                    if (at != point && IsInTriangle(points[at], a, b, c))
                        return true;
                }
            }
        }

        return false;
    }

    private static bool IsInTriangle(MercatorPoint p, MercatorPoint a, MercatorPoint b, MercatorPoint c) =>
        p != a && p != c
        && p.X >= Math.Min(a.X, Math.Min(b.X, c.X)) && p.X <= Math.Max(a.X, Math.Max(b.X, c.X))
        && p.Y >= Math.Min(a.Y, Math.Min(b.Y, c.Y)) && p.Y <= Math.Max(a.Y, Math.Max(b.Y, c.Y))
        && MercatorPoint.Orientation(a, b, p) >= 0
        && MercatorPoint.Orientation(b, c, p) >= 0
        && MercatorPoint.Orientation(c, a, p) >= 0;

    private static long Bucket(long column, long row) => (column << 32) | row;
}
