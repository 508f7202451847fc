using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>From which zoom on each level is drawn. Immutable and thread safe.</summary>
internal sealed class GridLevels
{
    // 8 CSS pixels of a tile drawn 512 pixels wide: below that a level is a mesh of lines, and its tiles are large.
    private const double MinWidthUnits = 8 * MvtWriter.Extent / 512.0;

    // Names are short words of two or more signs; on grids narrower than 20 CSS pixels hardly one fits.
    private const double MinNamedUnits = 20 * MvtWriter.Extent / 512.0;

    private readonly int[] minZooms;
    private readonly int[] labelZooms;

    public GridLevels(Coverage coverage, ProjectedArcs arcs)
    {
        var boxes = new Box[coverage.Grids.Count];
        Array.Fill(boxes, Box.Empty);
        for (var arc = 0; arc < coverage.Arcs.Count; arc++)
        {
            var box = Box.Around(arcs.Of(arc));
            foreach (var face in (ReadOnlySpan<int>)[coverage.Arcs[arc].LeftFace, coverage.Arcs[arc].RightFace])
            {
                foreach (var grid in coverage.Faces[face].Claims)
                    boxes[grid] = boxes[grid].With(box);
            }
        }

        var sides = coverage.Grids.Select((grid, i) => (grid.Level, boxes[i].Side)).Where(grid => grid.Side >= 0)
            .ToLookup(grid => grid.Level, grid => grid.Side);
        Deepest = sides.Count == 0 ? 0 : sides.Max(level => level.Key);
        minZooms = new int[Deepest + 1];
        labelZooms = new int[Deepest + 1];
        for (var level = 1; level <= Deepest; level++)
        {
            var sorted = sides[level].Order().ToArray();
            minZooms[level] = level == 1 ? 0 : Math.Max(minZooms[level - 1], FirstZoom(sorted, MinWidthUnits));
            labelZooms[level] = Math.Max(minZooms[level], FirstZoom(sorted, MinNamedUnits));
        }
    }

    /// <summary>The innermost level that has grids; 0 when there is none.</summary>
    public int Deepest { get; }

    /// <summary>
    /// The first zoom that draws a level: where the median grid is wide enough. Level 1 is always drawn, and no level before its parents.
    /// </summary>
    public int MinZoom(int level) => minZooms[level];

    /// <summary>The first zoom on which a name fits on the median grid of a level; its polygons there say where names stand.</summary>
    public int LabelZoom(int level) => labelZooms[level];

    /// <summary>The first zoom that names the grids of a level; level 1 is always named.</summary>
    public int LabelMinZoom(int level) => level == 1 ? 0 : labelZooms[level];

    /// <summary>The innermost level that a zoom draws.</summary>
    public int DeepestAt(int z)
    {
        var deepest = Deepest;
        while (deepest > 1 && minZooms[deepest] > z)
            deepest--;
        return deepest;
    }

    /// <summary>The last zoom that draws nothing deeper than a level.</summary>
    public int LastZoomOf(int level)
    {
        var z = TileScale.MaxZ;
        while (z > 0 && DeepestAt(z) > level)
            z--;
        return z;
    }

    private static int FirstZoom(double[] sorted, double width)
    {
        var z = 0;
        while (sorted.Length > 0 && z < TileScale.MaxZ && sorted[sorted.Length / 2] / new TileScale(z).Unit < width)
            z++;
        return z;
    }

    // In fine units.
    private readonly record struct Box(long West, long North, long East, long South)
    {
        public static Box Empty { get; } = new(long.MaxValue, long.MaxValue, long.MinValue, long.MinValue);

        /// <summary>The side of a square of its area; -1 when it is empty.</summary>
        public double Side => East < West ? -1 : Math.Sqrt((double)(East - West) * (South - North));

        public static Box Around(ReadOnlySpan<MercatorPoint> points)
        {
            var around = Empty;
            foreach (var (x, y) in points)
                around = around.With(new Box(x, y, x, y));
            return around;
        }

        public Box With(Box other) => new(
            Math.Min(West, other.West), Math.Min(North, other.North), Math.Max(East, other.East), Math.Max(South, other.South));
    }
}
