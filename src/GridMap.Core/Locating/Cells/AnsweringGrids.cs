using System.Numerics;

namespace GridMap.Core.Locating.Cells;

/// <summary>Which of the grids that meet in a cell can be the answer for a point of it. A buffer; not thread safe.</summary>
internal sealed class AnsweringGrids(CellEdges edges)
{
    // 2^8 states are tried; beyond that all grids stay.
    private const int MostLabels = 8, MostGrids = 32;

    private readonly List<int> labels = [];

    /// <summary>Lists them by rank.</summary>
    /// <param name="own">The edges that come near the cell.</param>
    /// <param name="reference">A point in the cell.</param>
    /// <param name="grids">Is filled with ranks, ascending.</param>
    public void Find(ReadOnlySpan<int> own, in KnownPoint reference, List<int> grids)
    {
        labels.Clear();
        foreach (var e in own)
        {
            if (!labels.Contains(edges.Label(e)))
                labels.Add(edges.Label(e));
        }
        grids.Clear();
        for (var i = 0; i < reference.Count; i++)
            grids.Add(reference.Rank(i));
        foreach (var label in labels)
        {
            foreach (var rank in edges.Ranks(label))
            {
                if (!grids.Contains(rank))
                    grids.Add(rank);
            }
        }
        grids.Sort();
        if (grids.Count <= MostGrids && labels.Count <= MostLabels)
            KeepWinners(in reference, grids);
    }

    /// <summary>
    /// Every place of the cell is in the state of the reference point changed by some of the labels: whoever wins in none of these
    /// states never answers.
    /// </summary>
    private void KeepWinners(in KnownPoint reference, List<int> grids)
    {
        Span<uint> masks = stackalloc uint[MostLabels];
        for (var i = 0; i < labels.Count; i++)
        {
            foreach (var rank in edges.Ranks(labels[i]))
                masks[i] |= 1u << grids.IndexOf(rank);
        }
        var state = 0u;
        for (var i = 0; i < reference.Count; i++)
            state |= 1u << grids.IndexOf(reference.Rank(i));
        var winners = 0u;
        for (var changed = 0; changed < 1 << labels.Count; changed++)
        {
            // Gray code: one label at a time.
            if (changed > 0)
                state ^= masks[BitOperations.TrailingZeroCount(changed)];
            winners |= state & (uint)-(int)state;
        }
        for (var bit = grids.Count - 1; bit >= 0; bit--)
        {
            if ((winners >> bit & 1) == 0)
                grids.RemoveAt(bit);
        }
    }
}
