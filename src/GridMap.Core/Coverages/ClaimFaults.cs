using System.Runtime.InteropServices;

namespace GridMap.Core.Coverages;

/// <summary>What is wrong with the claims on a place.</summary>
internal enum ClaimFault
{
    /// <summary>One chain from the outermost level inwards; it may end early where a grid has no children.</summary>
    None,

    /// <summary>Nobody claims it on a level where somebody should.</summary>
    Gap,

    /// <summary>Several grids claim it on a level.</summary>
    Overlap,

    /// <summary>A grid claims it whose parent does not.</summary>
    ChildOutside,
}

/// <summary>Judges claims, by their numbers in a <see cref="WindingTable"/>. Not thread safe.</summary>
internal sealed class ClaimFaults
{
    private readonly CoverageGrid[] grids;
    private readonly GridHierarchy hierarchy;
    private readonly WindingTable windings;
    private readonly Dictionary<int, (ClaimFault, int)> known = [];

    public ClaimFaults(CoverageGrid[] grids, GridHierarchy hierarchy, WindingTable windings)
    {
        this.grids = grids;
        this.hierarchy = hierarchy;
        this.windings = windings;
    }

    /// <summary>The fault on the outermost level that has one, and that level (0 for none).</summary>
    public (ClaimFault Fault, int Level) Of(int claims)
    {
        ref var answer = ref CollectionsMarshal.GetValueRefOrAddDefault(known, claims, out var exists);
        if (!exists)
            answer = hierarchy.Judge(GridsOf(claims));
        return answer;
    }

    /// <summary>The grids that claim, outer levels first.</summary>
    public List<int> GridsOf(int claims)
    {
        var claimants = new List<int>();
        foreach (var entry in windings.Entries(claims))
            claimants.Add(WindingTable.GridOf(entry));
        claimants.Sort((a, b) => grids[a].Level != grids[b].Level ? grids[a].Level.CompareTo(grids[b].Level) : a.CompareTo(b));
        return claimants;
    }

    /// <summary>On how many levels, from the outermost on, a place with <paramref name="taken"/> would belong to one of those who claim it now.</summary>
    public int Agreement(int claims, int taken)
    {
        var (now, then) = (GridsOf(claims), GridsOf(taken));
        for (var level = 1; level <= CoverageGrid.MaxLevel; level++)
        {
            var before = now.FindAll(grid => grids[grid].Level == level);
            var after = then.FindAll(grid => grids[grid].Level == level);
            if (before.Count == 0 ? after.Count > 0 : after.Count == 0 || !before.Contains(after[0]))
                return level - 1;
        }
        return CoverageGrid.MaxLevel;
    }
}
