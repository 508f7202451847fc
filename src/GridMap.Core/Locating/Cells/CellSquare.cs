namespace GridMap.Core.Locating.Cells;

/// <summary>One cell, in units from the south-west corner of its top cell. An immutable value.</summary>
internal readonly record struct CellSquare(int X, int Y, int Shift)
{
    public int Size => 1 << Shift;

    /// <summary>See <see cref="CellGeometry.Margin"/>.</summary>
    public int Margin => CellGeometry.Margin(Shift);

    /// <summary>The lattice point that stands so many sixteenths of the side east and north of the middle.</summary>
    public (int X, int Y) RasterPoint(int rasterX, int rasterY) =>
        (X + Size / 2 + rasterX * (Size >> 4), Y + Size / 2 + rasterY * (Size >> 4));

    /// <summary>One of the 2^bits by 2^bits cells in it.</summary>
    public CellSquare Child(int bits, int column, int row) => new(X + (column << (Shift - bits)), Y + (row << (Shift - bits)), Shift - bits);
}
