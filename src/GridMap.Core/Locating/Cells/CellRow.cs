namespace GridMap.Core.Locating.Cells;

/// <summary>One row of built top cells.</summary>
/// <param name="Entries">From west to east; places count from the start of the words, in units of <see cref="CellEntry.BlockUnit"/>.</param>
/// <param name="Words">A whole number of cache lines.</param>
internal readonly record struct CellRow(uint[] Entries, uint[] Words)
{
    /// <summary>Builds a row from its edges.</summary>
    public static CellRow Build(CellFrame frame, RowEdge[] edges, CellBuilder builder)
    {
        var (starts, dealt) = Deal(frame, edges);
        var entries = new uint[frame.Columns];
        builder.Words.Clear();
        // West of everything.
        var known = new KnownPoint { X = 0, Y = frame.Size / 2 };
        for (var column = 0; column < frame.Columns; column++)
        {
            entries[column] = builder.Build(frame.Shift, dealt.AsSpan(starts[column]..starts[column + 1]), ref known);
            known.X -= frame.Size;
        }
        builder.Words.Align(LeafRoom.CacheLine);
        return new CellRow(entries, builder.Words.Span.ToArray());
    }

    /// <summary>The edges by column: those of column c between starts c and c + 1, in their order.</summary>
    private static (int[] Starts, CellEdge[] Dealt) Deal(CellFrame frame, RowEdge[] edges)
    {
        var starts = new int[frame.Columns + 1];
        ForEach(frame, edges, (column, _) => starts[column + 1]++);
        for (var column = 0; column < frame.Columns; column++)
            starts[column + 1] += starts[column];
        var dealt = new CellEdge[starts[^1]];
        var next = starts[..^1];
        ForEach(frame, edges, (column, edge) => dealt[next[column]++] = edge);
        return (starts, dealt);
    }

    private static void ForEach(CellFrame frame, RowEdge[] edges, Action<int, CellEdge> visit)
    {
        var margin = CellGeometry.Margin(frame.Shift);
        foreach (ref readonly var edge in edges.AsSpan())
        {
            var first = (int)Math.Max(0, (Math.Min(edge.X, edge.X + edge.DX) - margin) >> frame.Shift);
            var last = (int)Math.Min(frame.Columns - 1, (Math.Max(edge.X, edge.X + edge.DX) + margin) >> frame.Shift);
            for (var column = first; column <= last; column++)
            {
                var x = (int)(edge.X - ((long)column << frame.Shift));
                var local = new CellEdge(x, edge.Y, x + edge.DX, edge.Y + edge.DY, edge.Rank);
                if (first == last || CellGeometry.Meets(local.AX, local.AY, local.BX, local.BY, 0, 0, frame.Size, margin))
                    visit(column, local);
            }
        }
    }
}
