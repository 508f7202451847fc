using GridMap.Core.Grids;

namespace GridMap.Core.Locating;

/// <summary>Who answers where several grids cover a point: the deepest level, in it the lowest code. Stateless and thread safe.</summary>
internal static class AnswerOrder
{
    /// <summary>All positions, who answers first.</summary>
    public static int[] Of(IReadOnlyList<GridShape> grids)
    {
        var order = new int[grids.Count];
        var next = 0;
        foreach (var level in grids.Select(grid => grid.Level).Distinct().OrderDescending())
        {
            var start = next;
            for (var i = 0; i < grids.Count; i++)
            {
                if (grids[i].Level == level)
                    order[next++] = i;
            }
            // Mostly they are in order already, as those of a generation are.
            var own = order.AsSpan(start..next);
            if (!IsSorted(grids, own))
                own.Sort((a, b) => string.CompareOrdinal(grids[a].Code, grids[b].Code));
        }
        return order;
    }

    /// <summary>The order cut into its levels, deepest first.</summary>
    public static IEnumerable<int[]> ByLevel(IReadOnlyList<GridShape> grids, int[] order)
    {
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && grids[order[end]].Level == grids[order[start]].Level)
                end++;
            yield return order[start..end];
            start = end;
        }
    }

    private static bool IsSorted(IReadOnlyList<GridShape> grids, ReadOnlySpan<int> order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (string.CompareOrdinal(grids[order[i - 1]].Code, grids[order[i]].Code) > 0)
                return false;
        }
        return true;
    }
}
