using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// A coverage as one zoom draws it, in tile units from the world's corner: the simplified arcs, and of each level the polygons that
/// they make. Immutable and thread safe.
/// </summary>
internal sealed class ZoomCoverage
{
    private readonly TilePoint[][] arcs;
    private readonly TileSquare[] arcBoxes;

    // By arc: the outermost level on which it divides two grids, or a grid from none.
    private readonly int[] borderLevels;
    private readonly ZoomLevel[] levels;

    public ZoomCoverage(Coverage coverage, SimplifiedArcs simplified, int deepestLevel, int z)
    {
        Scale = new TileScale(z);
        arcs = SnapRounding.Round(simplified, Scale);
        arcBoxes = Array.ConvertAll(arcs, arc => TileSquare.Around(arc));
        borderLevels = new int[arcs.Length];
        Array.Fill(borderLevels, int.MaxValue);
        levels = new ZoomLevel[deepestLevel];
        for (var level = 1; level <= levels.Length; level++)
        {
            var gridOfFace = coverage.Faces.Select(face => face.GridAt(level)).ToArray();
            for (var arc = 0; arc < arcs.Length; arc++)
            {
                if (gridOfFace[simplified.LeftFace(arc)] != gridOfFace[simplified.RightFace(arc)])
                    borderLevels[arc] = Math.Min(borderLevels[arc], level);
            }

            levels[level - 1] = new ZoomLevel(simplified, arcs, gridOfFace, coverage.Grids.Count);
        }
    }

    public TileScale Scale { get; }

    /// <summary>The levels that the zoom draws, outermost first.</summary>
    public IReadOnlyList<ZoomLevel> Levels => levels;

    /// <summary>Adds the border edges in a square, with the outermost level that each bounds.</summary>
    public void AddBorders(TileSquare square, LineAssembly lines)
    {
        for (var i = 0; i < arcs.Length; i++)
        {
            if (borderLevels[i] > levels.Length || !square.Touches(arcBoxes[i]))
                continue;
            var arc = arcs[i];
            for (var point = 1; point < arc.Length; point++)
            {
                if (square.Contains(arc[point - 1]) && square.Contains(arc[point]))
                    lines.Add(arc[point - 1], arc[point], borderLevels[i]);
            }
        }
    }
}
