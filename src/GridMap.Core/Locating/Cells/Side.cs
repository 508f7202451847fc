namespace GridMap.Core.Locating.Cells;

/// <summary>A side of a cell, through which a known point is moved into the next cell. An immutable value.</summary>
internal readonly record struct Side(int X, int Y)
{
    public static Side East { get; } = new(1, 0);

    public static Side West { get; } = new(-1, 0);

    public static Side North { get; } = new(0, 1);

    public static Side South { get; } = new(0, -1);

    /// <summary>Moves a known point of the cell onto this side of it.</summary>
    /// <param name="edges">The edges of the top cell.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="own">Those that come near the cell: also all that come near the side from the other cell.</param>
    /// <param name="point">The point.</param>
    public void Pass(CellEdges edges, CellSquare cell, ReadOnlySpan<int> own, ref KnownPoint point)
    {
        var (x, y) = FreePoint(edges, cell, own);
        edges.Move(ref point, x, y, own);
    }

    private (int X, int Y) FreePoint(CellEdges edges, CellSquare cell, ReadOnlySpan<int> own)
    {
        // A border may run along the side: one unit beside it both cells still know all edges. Ever finer parts of the side, middle first.
        for (var shift = cell.Shift - 1; shift >= 0; shift--)
        {
            for (var along = 1 << shift; along < cell.Size; along += 2 << shift)
            {
                for (var beside = 0; beside <= 2; beside++)
                {
                    var (x, y) = Beside(cell, along, beside == 2 ? -1 : beside);
                    if (edges.IsFree(x, y, own))
                        return (x, y);
                }
            }
        }
        throw new ArgumentException("Borders fill a whole side of a cell.");
    }

    private (int X, int Y) Beside(CellSquare cell, int along, int beside) => X != 0
        ? (cell.X + (X > 0 ? cell.Size : 0) + beside, cell.Y + along)
        : (cell.X + along, cell.Y + (Y > 0 ? cell.Size : 0) + beside);
}
