using System.Runtime.InteropServices;

namespace GridMap.Core.Coverages;

/// <summary>
/// Sparse vectors "how often does the outline of each grid wind around here", interned: equal vectors have equal numbers, so
/// that a map of a million edges holds a few thousand vectors. Number 0 is the empty vector. Not thread safe.
/// </summary>
internal sealed class WindingTable
{
    /// <summary>The vector without entries: nobody's outline winds around here.</summary>
    public const int Empty = 0;

    private readonly List<long[]> vectors = [];
    private readonly Dictionary<long[], int> numbers = new(new VectorComparer());
    private readonly Dictionary<long[], int>.AlternateLookup<ReadOnlySpan<long>> lookup;
    private readonly Dictionary<(int, int), int> sums = [];
    private readonly List<int> negatives = [];
    private readonly List<long> scratch = [];
    private (int A, int B, int Sum) last;

    public WindingTable()
    {
        lookup = numbers.GetAlternateLookup<ReadOnlySpan<long>>();
        Intern([]);
    }

    /// <summary>How many different vectors there are.</summary>
    public int Count => vectors.Count;

    /// <summary>A vector's entries, by rising grid, none with winding 0; read them with <see cref="GridOf"/> and <see cref="WindingOf"/>.</summary>
    public ReadOnlySpan<long> Entries(int vector) => vectors[vector];

    public static long Entry(int grid, int winding) => ((long)grid << 32) | (uint)winding;

    public static int GridOf(long entry) => (int)(entry >> 32);

    public static int WindingOf(long entry) => (int)entry;

    /// <summary>The number of a vector.</summary>
    /// <param name="entries">Sorted by grid, each grid once, no winding 0.</param>
    public int Intern(ReadOnlySpan<long> entries)
    {
        if (lookup.TryGetValue(entries, out var number))
            return number;
        var vector = entries.ToArray();
        vectors.Add(vector);
        negatives.Add(-1);
        numbers.Add(vector, vectors.Count - 1);
        return vectors.Count - 1;
    }

    /// <summary>The number of the vector that a bag of unsorted contributions adds up to. Sorts <paramref name="contributions"/>.</summary>
    public int InternSum(Span<long> contributions)
    {
        if (contributions.Length == 1)
            return Intern(contributions);
        contributions.Sort();
        var count = 0;
        for (var i = 0; i < contributions.Length;)
        {
            var grid = GridOf(contributions[i]);
            var winding = 0;
            for (; i < contributions.Length && GridOf(contributions[i]) == grid; i++)
                winding += WindingOf(contributions[i]);
            if (winding != 0)
                contributions[count++] = Entry(grid, winding);
        }
        return Intern(contributions[..count]);
    }

    public int Negate(int vector)
    {
        if (vector == Empty || negatives[vector] >= 0)
            return vector == Empty ? Empty : negatives[vector];
        scratch.Clear();
        foreach (var entry in vectors[vector])
            scratch.Add(Entry(GridOf(entry), -WindingOf(entry)));
        var negative = Intern(CollectionsMarshal.AsSpan(scratch));
        negatives[vector] = negative;
        negatives[negative] = vector;
        return negative;
    }

    public int Add(int a, int b)
    {
        if (a == Empty || b == Empty)
            return a == Empty ? b : a;
        // Edges of one border come one after the other.
        if (last.A == a && last.B == b)
            return last.Sum;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (a, b), out var known);
        if (!known)
        {
            scratch.Clear();
            scratch.AddRange(vectors[a]);
            scratch.AddRange(vectors[b]);
            sum = InternSum(CollectionsMarshal.AsSpan(scratch));
        }
        last = (a, b, sum);
        return sum;
    }

    public int Subtract(int a, int b) => a == b ? Empty : Add(a, Negate(b));

    private sealed class VectorComparer : IEqualityComparer<long[]>, IAlternateEqualityComparer<ReadOnlySpan<long>, long[]>
    {
        public bool Equals(long[]? x, long[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(long[] vector) => GetHashCode(vector.AsSpan());

        public bool Equals(ReadOnlySpan<long> alternate, long[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<long> vector)
        {
            var hash = 17UL;
            foreach (var entry in vector)
                hash = (hash ^ (ulong)entry) * 0x9E3779B97F4A7C15UL;
            return (int)(hash >> 32) ^ (int)hash;
        }

        public long[] Create(ReadOnlySpan<long> alternate) => alternate.ToArray();
    }
}
