using GridMap.Core.Editing;

namespace GridMap.Core.Progress;

/// <summary>Which grid of today has most of the ground of one that is gone. Pure; safe from many threads.</summary>
public static class Heirs
{
    /// <summary>Follows the ground of a grid through generations.</summary>
    /// <param name="id">The grid that is gone.</param>
    /// <param name="lineage">Where ground went, all generations together.</param>
    /// <param name="isThere">Whether a grid is there today; ground that came to it goes no further.</param>
    /// <returns>The grid with the largest share, of equal ones the lowest number; null when none of its ground came to a grid that is there.</returns>
    public static long? Of(long id, ILookup<long, LineageShare> lineage, Func<long, bool> isThere)
    {
        var shares = new Dictionary<long, double>();
        Follow(id, 1, [id]);
        return shares.Count == 0 ? null : shares.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;

        void Follow(long from, double share, HashSet<long> passed)
        {
            foreach (var step in lineage[from].Where(step => !passed.Contains(step.ToId)))
            {
                if (isThere(step.ToId))
                    shares[step.ToId] = shares.GetValueOrDefault(step.ToId) + share * step.Share;
                else
                    Follow(step.ToId, share * step.Share, [.. passed, step.ToId]);
            }
        }
    }
}
