using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Numbers lattice points 0, 1, 2 … in the order in which they first come: a hash table of whole numbers over one array of points, a third
/// of the size of a dictionary and compiled with the program. Not thread safe.
/// </summary>
internal sealed class PointNumbers
{
    private const int SmallestCapacity = 64;

    private LatticePoint[] points;
    private int[] slots; // number + 1; 0 where there is none
    private int shift;

    /// <param name="expected">About how many there will be.</param>
    public PointNumbers(int expected)
    {
        points = new LatticePoint[Math.Max(SmallestCapacity, expected)];
        (slots, shift) = Table(points.Length);
    }

    /// <summary>How many different points there are.</summary>
    public int Count { get; private set; }

    /// <summary>The points by number.</summary>
    public ReadOnlySpan<LatticePoint> Points => points.AsSpan(0, Count);

    /// <summary>The number of a point, a new one if it has none.</summary>
    public int NumberOf(LatticePoint point)
    {
        var mask = slots.Length - 1;
        for (var at = Hash(point); ; at = (at + 1) & mask)
        {
            var number = slots[at] - 1;
            if (number < 0)
                return Add(point, at);
            if (points[number] == point)
                return number;
        }
    }

    private int Add(LatticePoint point, int at)
    {
        if (Count == points.Length)
        {
            Grow();
            return NumberOf(point);
        }

        points[Count] = point;
        slots[at] = ++Count;
        return Count - 1;
    }

    private void Grow()
    {
        Array.Resize(ref points, checked(points.Length * 2));
        (slots, shift) = Table(points.Length);
        var mask = slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var at = Hash(points[number]);
            while (slots[at] != 0)
                at = (at + 1) & mask;
            slots[at] = number + 1;
        }
    }

    /// <summary>Slots for so many points, half of them empty or more.</summary>
    internal static (int[] Slots, int Shift) Table(int capacity)
    {
        var bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)capacity * 2 - 1);
        return (new int[1L << bits], 64 - bits);
    }

    private int Hash(LatticePoint point)
    {
        var mixed = unchecked((ulong)point.X * 0x9E3779B97F4A7C15 ^ (ulong)point.Y * 0xC2B2AE3D27D4EB4F);
        return (int)(unchecked((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9) >> shift);
    }
}
