using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The way along each piece of a tile's borders as MVT writes it, forwards and back, from after its first point to its last: encoded once,
/// and then copied into each ring and line that runs along it, of whatever level. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class PieceSteps
{
    // No step within a square takes more: two zigzag integers below 2^14.
    private const int MaxStep = 4;

    private byte[] bytes = [];
    private HalfSteps[] halves = [];
    private long[] areas = [];

    /// <summary>How many bytes all steps of all halves take at most, those along the tile's sides among them.</summary>
    public int MaxLength { get; private set; }

    public ref readonly HalfSteps Of(int half) => ref halves[half];

    public ReadOnlySpan<byte> Bytes(in HalfSteps steps) => bytes.AsSpan(steps.Start, steps.Length);

    /// <summary>Twice what the piece adds to the area of a ring when it is walked forwards: backwards it takes it away.</summary>
    public long Area(int piece) => areas[piece];

    /// <summary>Twice what the step from one point to another adds to the area of a ring.</summary>
    public static long Area(TilePoint from, TilePoint to) => (long)from.X * to.Y - (long)to.X * from.Y;

    /// <summary>Writes one step, and returns its length in bytes.</summary>
    public static int Write(Span<byte> to, TilePoint from, TilePoint until)
    {
        var length = WriteAt(ref to[0], Zigzag(until.X - from.X));
        return length + WriteAt(ref to[length], Zigzag(until.Y - from.Y));
    }

    /// <summary>Encodes all pieces but the tile's sides.</summary>
    public void Encode(ReadOnlySpan<BorderPiece> pieces, SnapRounding rounded)
    {
        MaxLength = 2 * MaxStep * rounded.Visits.Length;
        if (bytes.Length < MaxLength)
            bytes = new byte[2 * MaxLength];
        if (areas.Length < pieces.Length)
            (areas, halves) = (new long[2 * pieces.Length], new HalfSteps[4 * pieces.Length]);
        var start = 0;
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            if (!pieces[piece].IsSide)
                start = Encode(piece, rounded.Visits[pieces[piece].First..(pieces[piece].Last + 1)], rounded.Pixels, start);
        }
    }

    // Forwards from the start of what both ways may take, and back from its end, where the first steps come last.
    private int Encode(int piece, ReadOnlySpan<int> visits, HotPixels pixels, int start)
    {
        var count = visits.Length - 1;
        var end = start + 2 * MaxStep * count;
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        var (forward, back, lastForward, lastBack, area) = (start, end, start, 0, 0L);
        var from = TileSquare.Written(pixels[visits[0]]);
        for (var i = 1; i <= count; i++)
        {
            var to = TileSquare.Written(pixels[visits[i]]);
            int x = to.X - from.X, y = to.Y - from.Y;
            lastForward = forward;
            forward += WriteAt(ref Unsafe.Add(ref first, forward), Zigzag(x));
            forward += WriteAt(ref Unsafe.Add(ref first, forward), Zigzag(y));
            back -= WriteBefore(ref Unsafe.Add(ref first, back), Zigzag(-y));
            back -= WriteBefore(ref Unsafe.Add(ref first, back), Zigzag(-x));
            if (i == 1)
                lastBack = end - back;
            area += Area(from, to);
            from = to;
        }

        halves[2 * piece] = new HalfSteps(start, forward - start, forward - lastForward, count);
        halves[2 * piece + 1] = new HalfSteps(back, end - back, lastBack, count);
        areas[piece] = area;
        return end;
    }

    // Whether a step takes one byte or two cannot be foreseen, so both are written and one or two count.
    private static int WriteAt(ref byte at, uint value)
    {
        var hasTwo = HasTwo(value);
        Unsafe.WriteUnaligned(ref at, (ushort)((value & 0x7F) | (hasTwo << 7) | (value >> 7 << 8)));
        return 1 + (int)hasTwo;
    }

    private static int WriteBefore(ref byte end, uint value)
    {
        var hasTwo = HasTwo(value);
        var both = (value & 0x7F) | (hasTwo << 7) | (value >> 7 << 8);
        Unsafe.WriteUnaligned(ref Unsafe.Subtract(ref end, 2), (ushort)(both << (int)(8 * (1 - hasTwo))));
        return 1 + (int)hasTwo;
    }

    private static uint HasTwo(uint value) => (0x7F - value) >> 31;

    private static uint Zigzag(int delta) => (uint)((delta << 1) ^ (delta >> 31));
}

/// <summary>The steps of a half. An immutable value.</summary>
/// <param name="Start">Where their bytes begin.</param>
/// <param name="Length">How many bytes they take.</param>
/// <param name="LastLength">How many of these the last step takes.</param>
/// <param name="Count">How many steps they are.</param>
internal readonly record struct HalfSteps(int Start, int Length, int LastLength, int Count);
