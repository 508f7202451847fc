namespace GridMap.Core.Tiles;

/// <summary>Finds where lines meet the sides of buffered tiles: of this one, and of its neighbours within it. Stateless and thread safe.</summary>
internal static class TileCuts
{
    // The product of two differences under 2^31 fits a long.
    private const long LongLimit = 1L << 31;

    // In tile units from the corner of the square: its own sides, and those of the next squares, which overlap with it.
    private static ReadOnlySpan<int> Sides => [0, 2 * MvtWriter.Buffer, MvtWriter.Extent, TileSquare.Side];

    /// <summary>Adds the units in which a line meets sides; a and b in fine units, from and to the units in which they lie.</summary>
    public static void Add(MercatorPoint a, MercatorPoint b, TilePoint from, TilePoint to, TileScale scale, HotPixels pixels)
    {
        int west = Math.Min(from.X, to.X), east = Math.Max(from.X, to.X), north = Math.Min(from.Y, to.Y), south = Math.Max(from.Y, to.Y);
        for (var side = FirstBeyond(west); side < Sides.Length && Sides[side] < east; side++)
            pixels.Add(new TilePoint(Sides[side], scale.Round(Meeting((long)Sides[side] << scale.Shift, a.X, a.Y, b.X, b.Y))));
        for (var side = FirstBeyond(north); side < Sides.Length && Sides[side] < south; side++)
            pixels.Add(new TilePoint(scale.Round(Meeting((long)Sides[side] << scale.Shift, a.Y, a.X, b.Y, b.X)), Sides[side]));
    }

    // The first side further east or south than a unit. A count, for there is no foreseeing where a line lies.
    private static int FirstBeyond(int unit) =>
        4 - (int)((uint)(unit - Sides[0]) >> 31) - (int)((uint)(unit - Sides[1]) >> 31) - (int)((uint)(unit - Sides[2]) >> 31) - (int)((uint)(unit - Sides[3]) >> 31);

    // The other coordinate of the line's point at a value of this one, rounded down to whole fine units, which does not change
    // in which tile unit it lies.
    private static long Meeting(long at, long from, long fromOther, long to, long toOther)
    {
        if (from > to)
            (from, fromOther, to, toOther) = (to, toOther, from, fromOther);
        if (Math.Abs(toOther - fromOther) < LongLimit && at - from < LongLimit)
        {
            var (whole, rest) = Math.DivRem((toOther - fromOther) * (at - from), to - from);
            return fromOther + (rest < 0 ? whole - 1 : whole);
        }

        var product = (Int128)(toOther - fromOther) * (at - from);
        var (quotient, remainder) = Int128.DivRem(product, to - from);
        return fromOther + (long)(Int128.IsNegative(remainder) ? quotient - 1 : quotient);
    }
}
