namespace GridMap.Core.Coverages;

/// <summary>Numbers unordered pairs of whole numbers 0, 1, 2 … in the order in which they first come. Not thread safe.</summary>
internal sealed class PairNumbers
{
    private const int SmallestCapacity = 64;

    private (int Low, int High)[] pairs;
    private int[] slots; // number + 1; 0 where there is none
    private int shift;
    private int count;

    /// <param name="expected">About how many there will be.</param>
    public PairNumbers(int expected)
    {
        pairs = new (int, int)[Math.Max(SmallestCapacity, expected)];
        (slots, shift) = PointNumbers.Table(pairs.Length);
    }

    /// <summary>The number of a pair, a new one if it has none.</summary>
    public int NumberOf(int a, int b, out bool isNew)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        var mask = slots.Length - 1;
        for (var at = Hash(low, high); ; at = (at + 1) & mask)
        {
            var number = slots[at] - 1;
            isNew = number < 0;
            if (isNew)
                return Add(low, high, at);
            if (pairs[number].Low == low && pairs[number].High == high)
                return number;
        }
    }

    private int Add(int low, int high, int at)
    {
        if (count == pairs.Length)
        {
            Grow();
            at = Free(low, high);
        }

        pairs[count] = (low, high);
        slots[at] = ++count;
        return count - 1;
    }

    private void Grow()
    {
        Array.Resize(ref pairs, checked(pairs.Length * 2));
        (slots, shift) = PointNumbers.Table(pairs.Length);
        for (var number = 0; number < count; number++)
            slots[Free(pairs[number].Low, pairs[number].High)] = number + 1;
    }

    private int Free(int low, int high)
    {
        var mask = slots.Length - 1;
        var at = Hash(low, high);
        while (slots[at] != 0)
            at = (at + 1) & mask;
        return at;
    }

    private int Hash(int low, int high)
    {
        var mixed = unchecked((((ulong)(uint)low << 32) | (uint)high) * 0x9E3779B97F4A7C15);
        return (int)(unchecked((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9) >> shift);
    }
}
