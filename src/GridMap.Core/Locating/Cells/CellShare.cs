namespace GridMap.Core.Locating.Cells;

/// <summary>The edges of a divided cell, dealt to its parts. A buffer, one for each depth; not thread safe.</summary>
internal sealed class CellShare
{
    private readonly List<(int Part, int Edge)> dealt = [];
    private int[] starts = [], own = [];
    private int bits;

    /// <summary>Deals edges to the 2^bits by 2^bits parts that they come near.</summary>
    public void Deal(CellEdges edges, CellSquare cell, int bits, ReadOnlySpan<int> all)
    {
        this.bits = bits;
        dealt.Clear();
        foreach (var edge in all)
            Deal(edges, cell, edge);
        var parts = 1 << 2 * bits;
        if (starts.Length < parts + 1)
            starts = new int[parts + 1];
        if (own.Length < dealt.Count)
            own = new int[Math.Max(dealt.Count, 2 * own.Length)];
        starts.AsSpan(0, parts + 1).Clear();
        foreach (var (part, _) in dealt)
            starts[part + 1]++;
        for (var part = 0; part < parts; part++)
            starts[part + 1] += starts[part];
        // Filling from behind leaves every start where it belongs.
        for (var i = dealt.Count - 1; i >= 0; i--)
            own[--starts[dealt[i].Part + 1]] = dealt[i].Edge;
        for (var part = 0; part < parts; part++)
            starts[part] = starts[part + 1];
        starts[parts] = dealt.Count;
    }

    /// <summary>The edges near a part, ascending.</summary>
    public ReadOnlySpan<int> Of(int column, int row)
    {
        var part = (row << bits) + column;
        return own.AsSpan(starts[part]..starts[part + 1]);
    }

    /// <summary>Moves a known point of a part to the next part beyond a side of it, if there is one.</summary>
    public void Pass(Side side, CellEdges edges, CellSquare cell, int column, int row, ref KnownPoint point)
    {
        var (nextColumn, nextRow) = (column + side.X, row + side.Y);
        if (nextColumn >= 0 && nextRow >= 0 && nextColumn < 1 << bits && nextRow < 1 << bits)
            side.Pass(edges, cell.Child(bits, column, row), Of(column, row), ref point);
    }

    private void Deal(CellEdges edges, CellSquare cell, int edge)
    {
        int ax = edges.X(edge), ay = edges.Y(edge), bx = edges.X(edge + 1), by = edges.Y(edge + 1);
        var child = cell.Child(bits, 0, 0);
        var (margin, last) = (child.Margin, (1 << bits) - 1);
        var (firstColumn, lastColumn) = Between(Math.Min(ax, bx) - cell.X, Math.Max(ax, bx) - cell.X);
        var (firstRow, lastRow) = Between(Math.Min(ay, by) - cell.Y, Math.Max(ay, by) - cell.Y);
        for (var row = firstRow; row <= lastRow; row++)
        {
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                if ((firstColumn == lastColumn && firstRow == lastRow)
                    || CellGeometry.Meets(ax, ay, bx, by, cell.X + (column << child.Shift), cell.Y + (row << child.Shift), child.Size, margin))
                    dealt.Add(((row << bits) + column, edge));
            }
        }

        (int First, int Last) Between(int low, int high) =>
            (Math.Clamp((low - margin - 1) >> child.Shift, 0, last), Math.Clamp((high + margin) >> child.Shift, 0, last));
    }
}
