using System.Text;

namespace GridMap.Core.Tiles;

/// <summary>
/// The bytes of a protocol buffer while they are written: the three wire types that vector tiles use, without objects in between. Cleared
/// and used again; not thread safe.
/// </summary>
internal sealed class ProtoBuffer
{
    /// <summary>The longest varint, in bytes.</summary>
    public const int MaxVarint = 10;

    /// <summary>The longest varint of 32 bits, in bytes.</summary>
    public const int MaxVarint32 = 5;

    private const int VarintType = 0, Fixed64Type = 1, LengthType = 2;

    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>How many bytes a varint takes.</summary>
    public static int SizeOf(ulong value) => (System.Numerics.BitOperations.Log2(value | 1) + 7) / 7;

    public void Clear() => Length = 0;

    /// <summary>Room for as many bytes; say with <see cref="Advance"/> how many were written.</summary>
    public Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + count));
        return bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Varint(ulong value) => Advance(Varint(Reserve(MaxVarint), value));

    /// <summary>Writes a varint to the start of the span, which has room for it, and returns its length.</summary>
    public static int Varint(Span<byte> to, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads a varint, and moves behind it.</summary>
    public static ulong ReadVarint(ReadOnlySpan<byte> from, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(from[at] & 0x7F) << shift;
            if (from[at++] < 0x80)
                return value;
        }
    }

    public void VarintField(int field, ulong value)
    {
        Tag(field, VarintType);
        Varint(value);
    }

    public void DoubleField(int field, double value)
    {
        Tag(field, Fixed64Type);
        System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);
        Advance(sizeof(double));
    }

    public void TextField(int field, string text)
    {
        LengthField(field, Encoding.UTF8.GetByteCount(text));
        Advance(Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    public void BytesField(int field, ReadOnlySpan<byte> content)
    {
        LengthField(field, content.Length);
        Bytes(content);
    }

    /// <summary>Begins a field of as many bytes, which follow.</summary>
    public void LengthField(int field, int length)
    {
        Tag(field, LengthType);
        Varint((ulong)length);
    }

    /// <summary>Writes the start of such a field to a span, and returns how many bytes it takes.</summary>
    public static int LengthField(Span<byte> to, int field, int length)
    {
        var tag = Varint(to, Tagged(field, LengthType));
        return tag + Varint(to[tag..], (ulong)length);
    }

    public void Bytes(ReadOnlySpan<byte> content)
    {
        content.CopyTo(Reserve(content.Length));
        Advance(content.Length);
    }

    private void Tag(int field, int type) => Varint(Tagged(field, type));

    private static ulong Tagged(int field, int type) => ((ulong)field << 3) | (uint)type;
}
