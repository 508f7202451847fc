namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Exact decisions about edges and cells in units from the corner of a top cell. Stateless and thread safe.
/// Values are below 2^30 in size, so products fit 62 bits.
/// </summary>
internal static class CellGeometry
{
    /// <summary>A leaf's own coordinates have this many steps a side; larger cells are rounded to them.</summary>
    public const int LeafBits = 15;

    /// <summary>How many lattice units a step of a cell's own coordinates is, as a shift.</summary>
    public static int StepShift(int shift) => Math.Max(0, shift - LeafBits);

    /// <summary>
    /// A cell knows the edges that come as near as this to it, in lattice units: two steps, so that no line ends where
    /// rounding could bring its end into the cell.
    /// </summary>
    public static int Margin(int shift) => 2 << StepShift(shift);

    /// <summary>Twice the signed area of the triangle a, b, c: positive when they turn counter-clockwise.</summary>
    public static long Orientation(long ax, long ay, long bx, long by, long cx, long cy) => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

    /// <summary>Whether the closed edge meets the closed square.</summary>
    public static bool Meets(int ax, int ay, int bx, int by, int x, int y, int size, int margin)
    {
        if (Math.Max(ax, bx) < x - margin || Math.Min(ax, bx) > x + size + margin || Math.Max(ay, by) < y - margin || Math.Min(ay, by) > y + size + margin)
            return false;
        long dx = bx - ax, dy = by - ay;
        var side = dx * (2L * y + size - 2L * ay) - dy * (2L * x + size - 2L * ax);
        return Math.Abs(side) <= (Math.Abs(dx) + Math.Abs(dy)) * (size + 2L * margin);
    }

    /// <summary>Whether the point lies on the closed edge.</summary>
    public static bool IsOn(int ax, int ay, int bx, int by, int x, int y) =>
        x >= Math.Min(ax, bx) && x <= Math.Max(ax, bx) && y >= Math.Min(ay, by) && y <= Math.Max(ay, by)
        && Orientation(ax, ay, bx, by, x, y) == 0;

    /// <summary>
    /// Whether the way from one point straight to another crosses the edge; neither point lies on it. A vertex on the way counts as
    /// left of it, so a line that passes through is crossed once and one that only touches twice or never.
    /// </summary>
    public static bool Crosses(int ax, int ay, int bx, int by, int fromX, int fromY, int toX, int toY)
    {
        if (Orientation(fromX, fromY, toX, toY, ax, ay) >= 0 == Orientation(fromX, fromY, toX, toY, bx, by) >= 0)
            return false;
        return Orientation(ax, ay, bx, by, fromX, fromY) > 0 != Orientation(ax, ay, bx, by, toX, toY) > 0;
    }
}
