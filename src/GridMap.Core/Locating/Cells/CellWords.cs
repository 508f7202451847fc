namespace GridMap.Core.Locating.Cells;

/// <summary>A growing array of the words of an index. Not thread safe.</summary>
internal sealed class CellWords
{
    private uint[] words = new uint[1024];

    public int Count { get; private set; }

    public uint this[int i]
    {
        get => words[i];
        set => words[i] = value;
    }

    public ReadOnlySpan<uint> Span => words.AsSpan(0, Count);

    /// <summary>Adds so many words, 0 each.</summary>
    /// <returns>Where they begin.</returns>
    public int Reserve(int count)
    {
        var start = Count;
        Count = checked(Count + count);
        if (Count > words.Length)
            Array.Resize(ref words, Math.Max(Count, 2 * words.Length));
        return start;
    }

    /// <summary>Adds words until the number of them is a multiple of the unit.</summary>
    public void Align(int unit) => Reserve(-Count & (unit - 1));

    public void Clear()
    {
        words.AsSpan(0, Count).Clear();
        Count = 0;
    }
}
