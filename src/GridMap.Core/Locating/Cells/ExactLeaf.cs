using System.Numerics;

namespace GridMap.Core.Locating.Cells;

/// <summary>Decides a leaf by the exact points of its lines, border and all. Stateless and thread safe.</summary>
internal static unsafe class ExactLeaf
{
    /// <summary>The best grid that covers a point (a position; -1 for none), and whether the point lies on its border.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="shift">Binary logarithm of the cell's side.</param>
    /// <param name="x">The point from the frame's western side, lattice units; the low bits suffice.</param>
    /// <param name="y">The same from its southern side.</param>
    /// <param name="topShift">Binary logarithm of the side of a top cell.</param>
    public static (int Grid, bool OnBorder) Find(uint* leaf, int shift, uint x, uint y, int topShift)
    {
        var mask = (1u << topShift) - 1;
        return Find(leaf, shift, (int)(x & mask), (int)(y & mask));
    }

    private static (int Grid, bool OnBorder) Find(uint* leaf, int shift, int x, int y)
    {
        var header = *leaf;
        var (inside, onBorder) = (CellLeaf.Inside(header), 0u);
        var (rx, ry) = Reference(header, shift, x, y);
        var masks = CellLeaf.Masks(leaf);
        var grids = CellLeaf.Grids(leaf);
        var line = grids + CellLeaf.GridCount(header);
        for (var i = 0; i < CellLeaf.LineCount(header); i++, line++)
        {
            var separates = (uint)*masks;
            var points = CellLeaf.ExactPoints(leaf, *line);
            var end = points + 2 * CellLeaf.EdgesOf(*line);
            for (; points < end; points += 2)
            {
                if (CellGeometry.IsOn(points[0], points[1], points[2], points[3], x, y))
                    onBorder |= separates;
                else if (CellGeometry.Crosses(points[0], points[1], points[2], points[3], rx, ry, x, y))
                    inside ^= separates;
            }
            // Between two lines there is one edge that is none.
            masks += CellLeaf.EdgesOf(*line) + 1;
        }
        var covering = inside | onBorder;
        if (covering == 0)
            return (-1, false);
        var best = BitOperations.TrailingZeroCount(covering);
        return ((int)grids[best], (onBorder >> best & 1) != 0);
    }

    private static (int X, int Y) Reference(uint header, int shift, int x, int y)
    {
        var step = CellGeometry.StepShift(shift);
        var steps = 1 << (shift - step);
        var (rx, ry) = CellLeaf.Reference(header, steps);
        var corner = ~((1 << shift) - 1);
        return ((x & corner) + (rx << step), (y & corner) + (ry << step));
    }
}
