namespace GridMap.Core.Tiles;

/// <summary>
/// Whether a line passes through a pixel (a tile unit with its western and northern edge, without the other two), exactly.
/// </summary>
internal static class PixelCrossing
{
    private const long LongLimit = 1L << 31;

    /// <summary>Takes the pixel and the line's ends from one corner, be it the world's or a tile's.</summary>
    public static bool Crosses(TileScale scale, TilePoint pixel, MercatorPoint a, MercatorPoint b)
    {
        if (a.X > b.X)
            (a, b) = (b, a);
        var half = scale.Unit >> 1;
        long west = ((long)pixel.X << scale.Shift) - half, north = ((long)pixel.Y << scale.Shift) - half;
        long east = west + scale.Unit, south = north + scale.Unit;
        if (b.X < west || a.X >= east || Math.Max(a.Y, b.Y) < north || Math.Min(a.Y, b.Y) >= south)
            return false;
        if (a.X == b.X || a.Y == b.Y)
            return true;

        // The part of the line within the pixel's columns: from start, which belongs to it, to end, which may be its open side.
        long start = Math.Max(a.X, west), end = Math.Min(b.X, east);
        if (b.Y > a.Y)
        {
            var atEnd = CompareY(a, b, end, north);
            return (end == east ? atEnd > 0 : atEnd >= 0) && CompareY(a, b, start, south) < 0;
        }

        return CompareY(a, b, start, north) >= 0 && CompareY(a, b, end, south) < 0;
    }

    /// <summary>The sign of a line's Y at an X less another Y; the line rises in X.</summary>
    private static int CompareY(MercatorPoint a, MercatorPoint b, long x, long y)
    {
        long dx = b.X - a.X, dy = b.Y - a.Y, along = x - a.X, up = y - a.Y;
        if (dx < LongLimit && Math.Abs(dy) < LongLimit && Math.Abs(up) < LongLimit)
            return (dy * along).CompareTo(up * dx);
        return ((Int128)dy * along).CompareTo((Int128)up * dx);
    }
}
