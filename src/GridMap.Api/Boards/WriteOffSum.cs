namespace GridMap.Api.Boards;

/// <summary>Adds up what belongs to one line. Not thread safe.</summary>
internal sealed class WriteOffSum
{
    private readonly SortedDictionary<string, WriteOffQuantity> byUnit = new(StringComparer.Ordinal);

    /// <summary>The sum of the figures.</summary>
    public WriteOffFigures Figures { get; private set; } = WriteOffFigures.Zero;

    /// <summary>The sums of the quantities, each unit by itself.</summary>
    public IReadOnlyList<WriteOffQuantity> Quantities => [.. byUnit.Values];

    /// <summary>Adds.</summary>
    public void Add(WriteOffFigures figures, WriteOffQuantity quantity)
    {
        Figures += figures;
        byUnit[quantity.Unit] = byUnit.TryGetValue(quantity.Unit, out var sum)
            ? new WriteOffQuantity(quantity.Unit, sum.Reported + quantity.Reported, sum.WrittenOff + quantity.WrittenOff, sum.Unmeasured + quantity.Unmeasured)
            : quantity;
    }
}
