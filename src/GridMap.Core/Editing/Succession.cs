namespace GridMap.Core.Editing;

/// <summary>
/// Who follows whom, over all edits of a plan: whose ground a new grid was, and into which grid one that is gone was merged. Immutable; thread safe.
/// </summary>
/// <param name="Parts">New grids, each with the grid of the base from which it came.</param>
/// <param name="Merged">Grids of the base that are gone by a merge, each with the grid that it went into.</param>
public sealed record Succession(IReadOnlyDictionary<long, long> Parts, IReadOnlyDictionary<long, long> Merged)
{
    /// <summary>Follows the edits in their order.</summary>
    /// <param name="edits">Kind and lineage of each, without those that were taken back.</param>
    /// <param name="isInBase">Whether a grid is one of the base.</param>
    /// <param name="isInPlan">Whether a grid is one of the plan's state.</param>
    public static Succession Of(IEnumerable<(string Kind, IReadOnlyList<LineageShare> Lineage)> edits, Func<long, bool> isInBase, Func<long, bool> isInPlan)
    {
        var origins = new Dictionary<long, long>();
        var merged = new Dictionary<long, long>();
        foreach (var (kind, lineage) in edits)
        {
            foreach (var share in lineage.Where(share => share.FromId != share.ToId).OrderByDescending(share => share.Share))
            {
                if (kind == "merge")
                    merged[share.FromId] = share.ToId;
                else if (!isInBase(share.ToId))
                    origins.TryAdd(share.ToId, share.FromId);
            }
        }

        return new Succession(
            Followed(origins, origins.Keys.Where(isInPlan), isInBase),
            Followed(merged, merged.Keys.Where(gone => isInBase(gone) && !isInPlan(gone)), isInPlan));
    }

    /// <summary>Each grid with the first one after it that counts.</summary>
    private static Dictionary<long, long> Followed(Dictionary<long, long> next, IEnumerable<long> starts, Func<long, bool> counts)
    {
        var found = new Dictionary<long, long>();
        foreach (var start in starts)
        {
            var at = start;

            // Bounded by the number of entries: a grid may have been merged, brought back and merged the other way round.
            for (var steps = 0; steps <= next.Count && next.TryGetValue(at, out var further); steps++)
            {
                at = further;
                if (counts(at))
                {
                    found[start] = at;
                    break;
                }
            }
        }

        return found;
    }
}
