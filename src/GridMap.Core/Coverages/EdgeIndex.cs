using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Edges by the cells of a uniform raster over their envelope, about one cell an edge: expected constant time for "which edges
/// are near" where edges are of similar length, as the borders of grids are. Immutable and thread safe once made.
/// </summary>
internal sealed class EdgeIndex
{
    private readonly LatticePoint[] from;
    private readonly LatticePoint[] to;
    private readonly LatticePoint origin;
    private readonly long cellSize;
    private readonly int columns;
    private readonly int rows;
    private readonly int[] cellStarts;
    private readonly int[] cellEdges;

    /// <summary>Takes the edges as they are; the arrays must not change afterwards.</summary>
    public EdgeIndex(LatticePoint[] from, LatticePoint[] to)
    {
        this.from = from;
        this.to = to;
        long minX = long.MaxValue, minY = long.MaxValue, maxX = long.MinValue, maxY = long.MinValue;
        for (var i = 0; i < from.Length; i++)
        {
            minX = Math.Min(minX, Math.Min(from[i].X, to[i].X));
            minY = Math.Min(minY, Math.Min(from[i].Y, to[i].Y));
            maxX = Math.Max(maxX, Math.Max(from[i].X, to[i].X));
            maxY = Math.Max(maxY, Math.Max(from[i].Y, to[i].Y));
        }
        if (from.Length == 0)
            (minX, minY, maxX, maxY) = (0, 0, 0, 0);
        origin = new LatticePoint(minX, minY);
        double width = maxX - minX + 1, height = maxY - minY + 1;
        cellSize = Math.Max(1, (long)Math.Ceiling(Math.Max(
            Math.Sqrt(width * height / Math.Max(1, from.Length)),
            Math.Max(width, height) / Math.Max(1, from.Length))));
        columns = (int)((maxX - minX) / cellSize) + 1;
        rows = (int)((maxY - minY) / cellSize) + 1;

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

    public int CellCount => columns * rows;

    public LatticePoint From(int edge) => from[edge];

    public LatticePoint To(int edge) => to[edge];

    public ReadOnlySpan<int> EdgesIn(int cell) => cellEdges.AsSpan(cellStarts[cell]..cellStarts[cell + 1]);

    /// <summary>The edges in the cell of a point; among them all that come within a unit of it. None outside the envelope.</summary>
    public ReadOnlySpan<int> EdgesNear(LatticePoint point)
    {
        int column = ColumnOf(point.X), row = RowOf(point.Y);
        return column < 0 || column >= columns || row < 0 || row >= rows ? [] : EdgesIn(row * columns + column);
    }

    /// <summary>The edges in the cells around a point; among them all that come within a rectangle around it. Some may come twice.</summary>
    /// <param name="point">The middle of the rectangle.</param>
    /// <param name="reach">Half its width and height.</param>
    public IEnumerable<int> EdgesWithin(LatticePoint point, LatticePoint reach)
    {
        int firstColumn = Math.Max(0, ColumnOf(point.X - reach.X)), lastColumn = Math.Min(columns - 1, ColumnOf(point.X + reach.X));
        int firstRow = Math.Max(0, RowOf(point.Y - reach.Y)), lastRow = Math.Min(rows - 1, RowOf(point.Y + reach.Y));
        for (var row = firstRow; row <= lastRow; row++)
            for (var column = firstColumn; column <= lastColumn; column++)
                for (var i = cellStarts[row * columns + column]; i < cellStarts[row * columns + column + 1]; i++)
                    yield return cellEdges[i];
    }

    /// <summary>
    /// The first edge straight below a point that lies on no edge, -1 if there is none. Upright edges are passed over, and of the
    /// others the right end, so that a ray through a vertex counts it once.
    /// </summary>
    public int FirstBelow(LatticePoint point)
    {
        var column = ColumnOf(point.X);
        if (column < 0 || column >= columns)
            return -1;
        var best = -1;
        for (var row = Math.Min(RowOf(point.Y), rows - 1); row >= 0 && best < 0; row--)
        {
            var bottom = new LatticePoint(point.X, origin.Y + row * cellSize);
            foreach (var edge in EdgesIn(row * columns + column))
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

    private int ColumnOf(long x) => x < origin.X ? -1 : (int)Math.Min((x - origin.X) / cellSize, columns);

    private int RowOf(long y) => y < origin.Y ? -1 : (int)Math.Min((y - origin.Y) / cellSize, rows);

    private (int[] CellStarts, int[] CellEdges) Sort()
    {
        var starts = new int[columns * rows + 1];
        var entries = new List<(int Cell, int Edge)>(from.Length * 2);
        for (var edge = 0; edge < from.Length; edge++)
            AddEntries(edge, entries);
        foreach (var (cell, _) in entries)
            starts[cell + 1]++;
        for (var cell = 0; cell < columns * rows; cell++)
            starts[cell + 1] += starts[cell];
        var next = starts.AsSpan(0, columns * rows).ToArray();
        var sorted = new int[entries.Count];
        foreach (var (cell, edge) in entries)
            sorted[next[cell]++] = edge;
        return (starts, sorted);
    }

    private void AddEntries(int edge, List<(int Cell, int Edge)> entries)
    {
        var (left, right) = LeftToRight(edge);
        int firstColumn = ColumnOf(left.X), lastColumn = ColumnOf(right.X);
        var (low, high) = left.Y <= right.Y ? (left.Y, right.Y) : (right.Y, left.Y);
        int firstRow = RowOf(low), lastRow = RowOf(high);
        for (var column = firstColumn; column <= lastColumn; column++)
        {
            var (bottom, top) = (firstRow, lastRow);
            if (firstColumn != lastColumn && firstRow != lastRow)
                (bottom, top) = RowsIn(left, right, column, firstRow, lastRow);
            for (var row = bottom; row <= top; row++)
                entries.Add((row * columns + column, edge));
        }
    }

    /// <summary>
    /// The rows that a slanting edge passes in a column, with a unit to spare on all sides: for the rounding of the division, and
    /// so that whatever is less than a unit from the edge finds it in its own cell.
    /// </summary>
    private (int Bottom, int Top) RowsIn(LatticePoint left, LatticePoint right, int column, int firstRow, int lastRow)
    {
        var slope = (double)(right.Y - left.Y) / (right.X - left.X);
        double enter = Math.Max(left.X, origin.X + column * cellSize - 1), leave = Math.Min(right.X, origin.X + (column + 1) * cellSize + 1);
        var (y1, y2) = (left.Y + (enter - left.X) * slope, left.Y + (leave - left.X) * slope);
        return (Math.Clamp(RowOf((long)Math.Floor(Math.Min(y1, y2)) - 1), firstRow, lastRow),
            Math.Clamp(RowOf((long)Math.Ceiling(Math.Max(y1, y2)) + 1), firstRow, lastRow));
    }
}
