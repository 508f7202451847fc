namespace GridMap.Core.Tiles;

/// <summary>The value of a property of a tile's feature: text, whole number, number or truth value. An immutable value.</summary>
public readonly record struct MvtValue
{
    private MvtValue(string? text, long whole, double number, MvtValueKind kind) =>
        (Text, Whole, Number, Kind) = (text, whole, number, kind);

    internal MvtValueKind Kind { get; }

    internal string? Text { get; }

    internal long Whole { get; }

    internal double Number { get; }

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
}

internal enum MvtValueKind
{
    Text = 1,
    Whole,
    Number,
    Truth,
}
