using System.Runtime.InteropServices;

namespace GridMap.Core.Coverages;

/// <summary>
/// Turns windings into claims: a grid claims a face when its outline winds around it in the positive sense, and a dissolved grid
/// claims what its children claim. Claims are winding vectors of ones, interned in the same table. Not thread safe.
/// </summary>
internal sealed class GridClaims
{
    private readonly WindingTable windings;
    private readonly int[] dissolvedParents;
    private readonly Dictionary<int, int> claims = [];

    /// <param name="hierarchy">Who is whose parent.</param>
    /// <param name="isDissolved">By grid: it has no outline of its own.</param>
    /// <param name="windings">Where vectors are interned.</param>
    public GridClaims(GridHierarchy hierarchy, ReadOnlySpan<bool> isDissolved, WindingTable windings)
    {
        this.windings = windings;
        dissolvedParents = new int[isDissolved.Length];
        for (var grid = 0; grid < isDissolved.Length; grid++)
        {
            var parent = hierarchy.ParentOf(grid);
            dissolvedParents[grid] = parent >= 0 && isDissolved[parent] ? parent : -1;
        }
    }

    /// <summary>The claims that a winding vector stands for.</summary>
    public int Of(int vector)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(claims, vector, out var exists);
        return exists ? known : known = Normalize(windings.Entries(vector));
    }

    private int Normalize(ReadOnlySpan<long> entries)
    {
        var claimants = new SortedSet<int>();
        foreach (var entry in entries)
        {
            if (WindingTable.WindingOf(entry) <= 0)
                continue;
            for (var grid = WindingTable.GridOf(entry); grid >= 0; grid = dissolvedParents[grid])
                claimants.Add(grid);
        }
        var ones = new List<long>(claimants.Count);
        foreach (var grid in claimants)
            ones.Add(WindingTable.Entry(grid, 1));
        return windings.Intern(CollectionsMarshal.AsSpan(ones));
    }
}
