namespace GridMap.Core.Tiles;

/// <summary>Finds where lines meet the sides of buffered tiles: of this one, and of its neighbours within it. Stateless and thread safe.</summary>
internal static class TileCuts
{
    // In tile units from the corner of the square: its own sides, and those of the next squares, which overlap with it.
    private static readonly int[] Sides = [0, 2 * MvtWriter.Buffer, MvtWriter.Extent, TileSquare.Side];

    /// <summary>Adds the units in which a line meets sides; a and b in fine units, from and to the units in which they lie.</summary>
    public static void Add(MercatorPoint a, MercatorPoint b, TilePoint from, TilePoint to, TileScale scale, HotPixels pixels)
    {
        if (Strip(from.X) != Strip(to.X))
        {
            foreach (var x in Sides)
            {
                if (x > Math.Min(from.X, to.X) && x < Math.Max(from.X, to.X))
                    pixels.Add(new TilePoint(x, scale.Round(Meeting((long)x << scale.Shift, a.X, a.Y, b.X, b.Y))));
            }
        }

        if (Strip(from.Y) != Strip(to.Y))
        {
            foreach (var y in Sides)
            {
                if (y > Math.Min(from.Y, to.Y) && y < Math.Max(from.Y, to.Y))
                    pixels.Add(new TilePoint(scale.Round(Meeting((long)y << scale.Shift, a.Y, a.X, b.Y, b.X)), y));
            }
        }
    }

    // Ends in one strip have no side between them.
    private static int Strip(int unit) => unit switch
    {
        <= 0 => 0,
        < 2 * MvtWriter.Buffer => 1,
        2 * MvtWriter.Buffer => 2,
        < MvtWriter.Extent => 3,
        MvtWriter.Extent => 4,
        < TileSquare.Side => 5,
        _ => 6,
    };

    // The other coordinate of the line's point at a value of this one, rounded down to whole fine units, which does not change
    // in which tile unit it lies.
    private static long Meeting(long at, long from, long fromOther, long to, long toOther)
    {
        if (from > to)
            (from, fromOther, to, toOther) = (to, toOther, from, fromOther);
        var product = (Int128)(toOther - fromOther) * (at - from);
        var (quotient, remainder) = Int128.DivRem(product, to - from);
        return fromOther + (long)(Int128.IsNegative(remainder) ? quotient - 1 : quotient);
    }
}
