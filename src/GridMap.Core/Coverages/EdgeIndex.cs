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

        cellStarts = new int[columns * rows + 1];
        for (var i = 0; i < from.Length; i++)
            VisitCells(i, cell => cellStarts[cell + 1]++);
        for (var i = 0; i < columns * rows; i++)
            cellStarts[i + 1] += cellStarts[i];
        cellEdges = new int[cellStarts[^1]];
        var next = cellStarts.AsSpan(0, columns * rows).ToArray();
        for (var i = 0; i < from.Length; i++)
            VisitCells(i, cell => cellEdges[next[cell]++] = i);
    }

    public int CellCount => columns * rows;

    public ReadOnlySpan<int> EdgesIn(int cell) => cellEdges.AsSpan(cellStarts[cell]..cellStarts[cell + 1]);

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

    private int ColumnOf(long x) => (int)Math.Clamp((x - origin.X) / cellSize, -1, columns);

    private int RowOf(long y) => y < origin.Y ? -1 : (int)Math.Min((y - origin.Y) / cellSize, int.MaxValue);

    private void VisitCells(int edge, Action<int> visit)
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
                visit(row * columns + column);
        }
    }

    /// <summary>The rows that a slanting edge passes in a column, with a unit to spare for the rounding of the division.</summary>
    private (int Bottom, int Top) RowsIn(LatticePoint left, LatticePoint right, int column, int firstRow, int lastRow)
    {
        var slope = (double)(right.Y - left.Y) / (right.X - left.X);
        double enter = Math.Max(left.X, origin.X + column * cellSize), leave = Math.Min(right.X, origin.X + (column + 1) * cellSize);
        var (y1, y2) = (left.Y + (enter - left.X) * slope, left.Y + (leave - left.X) * slope);
        return (Math.Clamp(RowOf((long)Math.Floor(Math.Min(y1, y2)) - 1), firstRow, lastRow),
            Math.Clamp(RowOf((long)Math.Ceiling(Math.Max(y1, y2)) + 1), firstRow, lastRow));
    }
}
