using GridMap.Core.Grids;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Builds a cell index: deals all edges to rows of top cells, builds the rows side by side, and lays them end to end. The result
/// does not depend on the number of processors. Stateless and thread safe.
/// </summary>
internal static class CellIndexBuilder
{
    // Fewer edges a top cell than this would make the top grid the larger part.
    private const int EdgesPerTopCell = 8;

    /// <summary>Builds the index of grids.</summary>
    /// <param name="grids">Polygons on the lattice.</param>
    /// <param name="order">All positions, deepest level first, in a level by code: who comes first answers.</param>
    /// <param name="options">How finely to divide; null for what suits the number of edges.</param>
    /// <exception cref="ArgumentException">A polygon is empty, off the lattice or has an edge that is too long.</exception>
    public static CellIndex Build(IReadOnlyList<GridShape> grids, int[] order, CellOptions? options)
    {
        var (box, edges) = Measure(grids);
        if (edges == 0)
            return CellIndex.Empty;
        options ??= CellOptions.For(edges);
        var frame = CellFrame.Around(box, Math.Clamp(edges / EdgesPerTopCell, 1, options.TopCells));
        var ranks = new int[grids.Count];
        for (var rank = 0; rank < order.Length; rank++)
            ranks[order[rank]] = rank;
        try
        {
            return Assemble(frame, BuildRows(frame, EdgeRows.Deal(grids, ranks, frame), order, options), options);
        }
        catch (AggregateException e) when (e.GetBaseException() is ArgumentException refusal)
        {
            throw new ArgumentException(refusal.Message, nameof(grids), e);
        }
    }

    private static CellRow[] BuildRows(CellFrame frame, RowEdge[][] dealt, int[] order, CellOptions options)
    {
        var rows = new CellRow[frame.Rows];
        Parallel.For(0, frame.Rows, () => new CellBuilder(order, options), (row, _, builder) =>
        {
            rows[row] = CellRow.Build(frame, dealt[row], builder);
            dealt[row] = [];
            return builder;
        }, _ => { });
        return rows;
    }

    private static (LatticeBox Box, long Edges) Measure(IReadOnlyList<GridShape> grids)
    {
        var box = LatticeBox.Empty;
        long edges = 0;
        foreach (var grid in grids)
        {
            if (grid.Polygon.IsEmpty)
                throw new ArgumentException($"Grid {grid.Code}: the polygon is empty.", nameof(grids));
            box = box.Union(LatticeRings.BoxOf(grid.Polygon));
            edges += grid.Polygon.NumPoints;
        }
        return (box, edges);
    }

    private static CellIndex Assemble(CellFrame frame, CellRow[] rows, CellOptions options)
    {
        var header = CellHeader.Words + (frame.Columns * frame.Rows + LeafRoom.CacheLine - 1 & -LeafRoom.CacheLine);
        var words = CellMemory.Allocate(header + rows.Sum(row => (long)row.Words.Length) + CellLeaf.Padding);
        CellHeader.Write(words.Span, frame, options.PointsPerLeaf);
        var (cells, next) = (CellHeader.Words, header);
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var entry in rows[i].Entries)
            {
                words.Span[cells++] = CellEntry.IsNode(entry) || CellEntry.IsLeaf(entry)
                    ? CellEntry.WithPlace(entry, CellEntry.Place(entry) + next / CellEntry.BlockUnit)
                    : entry;
            }
            rows[i].Words.CopyTo(words.Span[next..]);
            next += rows[i].Words.Length;
            rows[i] = default;
        }
        return new CellIndex(words);
    }
}
