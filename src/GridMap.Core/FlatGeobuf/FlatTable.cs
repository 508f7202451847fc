using System.Buffers.Binary;

namespace GridMap.Core.FlatGeobuf;

/// <summary>
/// A table of a FlatBuffers message, read in place: a position, and before it, at a distance that stands there, the offsets of its
/// fields. Whatever does not fit into the message throws <see cref="ArgumentOutOfRangeException"/>. A value.
/// </summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> message;
    private readonly int position;

    private FlatTable(ReadOnlySpan<byte> message, int position)
    {
        this.message = message;
        this.position = position;
    }

    /// <summary>The outermost table of a message.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> message) => new(message, Int32(message, 0));

    /// <summary>True when the field is there; one that has its default value may not be.</summary>
    public bool Has(int field) => At(field) > 0;

    /// <summary>A field of one byte.</summary>
    public byte Byte(int field) => At(field) is > 0 and var at ? message.Slice(at, 1)[0] : (byte)0;

    /// <summary>A field of two bytes; the given value when it is not there.</summary>
    public ushort UInt16(int field, ushort missing) => At(field) is > 0 and var at ? BinaryPrimitives.ReadUInt16LittleEndian(message.Slice(at, 2)) : missing;

    /// <summary>The bytes of a vector or string; empty when it is not there.</summary>
    /// <param name="field">The field.</param>
    /// <param name="elementBytes">Bytes of one element.</param>
    public ReadOnlySpan<byte> Vector(int field, int elementBytes)
    {
        var at = At(field);
        if (at == 0)
            return [];
        var start = Follow(at);
        return message.Slice(start + 4, checked(Int32(message, start) * elementBytes));
    }

    /// <summary>A table in a field that is there.</summary>
    public FlatTable Table(int field) => new(message, Follow(At(field)));

    /// <summary>The number of tables in a vector of tables.</summary>
    public int Count(int field) => Vector(field, 4).Length / 4;

    /// <summary>A table in a vector of tables.</summary>
    public FlatTable Table(int field, int index) => new(message, Follow(checked(Follow(At(field)) + 4 + index * 4)));

    /// <summary>Where a field lies; 0 when it is not there.</summary>
    private int At(int field)
    {
        var fields = checked(position - Int32(message, position));
        var entry = 4 + field * 2;
        if (entry >= BinaryPrimitives.ReadUInt16LittleEndian(message.Slice(fields, 2)))
            return 0;
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(message.Slice(fields + entry, 2));
        return offset == 0 ? 0 : position + offset;
    }

    private int Follow(int at) => checked(at + Int32(message, at));

    private static int Int32(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadInt32LittleEndian(message.Slice(at, 4));
}
