namespace GridMap.Core.Coverages;

/// <summary>Checks the grids that a coverage is made for.</summary>
internal static class GridList
{
    public static CoverageGrid[] Of(IEnumerable<CoverageGrid> grids, string parameter)
    {
        CoverageGrid[] list = [.. grids];
        var ids = new HashSet<long>(list.Length);
        foreach (var grid in list)
        {
            if (!ids.Add(grid.Id))
                throw new ArgumentException($"Grid {grid.Id} comes twice.", parameter);
            if (grid.Level is < 1 or > CoverageGrid.MaxLevel)
                throw new ArgumentException($"Grid {grid.Id} is on level {grid.Level}; levels are 1 to {CoverageGrid.MaxLevel}.", parameter);
        }
        return list;
    }
}
