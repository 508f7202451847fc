using System.Numerics;

namespace GridMap.Core.Tiles;

/// <summary>
/// The tile units of one tile's square in which a point lies, in square buckets: where snap rounding makes passing lines bend. Added,
/// then sealed, then asked, and those that no line passes appended; cleared and used again. Not thread safe.
/// </summary>
internal sealed class HotPixels
{
    /// <summary>The number of a unit outside of the square.</summary>
    public const int Outside = -1;

    // A unit's place in one number, by column, then by row. Places without a unit hold -1, which lies in no square.
    internal const int RowBits = 13;
    internal const int RowMask = (1 << RowBits) - 1;
    private const int MaxBuckets = 68;

    private int[] added = new int[64];
    private int[] numbers = [];
    private int[] pixels = [];
    private int addedCount;

    // By bucket, column by column: where its units start and end.
    private readonly int[] starts = new int[MaxBuckets * MaxBuckets + 1];
    private readonly int[] ends = new int[MaxBuckets * MaxBuckets + 1];
    private int shift;
    private int buckets;

    /// <summary>All numbers of units are below.</summary>
    public int Count { get; private set; }

    public TilePoint this[int pixel] => new(pixels[pixel] >> RowBits, pixels[pixel] & RowMask);

    public void Clear() => addedCount = 0;

    /// <summary>Adds a unit; one outside of the square counts as none, but has its turn.</summary>
    public void Add(TilePoint unit)
    {
        if (addedCount == added.Length)
            Array.Resize(ref added, 2 * addedCount);
        added[addedCount++] = TileSquare.Contains(unit) ? Packed(unit) : Outside;
    }

    /// <summary>A unit's place in one number.</summary>
    public static int Packed(TilePoint unit) => (unit.X << RowBits) | (unit.Y & RowMask);

    /// <summary>Ends the adding.</summary>
    /// <param name="more">How many units may yet be appended.</param>
    /// <returns>In the order of adding, the number of each unit, or <see cref="Outside"/>.</returns>
    public ReadOnlySpan<int> Seal(int more)
    {
        MakeBuckets(more);
        var units = added.AsSpan(0, addedCount);
        var cells = starts.AsSpan(0, buckets * buckets + 1);
        cells.Clear();
        foreach (var unit in units)
        {
            if (unit >= 0)
                cells[BucketOf(unit) + 1]++;
        }

        for (var bucket = 1; bucket < cells.Length; bucket++)
            cells[bucket] += cells[bucket - 1];
        cells.CopyTo(ends);
        for (var i = 0; i < units.Length; i++)
            numbers[i] = units[i] < 0 ? Outside : Place(units[i]);
        Count = cells[^1];
        return numbers.AsSpan(0, units.Length);
    }

    /// <summary>The number of a unit of the square; one is given to a unit that was not added, and no line bends there.</summary>
    public int NumberOf(TilePoint unit)
    {
        if (Find(unit) is >= 0 and var number)
            return number;
        return Append(unit);
    }

    /// <summary>Gives a number to a unit of the square that no other line visits, and where no line bends.</summary>
    public int Append(TilePoint unit)
    {
        pixels[Count] = Packed(unit);
        return Count++;
    }

    /// <summary>Whether a unit of the square was added.</summary>
    public bool IsHot(TilePoint unit) => Find(unit) >= 0;

    /// <summary>Lists the hot pixels through which the line from a to b passes between its ends, in no order.</summary>
    /// <param name="scale">The zoom.</param>
    /// <param name="a">Where it starts, in fine units from the square's corner.</param>
    /// <param name="b">Where it ends.</param>
    /// <param name="from">The unit in which it starts.</param>
    /// <param name="to">The unit in which it ends.</param>
    /// <param name="crossed">Where to add them.</param>
    public void AddCrossed(TileScale scale, MercatorPoint a, MercatorPoint b, TilePoint from, TilePoint to, List<int> crossed)
    {
        int west = Math.Max(Math.Min(from.X, to.X), 0), east = Math.Min(Math.Max(from.X, to.X), TileSquare.Side);
        int north = Math.Max(Math.Min(from.Y, to.Y), 0), south = Math.Min(Math.Max(from.Y, to.Y), TileSquare.Side);
        var around = new PixelBox(west, north, east, south, from, to);
        int firstColumn = west >> shift, lastColumn = east >> shift;
        for (var column = firstColumn; column <= lastColumn; column++)
        {
            int first = north, last = south;
            if (lastColumn - firstColumn > 1)
                Narrow(from, to, column, ref first, ref last);
            if (first > last)
                continue;
            var end = ends[column * buckets + (last >> shift)];
            for (var i = starts[column * buckets + (first >> shift)]; i < end; i += PixelBox.Wide)
            {
                for (var inside = around.Contains(pixels.AsSpan(i), end - i); inside != 0; inside &= inside - 1)
                {
                    var number = i + BitOperations.TrailingZeroCount(inside);
                    if (PixelCrossing.Crosses(scale, this[number], a, b))
                        crossed.Add(number);
                }
            }
        }
    }

    private void MakeBuckets(int more)
    {
        // As many units to a bucket as are looked at at once.
        shift = RowBits;
        while (shift > 6 && 1 << (2 * (RowBits - shift)) < addedCount / 4)
            shift--;
        buckets = (TileSquare.Side >> shift) + 1;

        // The corners may come later, and pixels are read by as many as fit a vector.
        if (pixels.Length < addedCount + more + 4 + PixelBox.Wide)
        {
            pixels = new int[2 * (addedCount + more) + 4 + PixelBox.Wide];
            numbers = new int[pixels.Length];
        }

        pixels.AsSpan(0, addedCount).Fill(Outside);
    }

    private int Place(int unit)
    {
        var bucket = BucketOf(unit);
        for (var i = starts[bucket]; i < ends[bucket]; i++)
        {
            if (pixels[i] == unit)
                return i;
        }

        pixels[ends[bucket]] = unit;
        return ends[bucket]++;
    }

    private int Find(TilePoint unit)
    {
        var bucket = BucketOf(Packed(unit));
        var place = pixels.AsSpan(starts[bucket]..ends[bucket]).IndexOf(Packed(unit));
        return place < 0 ? Outside : starts[bucket] + place;
    }

    private int BucketOf(int unit) => (unit >> (RowBits + shift)) * buckets + ((unit & RowMask) >> shift);

    // The rows that the line passes in a column of buckets. Two units cover the rounding of its ends and of doubles.
    private void Narrow(TilePoint from, TilePoint to, int column, ref int first, ref int last)
    {
        var slope = (double)(to.Y - from.Y) / (to.X - from.X);
        var atWest = from.Y + slope * ((column << shift) - 1 - from.X);
        var atEast = from.Y + slope * (((column + 1) << shift) + 1 - from.X);
        first = Math.Max(first, (int)(Math.Min(atWest, atEast) - 2));
        last = Math.Min(last, (int)(Math.Max(atWest, atEast) + 3));
    }
}
