namespace GridMap.Township.Chance;

/// <summary>
/// A seeded random stream (SplitMix64). Every part of the township forks a stream of its own by name, so that
/// a change in one part does not stir the others. Not thread safe.
/// </summary>
internal sealed class Seeded
{
    private readonly ulong seed;
    private ulong state;

    public Seeded(ulong seed) => this.seed = state = seed;

    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    /// <summary>A stream that depends on this one's seed and the name only.</summary>
    public Seeded Fork(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1099511628211UL;
        return new Seeded(Mix(seed ^ hash));
    }

    /// <summary>In [0, 1).</summary>
    public double Unit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Range(double low, double high) => low + (high - low) * Unit();

    /// <summary>In [-spread, spread], denser about zero (the sum of two uniform numbers).</summary>
    public double Around(double spread) => (Unit() + Unit() - 1) * spread;

    /// <summary>In [0, count).</summary>
    public int Below(int count) => (int)(NextBits() % (ulong)count);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Happens(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
