using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// The plane as the levels from 1 to a deepest one divide it: faces that belong to the same grids on all of them are one region.
/// Immutable and thread safe.
/// </summary>
internal sealed class GridRegions
{
    private readonly int[] regionOfFace;

    // By level - 1, then by region.
    private readonly int[][] grids;

    public GridRegions(Coverage coverage, int deepestLevel)
    {
        var regions = new Dictionary<(int, int, int, int, int, int), int>();
        var found = Enumerable.Range(0, deepestLevel).Select(_ => new List<int>()).ToArray();
        var at = new int[CoverageGrid.MaxLevel];
        Array.Fill(at, None);
        regionOfFace = new int[coverage.Faces.Count];
        for (var face = 0; face < regionOfFace.Length; face++)
        {
            for (var level = 1; level <= deepestLevel; level++)
                at[level - 1] = coverage.Faces[face].GridAt(level);
            var key = (at[0], at[1], at[2], at[3], at[4], at[5]);
            if (!regions.TryGetValue(key, out regionOfFace[face]))
            {
                regions.Add(key, regionOfFace[face] = regions.Count);
                for (var level = 1; level <= deepestLevel; level++)
                    found[level - 1].Add(at[level - 1]);
            }
        }

        Count = regions.Count;
        grids = Array.ConvertAll(found, of => of.Append(Beyond).ToArray());
    }

    /// <summary>Where a region is in no grid of a level.</summary>
    public const int None = -1;

    /// <summary>What stands for a grid in <see cref="Void"/>.</summary>
    public const int Beyond = -2;

    /// <summary>The number of regions; region 0 is outside of all grids.</summary>
    public int Count { get; }

    /// <summary>What lies beyond the side of a tile, where nothing is drawn.</summary>
    public int Void => Count;

    /// <summary>The innermost level that counts.</summary>
    public int DeepestLevel => grids.Length;

    public int Of(int face) => regionOfFace[face];

    /// <summary>By region, the index of the level's grid there, <see cref="None"/> or <see cref="Beyond"/>.</summary>
    public ReadOnlySpan<int> GridsAt(int level) => grids[level - 1];

    /// <summary>The outermost level on which two regions differ.</summary>
    public int OutermostBorder(int one, int other)
    {
        var level = 1;
        while (grids[level - 1][one] == grids[level - 1][other])
            level++;
        return level;
    }
}
