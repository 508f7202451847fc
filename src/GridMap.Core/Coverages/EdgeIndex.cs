using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Edges by the cells of a raster, about one cell an edge: expected constant time for "which edges are near". The raster's lines
/// lie where the edges do (at equal shares of their ends), so that one stray polygon far away does not put a whole city
/// into one cell. Immutable and thread safe once made.
/// </summary>
internal sealed class EdgeIndex
{
    // Enough ends to place the raster's lines by; more would only take longer to sort.
    private const int SampleSize = 1 << 16;

    private readonly LatticePoint[] from;
    private readonly LatticePoint[] to;
    private readonly long[] columnLines;
    private readonly long[] rowLines;
    private readonly int[] cellStarts;
    private readonly int[] cellEdges;

    /// <summary>Takes the edges as they are; the arrays must not change afterwards.</summary>
    public EdgeIndex(LatticePoint[] from, LatticePoint[] to)
    {
        this.from = from;
        this.to = to;
        columnLines = Lines(point => point.X);
        rowLines = Lines(point => point.Y);
        (cellStarts, cellEdges) = Sort();
    }

    /// <summary>An index of all edges of a set, by their numbers there.</summary>
    public static EdgeIndex Of(EdgeSet edges)
    {
        var (from, to) = (new LatticePoint[edges.Count], new LatticePoint[edges.Count]);
        for (var i = 0; i < from.Length; i++)
            (from[i], to[i]) = (edges.Vertices[edges.From[i]], edges.Vertices[edges.To[i]]);
        return new EdgeIndex(from, to);
    }

    public int CellCount => Columns * Rows;

    private int Columns => columnLines.Length - 1;

    private int Rows => rowLines.Length - 1;

    public LatticePoint From(int edge) => from[edge];

    public LatticePoint To(int edge) => to[edge];

    public ReadOnlySpan<int> EdgesIn(int cell) => cellEdges.AsSpan(cellStarts[cell]..cellStarts[cell + 1]);

    /// <summary>The edges in the cell of a point; among them all that come within a unit of it. None outside the envelope.</summary>
    public ReadOnlySpan<int> EdgesNear(LatticePoint point)
    {
        int column = ColumnOf(point.X), row = RowOf(point.Y);
        return column < 0 || column >= Columns || row < 0 || row >= Rows ? [] : EdgesIn(row * Columns + column);
    }

    /// <summary>The edges in the cells around a point; among them all that come within a rectangle around it. Some may come twice.</summary>
    /// <param name="point">The middle of the rectangle.</param>
    /// <param name="reach">Half its width and height.</param>
    public IEnumerable<int> EdgesWithin(LatticePoint point, LatticePoint reach)
    {
        int firstColumn = Math.Max(0, ColumnOf(point.X - reach.X)), lastColumn = Math.Min(Columns - 1, ColumnOf(point.X + reach.X));
        int firstRow = Math.Max(0, RowOf(point.Y - reach.Y)), lastRow = Math.Min(Rows - 1, RowOf(point.Y + reach.Y));
        for (var row = firstRow; row <= lastRow; row++)
            for (var column = firstColumn; column <= lastColumn; column++)
                for (var i = cellStarts[row * Columns + column]; i < cellStarts[row * Columns + column + 1]; i++)
                    yield return cellEdges[i];
    }

    /// <summary>
    /// The first edge straight below a point that lies on no edge, -1 if there is none. Upright edges are passed over, and of the
    /// others the right end, so that a ray through a vertex counts it once.
    /// </summary>
    public int FirstBelow(LatticePoint point)
    {
        var column = ColumnOf(point.X);
        if (column < 0 || column >= Columns)
            return -1;
        var best = -1;
        for (var row = Math.Min(RowOf(point.Y), Rows - 1); row >= 0 && best < 0; row--)
        {
            var bottom = new LatticePoint(point.X, rowLines[row]);
            foreach (var edge in EdgesIn(row * Columns + column))
            {
                var (left, right) = LeftToRight(edge);
                if (left.X > point.X || right.X <= point.X
                    || LatticePredicates.Orientation(left, right, point) <= 0
                    || LatticePredicates.Orientation(left, right, bottom) > 0)
                    continue;
                if (best < 0 || IsAbove(edge, best))
                    best = edge;
            }
        }
        return best;
    }

    /// <summary>The ends of an edge by rising X.</summary>
    public (LatticePoint Left, LatticePoint Right) LeftToRight(int edge) =>
        from[edge].X <= to[edge].X ? (from[edge], to[edge]) : (to[edge], from[edge]);

    /// <summary>For two edges that do not cross and share a piece of their X range.</summary>
    private bool IsAbove(int edge, int other)
    {
        var (a, b) = LeftToRight(edge);
        var (c, d) = LeftToRight(other);
        if (a.X >= c.X)
        {
            var side = LatticePredicates.Orientation(c, d, a);
            return (side != 0 ? side : LatticePredicates.Orientation(c, d, b)) > 0;
        }
        var otherSide = LatticePredicates.Orientation(a, b, c);
        return (otherSide != 0 ? otherSide : LatticePredicates.Orientation(a, b, d)) < 0;
    }

    /// <summary>-1 before the first, the number of columns behind the last.</summary>
    private int ColumnOf(long x) => StripOf(columnLines, x);

    /// <summary>-1 below the first, the number of rows above the last.</summary>
    private int RowOf(long y) => StripOf(rowLines, y);

    private static int StripOf(long[] lines, long value)
    {
        var (low, high) = (0, lines.Length);
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (lines[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    /// <summary>The strip of a value that is not before the given strip, and mostly in it or near it.</summary>
    private static int StripFrom(long[] lines, int strip, long value)
    {
        while (strip + 1 < lines.Length && lines[strip + 1] <= value)
            strip++;
        return strip;
    }

    /// <summary>Where the strips begin, and one behind the farthest edge.</summary>
    private long[] Lines(Func<LatticePoint, long> coordinate)
    {
        var (least, most) = (0L, 0L);
        for (var i = 0; i < from.Length; i++)
        {
            var (a, b) = (coordinate(from[i]), coordinate(to[i]));
            (least, most) = i == 0 ? (Math.Min(a, b), Math.Max(a, b)) : (Math.Min(least, Math.Min(a, b)), Math.Max(most, Math.Max(a, b)));
        }
        var step = 1 + from.Length / SampleSize;
        var sample = new long[(from.Length + step - 1) / step];
        for (var i = 0; i < sample.Length; i++)
            sample[i] = coordinate(from[i * step]);
        Array.Sort(sample);
        var strips = (int)Math.Sqrt(from.Length) + 1;
        var lines = new List<long> { least };
        for (var strip = 1; strip < strips; strip++)
            if (sample[(int)((long)strip * sample.Length / strips)] is var line && line > lines[^1])
                lines.Add(line);
        lines.Add(most + 1);
        return [.. lines];
    }

    private (int[] CellStarts, int[] CellEdges) Sort()
    {
        var starts = new int[CellCount + 1];
        var entries = new List<(int Cell, int Edge)>(from.Length * 2);
        for (var edge = 0; edge < from.Length; edge++)
            AddEntries(edge, entries);
        foreach (var (cell, _) in entries)
            starts[cell + 1]++;
        for (var cell = 0; cell < CellCount; cell++)
            starts[cell + 1] += starts[cell];
        var next = starts.AsSpan(0, CellCount).ToArray();
        var sorted = new int[entries.Count];
        foreach (var (cell, edge) in entries)
            sorted[next[cell]++] = edge;
        return (starts, sorted);
    }

    private void AddEntries(int edge, List<(int Cell, int Edge)> entries)
    {
        var (left, right) = LeftToRight(edge);
        var firstColumn = ColumnOf(left.X);
        var lastColumn = StripFrom(columnLines, firstColumn, right.X);
        var (low, high) = left.Y <= right.Y ? (left.Y, right.Y) : (right.Y, left.Y);
        var firstRow = RowOf(low);
        var lastRow = StripFrom(rowLines, firstRow, high);
        for (var column = firstColumn; column <= lastColumn; column++)
        {
            var (bottom, top) = (firstRow, lastRow);
            if (firstColumn != lastColumn && firstRow != lastRow)
                (bottom, top) = RowsIn(left, right, column, firstRow, lastRow);
            for (var row = bottom; row <= top; row++)
                entries.Add((row * Columns + column, edge));
        }
    }

    /// <summary>
    /// The rows that a slanting edge passes in a column, with a unit to spare on all sides: for the rounding of the division, and
    /// so that whatever is less than a unit from the edge finds it in its own cell.
    /// </summary>
    private (int Bottom, int Top) RowsIn(LatticePoint left, LatticePoint right, int column, int firstRow, int lastRow)
    {
        var slope = (double)(right.Y - left.Y) / (right.X - left.X);
        double enter = Math.Max(left.X, columnLines[column] - 1), leave = Math.Min(right.X, columnLines[column + 1] + 1);
        var (y1, y2) = (left.Y + (enter - left.X) * slope, left.Y + (leave - left.X) * slope);
        return (Math.Clamp(RowOf((long)Math.Floor(Math.Min(y1, y2)) - 1), firstRow, lastRow),
            Math.Clamp(RowOf((long)Math.Ceiling(Math.Max(y1, y2)) + 1), firstRow, lastRow));
    }
}
