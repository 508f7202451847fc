using System.Collections.Immutable;
using GridMap.Core.Grids;

namespace GridMap.Core.Locating;

/// <summary>Follows the parent links of the grids of one state. Stateless and thread safe.</summary>
public static class Ancestry
{
    /// <summary>For each grid the positions of its ancestors and itself, outermost first. A parent that is not in the list ends the chain there.</summary>
    /// <exception cref="ArgumentException">An id stands twice, or a parent is not of an outer level.</exception>
    public static ImmutableArray<int>[] Chains(IReadOnlyList<GridShape> grids)
    {
        var positions = new Dictionary<long, int>(grids.Count);
        for (var i = 0; i < grids.Count; i++)
        {
            if (!positions.TryAdd(grids[i].Id, i))
                throw new ArgumentException($"Grid id {grids[i].Id} stands twice, as {grids[positions[grids[i].Id]].Code} and {grids[i].Code}.", nameof(grids));
        }
        var chains = new ImmutableArray<int>[grids.Count];
        // Outer levels first, so that a parent's chain is there when its children extend it.
        foreach (var i in Enumerable.Range(0, grids.Count).OrderBy(i => grids[i].Level))
            chains[i] = grids[i].ParentId is { } id && positions.TryGetValue(id, out var parent) ? Extend(grids, chains, parent, i) : [i];
        return chains;
    }

    private static ImmutableArray<int> Extend(IReadOnlyList<GridShape> grids, ImmutableArray<int>[] chains, int parent, int child) =>
        grids[parent].Level < grids[child].Level
            ? chains[parent].Add(child)
            : throw new ArgumentException($"Grid {grids[child].Code} has a parent, {grids[parent].Code}, that is not of an outer level.", nameof(grids));
}
