using System.Runtime.CompilerServices;

namespace GridMap.Core.Locating.Cells;

/// <summary>A point on no edge, in units from the south-west corner of a top cell, with the ranks of the grids that it lies in, ascending.</summary>
internal struct KnownPoint
{
    /// <summary>In so many grids it can lie.</summary>
    public const int Capacity = 32;

    private Ranks ranks;

    public int X;
    public int Y;

    /// <summary>How many grids the point lies in: one a level where grids do not overlap.</summary>
    public int Count { get; private set; }

    /// <summary>The lowest rank, which is the grid that answers; -1 when there is none.</summary>
    public readonly int Best => Count == 0 ? -1 : ranks[0];

    public readonly int Rank(int i) => ranks[i];

    public readonly bool IsIn(int rank)
    {
        for (var i = 0; i < Count; i++)
        {
            if (ranks[i] == rank)
                return true;
        }
        return false;
    }

    /// <summary>Enters the grid, or leaves it.</summary>
    public void Toggle(int rank)
    {
        var i = 0;
        while (i < Count && ranks[i] < rank)
            i++;
        if (i < Count && ranks[i] == rank)
        {
            Count--;
            for (; i < Count; i++)
                ranks[i] = ranks[i + 1];
            return;
        }
        if (Count == Capacity)
            throw new ArgumentException($"More than {Capacity} grids cover one place.");
        for (var j = Count; j > i; j--)
            ranks[j] = ranks[j - 1];
        ranks[i] = rank;
        Count++;
    }

    [InlineArray(Capacity)]
    private struct Ranks
    {
        private int first;
    }
}
