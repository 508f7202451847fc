namespace GridMap.Core.Coverages;

/// <summary>Two edges that share more than a common end.</summary>
internal readonly record struct EdgeConflict(int Edge, int Other);

/// <summary>Exact test whether edges meet in their ends only. Expected linear time.</summary>
internal static class PlanarityCheck
{
    /// <summary>The pairs of edges that cross, overlap, or touch within one of them; none when edges meet in their ends only.</summary>
    /// <param name="index">The edges.</param>
    /// <param name="limit">As many are looked for at most.</param>
    public static List<EdgeConflict> Conflicts(EdgeIndex index, int limit)
    {
        var conflicts = new List<EdgeConflict>();
        var known = new HashSet<(int, int)>();
        for (var cell = 0; cell < index.CellCount && conflicts.Count < limit; cell++)
        {
            var near = index.EdgesIn(cell);
            for (var i = 0; i < near.Length; i++)
            {
                var edge = near[i];
                var (a, b) = (index.From(edge), index.To(edge));
                for (var j = i + 1; j < near.Length; j++)
                {
                    var other = near[j];
                    if (EdgeRelation.Meet(a, b, index.From(other), index.To(other)) && known.Add((edge, other)) && conflicts.Count < limit)
                        conflicts.Add(new EdgeConflict(edge, other));
                }
            }
        }
        return conflicts;
    }
}
