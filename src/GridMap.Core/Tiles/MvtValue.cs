namespace GridMap.Core.Tiles;

/// <summary>The value of a property of a tile's feature: text, whole number, number or truth value. An immutable value.</summary>
public readonly record struct MvtValue
{
    // Field numbers of vector_tile.proto, MVT 2.1.
    private const int ValuesField = 4;
    private const int StringField = 1, DoubleField = 3, UintField = 5, SintField = 6, BoolField = 7;

    private MvtValue(string? text, long whole, double number, MvtValueKind kind) =>
        (Text, Whole, Number, Kind) = (text, whole, number, kind);

    private MvtValueKind Kind { get; }

    private string? Text { get; }

    private long Whole { get; }

    private double Number { get; }

    /// <summary>A text.</summary>
    public static implicit operator MvtValue(string text) => FromString(text);

    /// <summary>A whole number.</summary>
    public static implicit operator MvtValue(long whole) => FromInt64(whole);

    /// <summary>A number.</summary>
    public static implicit operator MvtValue(double number) => FromDouble(number);

    /// <summary>A truth value.</summary>
    public static implicit operator MvtValue(bool truth) => FromBoolean(truth);

    /// <summary>A text.</summary>
    public static MvtValue FromString(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), 0, 0, MvtValueKind.Text);

    /// <summary>A whole number.</summary>
    public static MvtValue FromInt64(long whole) => new(null, whole, 0, MvtValueKind.Whole);

    /// <summary>A number.</summary>
    public static MvtValue FromDouble(double number) => new(null, 0, number, MvtValueKind.Number);

    /// <summary>A truth value.</summary>
    public static MvtValue FromBoolean(bool truth) => new(null, truth ? 1 : 0, 0, MvtValueKind.Truth);

    /// <summary>Writes the value as a field of a layer.</summary>
    internal void WriteTo(ProtoBuffer layer)
    {
        switch (Kind)
        {
            case MvtValueKind.Text:
                var length = System.Text.Encoding.UTF8.GetByteCount(Text!);
                layer.LengthField(ValuesField, 1 + ProtoBuffer.SizeOf((ulong)length) + length);
                layer.TextField(StringField, Text!);
                break;
            case MvtValueKind.Whole when Whole >= 0:
                layer.LengthField(ValuesField, 1 + ProtoBuffer.SizeOf((ulong)Whole));
                layer.VarintField(UintField, (ulong)Whole);
                break;
            case MvtValueKind.Whole:
                var zigzag = (ulong)((Whole << 1) ^ (Whole >> 63));
                layer.LengthField(ValuesField, 1 + ProtoBuffer.SizeOf(zigzag));
                layer.VarintField(SintField, zigzag);
                break;
            case MvtValueKind.Number:
                layer.LengthField(ValuesField, 1 + sizeof(double));
                layer.DoubleField(DoubleField, Number);
                break;
            case MvtValueKind.Truth:
                layer.LengthField(ValuesField, 2);
                layer.VarintField(BoolField, (ulong)Whole);
                break;
            default:
                throw new InvalidOperationException("A property of a tile has no value.");
        }
    }
}

internal enum MvtValueKind
{
    Text = 1,
    Whole,
    Number,
    Truth,
}
