namespace GridMap.Core.Locating.Cells;

/// <summary>Chooses the reference point of a leaf: one that no edge comes near, so that rounding the edges leaves it on the same side of each.</summary>
internal static class ReferencePoint
{
    /// <summary>Sixteenths of the side from the middle; null when all of the raster is near some edge.</summary>
    public static (int X, int Y)? Find(CellEdges edges, CellSquare cell, ReadOnlySpan<int> own)
    {
        // Nearest to the middle first: short ways cross least.
        for (var ring = 0; ring <= CellLeaf.MostRasterSteps; ring++)
        {
            for (var y = -ring; y <= ring; y++)
            {
                for (var x = -ring; x <= ring; x++)
                {
                    if (Math.Max(Math.Abs(x), Math.Abs(y)) == ring && IsFar(edges, cell, own, cell.RasterPoint(x, y)))
                        return (x, y);
                }
            }
        }
        return null;
    }

    private static bool IsFar(CellEdges edges, CellSquare cell, ReadOnlySpan<int> own, (int X, int Y) point)
    {
        long step = 1 << CellGeometry.StepShift(cell.Shift);
        foreach (var e in own)
        {
            int ax = edges.X(e), ay = edges.Y(e), bx = edges.X(e + 1), by = edges.Y(e + 1);
            if (point.X < Math.Min(ax, bx) - 2 * step || point.X > Math.Max(ax, bx) + 2 * step
                || point.Y < Math.Min(ay, by) - 2 * step || point.Y > Math.Max(ay, by) + 2 * step)
                continue;
            var reach = 2 * step * (Math.Abs((long)bx - ax) + Math.Abs((long)by - ay));
            if (Math.Abs(CellGeometry.Orientation(ax, ay, bx, by, point.X, point.Y)) <= reach)
                return false;
        }
        return true;
    }
}
