namespace GridMap.Core.Tiles;

/// <summary>
/// Between which rows lines pass through a column of the map, never too narrow: what to look at when walking buckets along a line.
/// </summary>
/// <param name="west">The column's western side, in fine units.</param>
/// <param name="east">Its eastern side.</param>
internal ref struct ColumnSpan(long west, long east)
{
    public long Low { get; private set; } = long.MaxValue;

    public long High { get; private set; } = long.MinValue;

    public readonly bool IsEmpty => Low > High;

    /// <summary>Adds a line, as far as it lies in the column.</summary>
    public void Add(MercatorPoint a, MercatorPoint b)
    {
        if (a.X > b.X)
            (a, b) = (b, a);
        if (b.X < west || a.X > east)
            return;
        if (a.X >= west && b.X <= east)
        {
            Include(Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y));
            return;
        }

        var slope = (double)(b.Y - a.Y) / (b.X - a.X);
        var atWest = a.X >= west ? a.Y : a.Y + slope * (west - a.X);
        var atEast = b.X <= east ? b.Y : a.Y + slope * (east - a.X);

        // Two units cover the rounding of doubles: coordinates have 40 bits.
        Include((long)Math.Floor(Math.Min(atWest, atEast)) - 2, (long)Math.Ceiling(Math.Max(atWest, atEast)) + 2);
    }

    private void Include(long low, long high)
    {
        Low = Math.Min(Low, low);
        High = Math.Max(High, high);
    }
}
