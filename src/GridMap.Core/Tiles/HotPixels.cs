namespace GridMap.Core.Tiles;

/// <summary>
/// The tile units of one tile's square in which a point lies, in square buckets: where snap rounding makes passing lines bend. Added,
/// then sealed, then asked; cleared and used again. Not thread safe.
/// </summary>
internal sealed class HotPixels
{
    // A unit's place in one number, by column, then by row.
    private const int RowBits = 13;
    private const int RowMask = (1 << RowBits) - 1;

    private const int MostByInsertion = 32;

    private readonly List<int> added = [];
    private readonly List<int> found = [];
    private int[] pixels = [];
    private int[] bucketStarts = [];
    private int shift;
    private int buckets;

    /// <summary>How many there are; each has a number below.</summary>
    public int Count { get; private set; }

    public TilePoint this[int pixel] => new(pixels[pixel] >> RowBits, pixels[pixel] & RowMask);

    public void Clear() => added.Clear();

    /// <summary>Adds a unit; one outside of the square counts as none.</summary>
    public void Add(TilePoint unit)
    {
        if (TileSquare.Contains(unit))
            added.Add((unit.X << RowBits) | unit.Y);
    }

    /// <summary>Ends the adding.</summary>
    public void Seal()
    {
        // About as many buckets as units.
        shift = 5;
        while (shift < RowBits && ((TileSquare.Side >> shift) + 1) * ((TileSquare.Side >> shift) + 1) > added.Count)
            shift++;
        buckets = (TileSquare.Side >> shift) + 1;
        if (bucketStarts.Length <= buckets * buckets)
            bucketStarts = new int[buckets * buckets + 1];
        if (pixels.Length < added.Count + 4)
            pixels = new int[2 * added.Count + 4];
        var starts = bucketStarts.AsSpan(0, buckets * buckets + 1);
        starts.Clear();
        foreach (var pixel in added)
            starts[BucketOf(pixel) + 1]++;
        for (var bucket = 1; bucket < starts.Length; bucket++)
            starts[bucket] += starts[bucket - 1];
        foreach (var pixel in added)
            pixels[starts[BucketOf(pixel)]++] = pixel;

        // Each start has become its bucket's end: so they are read while equal ones are dropped.
        Count = 0;
        for (int bucket = 0, from = 0; bucket < starts.Length - 1; bucket++)
        {
            var end = starts[bucket];
            starts[bucket] = Count;
            KeepDifferent(pixels.AsSpan(from, end - from));
            from = end;
        }

        starts[^1] = Count;
    }

    /// <summary>The number of a unit of the square; one is given to a unit that was not added, and no line bends there.</summary>
    public int NumberOf(TilePoint unit)
    {
        if (Find(unit) is >= 0 and var number)
            return number;
        pixels[Count] = (unit.X << RowBits) | unit.Y;
        return Count++;
    }

    /// <summary>Whether a unit of the square was added.</summary>
    public bool IsHot(TilePoint unit) => Find(unit) >= 0;

    /// <summary>Lists the hot pixels through which the line from a to b passes, in its order.</summary>
    /// <param name="scale">The zoom.</param>
    /// <param name="a">Where it starts, in fine units from the square's corner.</param>
    /// <param name="b">Where it ends.</param>
    /// <param name="from">The unit in which it starts.</param>
    /// <param name="to">The unit in which it ends.</param>
    public List<int> Crossed(TileScale scale, MercatorPoint a, MercatorPoint b, TilePoint from, TilePoint to)
    {
        found.Clear();
        int west = Math.Max(Math.Min(from.X, to.X), 0), east = Math.Min(Math.Max(from.X, to.X), TileSquare.Side);
        int north = Math.Max(Math.Min(from.Y, to.Y), 0), south = Math.Min(Math.Max(from.Y, to.Y), TileSquare.Side);
        int firstColumn = west >> shift, lastColumn = east >> shift;
        var isNarrow = lastColumn - firstColumn < 2;
        for (var column = firstColumn; column <= lastColumn; column++)
        {
            int first = north, last = south;
            if (!isNarrow)
                Narrow(from, to, column, ref first, ref last);
            if (first > last)
                continue;
            var end = bucketStarts[column * buckets + (last >> shift) + 1];
            for (var i = bucketStarts[column * buckets + (first >> shift)]; i < end; i++)
            {
                int x = pixels[i] >> RowBits, y = pixels[i] & RowMask;
                if (x < west || x > east || y < north || y > south)
                    continue;
                var pixel = new TilePoint(x, y);
                if (pixel == from || pixel == to || PixelCrossing.Crosses(scale, pixel, a, b))
                    found.Add(i);
            }
        }

        if (found.Count > 1)
            SortAlong(from, to);
        return found;
    }

    private int Find(TilePoint unit)
    {
        var pixel = (unit.X << RowBits) | unit.Y;
        var bucket = BucketOf(pixel);
        var place = pixels.AsSpan(bucketStarts[bucket]..bucketStarts[bucket + 1]).IndexOf(pixel);
        return place < 0 ? -1 : bucketStarts[bucket] + place;
    }

    private int BucketOf(int pixel) => (pixel >> (RowBits + shift)) * buckets + ((pixel & RowMask) >> shift);

    private void KeepDifferent(Span<int> bucket)
    {
        if (bucket.Length > 1)
            bucket.Sort();
        var previous = -1;
        foreach (var pixel in bucket)
        {
            if (pixel != previous)
                pixels[Count++] = pixel;
            previous = pixel;
        }
    }

    // The rows that the line passes in a column of buckets. Two units cover the rounding of its ends and of doubles.
    private void Narrow(TilePoint from, TilePoint to, int column, ref int first, ref int last)
    {
        var slope = (double)(to.Y - from.Y) / (to.X - from.X);
        var atWest = from.Y + slope * ((column << shift) - 1 - from.X);
        var atEast = from.Y + slope * (((column + 1) << shift) + 1 - from.X);
        first = Math.Max(first, (int)(Math.Min(atWest, atEast) - 2));
        last = Math.Min(last, (int)(Math.Max(atWest, atEast) + 3));
    }

    // Along a straight line the pixel numbers rise or fall together, so their sum orders the pixels without any rounding.
    private void SortAlong(TilePoint from, TilePoint to)
    {
        int right = Math.Sign(to.X - from.X), down = Math.Sign(to.Y - from.Y);
        if (found.Count > MostByInsertion)
        {
            found.Sort((one, other) => Along(one).CompareTo(Along(other)));
            return;
        }

        for (var i = 1; i < found.Count; i++)
        {
            var (pixel, at) = (found[i], i);
            var along = Along(pixel);
            for (; at > 0 && Along(found[at - 1]) > along; at--)
                found[at] = found[at - 1];
            found[at] = pixel;
        }

        int Along(int pixel) => right * (pixels[pixel] >> RowBits) + down * (pixels[pixel] & RowMask);
    }
}
