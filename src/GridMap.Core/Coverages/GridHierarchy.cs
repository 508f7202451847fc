namespace GridMap.Core.Coverages;

/// <summary>Who is whose parent, by index. Immutable and thread safe.</summary>
internal sealed class GridHierarchy
{
    private readonly CoverageGrid[] grids;
    private readonly int[] parents;
    private readonly bool[] hasChildren;
    private readonly int outermost;

    public GridHierarchy(CoverageGrid[] grids)
    {
        this.grids = grids;
        var byId = new Dictionary<long, int>(grids.Length);
        for (var grid = 0; grid < grids.Length; grid++)
            byId.Add(grids[grid].Id, grid);
        parents = new int[grids.Length];
        hasChildren = new bool[grids.Length];
        outermost = int.MaxValue;
        for (var grid = 0; grid < grids.Length; grid++)
        {
            outermost = Math.Min(outermost, grids[grid].Level);
            parents[grid] = grids[grid].ParentId is { } id && byId.TryGetValue(id, out var parent) && grids[parent].Level == grids[grid].Level - 1
                ? parent
                : -1;
            if (parents[grid] >= 0)
                hasChildren[parents[grid]] = true;
        }
    }

    /// <summary>The grid's parent on the next outer level, -1 if it has none there.</summary>
    public int ParentOf(int grid) => parents[grid];

    /// <summary>True when the grid should have a parent among the grids and has none: orphaned, or hung on a grid of a wrong level.</summary>
    public bool IsOrphan(int grid) => parents[grid] < 0 && grids[grid].Level > outermost;

    /// <summary>True when the grid is a parent.</summary>
    public bool HasChildren(int grid) => hasChildren[grid];

    /// <summary>What is wrong on the outermost level where something is.</summary>
    /// <param name="claimants">Those who claim a place, outer levels first.</param>
    public (ClaimFault Fault, int Level) Judge(ReadOnlySpan<int> claimants)
    {
        if (claimants.Length == 0)
            return (ClaimFault.Gap, outermost);
        for (var i = 0; i < claimants.Length; i++)
        {
            var level = grids[claimants[i]].Level;
            if (i + 1 < claimants.Length && grids[claimants[i + 1]].Level == level)
                return (ClaimFault.Overlap, level);
            if (parents[claimants[i]] >= 0 && !claimants.Contains(parents[claimants[i]]))
                return (ClaimFault.ChildOutside, level);
        }
        var innermost = claimants[^1];
        return hasChildren[innermost] ? (ClaimFault.Gap, grids[innermost].Level + 1) : (ClaimFault.None, 0);
    }
}
