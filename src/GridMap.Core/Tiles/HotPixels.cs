using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The tile units of one zoom in which a point lies, in square buckets: where snap rounding makes passing lines bend. Immutable.
/// </summary>
internal sealed class HotPixels
{
    private const int BucketBits = 6;

    private readonly TileScale scale;
    private readonly TilePoint[] pixels;
    private readonly Dictionary<long, (int Start, int End)> buckets = [];

    public HotPixels(TileScale scale, HashSet<TilePoint> hot)
    {
        this.scale = scale;
        pixels = [.. hot];
        var keys = new long[pixels.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = Bucket(pixels[i].X >> BucketBits, pixels[i].Y >> BucketBits);
        Array.Sort(keys, pixels);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                end++;
            buckets.Add(keys[start], (start, end));
        }
    }

    /// <summary>Lists the hot pixels through which the line from a to b passes, in its order.</summary>
    public void Crossed(MercatorPoint a, MercatorPoint b, List<TilePoint> crossed)
    {
        crossed.Clear();
        var (from, to) = (scale.Round(a), scale.Round(b));
        var (west, east) = (Math.Min(from.X, to.X), Math.Max(from.X, to.X));
        var (north, south) = (Math.Min(from.Y, to.Y), Math.Max(from.Y, to.Y));
        for (var column = west >> BucketBits; column <= east >> BucketBits; column++)
        {
            // A pixel reaches half a unit over its centre.
            var span = new ColumnSpan(Edge(column), Edge(column + 1));
            span.Add(a, b);
            if (span.IsEmpty)
                continue;
            var (first, last) = (Math.Max(scale.Round(span.Low), north), Math.Min(scale.Round(span.High), south));
            for (var row = first >> BucketBits; row <= last >> BucketBits; row++)
            {
                if (!buckets.TryGetValue(Bucket(column, row), out var bucket))
                    continue;
                for (var i = bucket.Start; i < bucket.End; i++)
                {
                    var pixel = pixels[i];
                    if (pixel.X >= west && pixel.X <= east && pixel.Y >= north && pixel.Y <= south && PixelCrossing.Crosses(scale, pixel, a, b))
                        crossed.Add(pixel);
                }
            }
        }

        SortAlong(from, to, crossed);
    }

    private long Edge(int column) => ((long)column << (BucketBits + scale.Shift)) - (scale.Unit >> 1);

    // Along a straight line the pixel numbers rise or fall together, so their sum orders the pixels without any rounding.
    private static void SortAlong(TilePoint from, TilePoint to, List<TilePoint> found)
    {
        if (found.Count < 2)
            return;
        int right = Math.Sign(to.X - from.X), down = Math.Sign(to.Y - from.Y);
        CollectionsMarshal.AsSpan(found).Sort((one, other) =>
            ((long)right * one.X + (long)down * one.Y).CompareTo((long)right * other.X + (long)down * other.Y));
    }

    private static long Bucket(int column, int row) => ((long)column << 32) | (uint)row;
}
