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
    private readonly Dictionary<int, int[]> claimantsOf = [];

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
    public int[] GridsOf(int claims)
    {
        ref var claimants = ref CollectionsMarshal.GetValueRefOrAddDefault(claimantsOf, claims, out _);
        if (claimants is null)
        {
            var entries = windings.Entries(claims);
            claimants = new int[entries.Length];
            for (var i = 0; i < entries.Length; i++)
                claimants[i] = WindingTable.GridOf(entries[i]);
            Array.Sort(claimants, (a, b) => grids[a].Level != grids[b].Level ? grids[a].Level.CompareTo(grids[b].Level) : a.CompareTo(b));
        }
        return claimants;
    }

    /// <summary>On how many levels, from the outermost on, a place with <paramref name="taken"/> would belong to one of those who claim it now.</summary>
    public int Agreement(int claims, int taken)
    {
        int[] now = GridsOf(claims), then = GridsOf(taken);
        for (var level = 1; level <= CoverageGrid.MaxLevel; level++)
        {
            var receiver = FirstAt(then, level);
            if (receiver >= 0 ? !now.Contains(receiver) : FirstAt(now, level) >= 0)
                return level - 1;
        }
        return CoverageGrid.MaxLevel;
    }

    private int FirstAt(int[] claimants, int level)
    {
        foreach (var grid in claimants)
            if (grids[grid].Level == level)
                return grid;
        return -1;
    }
}
