namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Finds room for leaves so that each touches as few lines of the cache as its size allows; what is left before a line begins is
/// given to smaller leaves. A buffer; not thread safe.
/// </summary>
internal sealed class LeafRoom
{
    /// <summary>Words in a line of the processor's cache.</summary>
    public const int CacheLine = 16;

    // Header, two points, mask, grid and line.
    private const int SmallestLeaf = 6;

    private readonly List<(int Start, int End)> gaps = [];

    /// <summary>Begins a block: the leaves of one do not lie in another.</summary>
    public void Begin() => gaps.Clear();

    /// <summary>Room for one leaf.</summary>
    /// <param name="words">Where.</param>
    /// <param name="hot">Words that every lookup may read.</param>
    /// <param name="cold">Words behind them that few do.</param>
    /// <returns>Its first word.</returns>
    public int Reserve(CellWords words, int hot, int cold)
    {
        var gap = Smallest(hot + cold);
        if (gap >= 0)
            return TakeFrom(gap, hot + cold);
        var start = words.Count;
        if ((start & (CacheLine - 1)) + hot > (hot + CacheLine - 1 & -CacheLine))
        {
            words.Align(CacheLine);
            Keep(start, words.Count);
        }
        return words.Reserve(hot + cold);
    }

    private int Smallest(int size)
    {
        var best = -1;
        for (var i = 0; i < gaps.Count; i++)
        {
            if (Length(i) >= size && (best < 0 || Length(i) < Length(best)))
                best = i;
        }
        return best;
    }

    private int TakeFrom(int gap, int size)
    {
        var (start, end) = gaps[gap];
        gaps.RemoveAt(gap);
        Keep(start + size, end);
        return start;
    }

    private void Keep(int start, int end)
    {
        if (end - start >= SmallestLeaf)
            gaps.Add((start, end));
    }

    private int Length(int gap) => gaps[gap].End - gaps[gap].Start;
}
