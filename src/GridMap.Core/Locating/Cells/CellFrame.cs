namespace GridMap.Core.Locating.Cells;

/// <summary>
/// The top grid of square cells that covers a territory: cells of 2^<see cref="Shift"/> lattice units, counted from the south-west
/// corner, which lies a little outside of everything. An immutable value.
/// </summary>
/// <param name="OriginX">Western side, lattice units.</param>
/// <param name="OriginY">Southern side, lattice units.</param>
/// <param name="Shift">Binary logarithm of a cell's side in lattice units.</param>
/// <param name="Columns">Cells from west to east.</param>
/// <param name="Rows">Cells from south to north.</param>
internal readonly record struct CellFrame(long OriginX, long OriginY, int Shift, int Columns, int Rows)
{
    /// <summary>Cells of fewer units than this (5 cm) serve nobody.</summary>
    public const int MinShift = 6;

    /// <summary>Up to here products of differences within a cell fit 62 bits, for edges of up to as many units.</summary>
    public const int MaxShift = 29;

    // West and south of everything, so that the first cell of a row begins outside.
    private const int Rim = 8;

    /// <summary>The finest frame of at most so many cells.</summary>
    /// <param name="box">Of all vertices; not empty.</param>
    /// <param name="mostCells">At least 1; exceeded only where a cell of the largest size would be.</param>
    public static CellFrame Around(LatticeBox box, long mostCells)
    {
        for (var shift = MinShift; ; shift++)
        {
            var columns = ((box.MaxX - box.MinX + 2 * Rim) >> shift) + 1;
            var rows = ((box.MaxY - box.MinY + 2 * Rim) >> shift) + 1;
            if (columns * rows <= mostCells || shift == MaxShift)
                return new CellFrame(box.MinX - Rim, box.MinY - Rim, shift, (int)columns, (int)rows);
        }
    }

    /// <summary>A cell's side in lattice units.</summary>
    public int Size => 1 << Shift;

    /// <summary>Lattice units from the western to the eastern side.</summary>
    public ulong Width => (ulong)Columns << Shift;

    /// <summary>Lattice units from the southern to the northern side.</summary>
    public ulong Height => (ulong)Rows << Shift;
}
