namespace GridMap.Core.Locating.Cells;

/// <summary>Puts edges into the 16-bit coordinates of a leaf. An immutable value.</summary>
internal readonly struct LeafDrawing
{
    private readonly (int X, int Y) reference;
    private readonly int step;
    private readonly double west, south, east, north;

    /// <param name="cell">The leaf's cell.</param>
    /// <param name="reference">Its reference point, which becomes 0, 0.</param>
    public LeafDrawing(CellSquare cell, (int X, int Y) reference)
    {
        this.reference = reference;
        step = CellGeometry.StepShift(cell.Shift);
        double overhang = CellLeaf.Overhang << step;
        (west, south) = (cell.X - overhang, cell.Y - overhang);
        (east, north) = ((double)cell.X + cell.Size + overhang, (double)cell.Y + cell.Size + overhang);
    }

    /// <summary>The part of an edge within the cell and its overhang, as two packed points, and whether they are other than its ends.</summary>
    public (uint From, bool FromClipped, uint To, bool ToClipped) Clip(int ax, int ay, int bx, int by)
    {
        double first = 0, last = 1, dx = (double)bx - ax, dy = (double)by - ay;
        Narrow(west - ax, east - ax, dx, ref first, ref last);
        Narrow(south - ay, north - ay, dy, ref first, ref last);
        return (
            first > 0 ? Rounded(ax + first * dx, ay + first * dy) : Rounded(ax, ay), first > 0,
            last < 1 ? Rounded(ax + last * dx, ay + last * dy) : Rounded(bx, by), last < 1);
    }

    private static void Narrow(double low, double high, double along, ref double first, ref double last)
    {
        if (along == 0)
            return;
        var (enter, leave) = along > 0 ? (low / along, high / along) : (high / along, low / along);
        first = Math.Max(first, enter);
        last = Math.Min(last, leave);
    }

    private uint Rounded(int x, int y) => Pack(Rounded(x - reference.X), Rounded(y - reference.Y));

    private int Rounded(int units) => (units + ((1 << step) >> 1)) >> step;

    private uint Rounded(double x, double y) => Pack(
        (int)Math.Round((x - reference.X) / (1 << step)), (int)Math.Round((y - reference.Y) / (1 << step)));

    private static uint Pack(int x, int y) => (ushort)(short)x | (uint)(ushort)(short)y << 16;
}
