namespace GridMap.Core.Locating.Cells;

/// <summary>One edge of one grid's ring in one row of top cells: lattice units, x from the frame's western side, y from the row's southern side.</summary>
internal readonly record struct RowEdge(long X, int Y, int DX, int DY, int Rank);

/// <summary>One edge of one grid's ring in one top cell: lattice units from its south-west corner.</summary>
internal readonly record struct CellEdge(int AX, int AY, int BX, int BY, int Rank);
