using System.Runtime.InteropServices;

namespace GridMap.Core.Locating.Cells;

/// <summary>Numbers the sets of grids that the edges of one top cell separate. A buffer; not thread safe.</summary>
internal sealed class LabelTable
{
    private readonly List<int> ranks = [], starts = [0], wanted = [];
    private readonly Dictionary<int, int> byHash = [];

    public void Clear()
    {
        ranks.Clear();
        starts.Clear();
        starts.Add(0);
        byHash.Clear();
    }

    /// <summary>The ranks of a label, ascending.</summary>
    public ReadOnlySpan<int> Ranks(int label) => CollectionsMarshal.AsSpan(ranks)[starts[label]..starts[label + 1]];

    /// <summary>The label of a set given as a linked list; -1 when nothing is left of it, for a grid that has an edge twice is on both sides.</summary>
    public int Of(int head, List<int> next, List<int> rankOf)
    {
        wanted.Clear();
        for (var node = head; node >= 0; node = next[node])
            Toggle(rankOf[node]);
        if (wanted.Count == 0)
            return -1;
        var hash = 17;
        foreach (var rank in wanted)
            hash = unchecked(hash * 486_187_739 + rank);
        var span = CollectionsMarshal.AsSpan(wanted);
        for (; byHash.TryGetValue(hash, out var label); hash = unchecked(hash + 1))
        {
            if (Ranks(label).SequenceEqual(span))
                return label;
        }
        byHash.Add(hash, starts.Count - 1);
        ranks.AddRange(span);
        starts.Add(ranks.Count);
        return starts.Count - 2;
    }

    private void Toggle(int rank)
    {
        var at = wanted.BinarySearch(rank);
        if (at >= 0)
            wanted.RemoveAt(at);
        else
            wanted.Insert(~at, rank);
    }
}
