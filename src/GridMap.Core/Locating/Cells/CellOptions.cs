namespace GridMap.Core.Locating.Cells;

/// <summary>How finely an index divides. An immutable value.</summary>
/// <param name="TopCells">At most so many cells in the top grid, of 4 bytes each: they should stay in the processor's own cache.</param>
/// <param name="PointsPerLeaf">At most so many points in a leaf: 9 are looked at in one go and lie in one line of the cache, 17 in two.</param>
/// <param name="DivideBy">A cell is divided into about so many times as many as it would need if edges were spread evenly.</param>
internal sealed record CellOptions(int TopCells = 80_000, int PointsPerLeaf = 9, int DivideBy = 2)
{
    // From here on memory counts more than the last nanoseconds: most leaves must be fetched from afar anyway.
    private const long ManyEdges = 8_000_000;

    /// <summary>What suits a territory with so many edges, those of every ring counted.</summary>
    public static CellOptions For(long edges) => edges < ManyEdges ? new CellOptions() : new CellOptions(PointsPerLeaf: 18);
}
