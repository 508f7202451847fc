using System.Globalization;

namespace GridMap.Api.Lookup;

/// <summary>Text that is put together in room for it. Numbers are written as the serializer writes them.</summary>
/// <param name="room">Large enough for all that is added; what does not fit throws.</param>
internal ref struct Utf8Text(Span<byte> room)
{
    // A billion is exact, and so is each quotient's rounding.
    private static readonly double[] Scales = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    private readonly Span<byte> room = room;

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(room[Length..]);
        Length += text.Length;
    }

    public void Add(int number) => Add<int>(number);

    public void Add(double? number) => Add<double>(number);

    public void Add(decimal? number) => Add<decimal>(number);

    /// <summary>A number that has been rounded to some decimals, of which nine are the most: the digits of a whole number, not a search for the shortest.</summary>
    /// <param name="number">Less than a million.</param>
    /// <param name="decimals">To how many it has been rounded.</param>
    public void AddRounded(double number, int decimals)
    {
        // Up to 15 digits the text that names a double is the shortest that does; below a ten-thousandth the serializer writes exponents.
        var scale = Scales[decimals];
        var size = Math.Abs(number);
        var units = (long)Math.Round(size * scale);
        if (size is not (>= 0.0001 and < 1_000_000) || units / scale != size)
        {
            Add(number);
            return;
        }

        Add(number < 0 ? "-"u8 : []);
        var (whole, fraction) = Math.DivRem(units, (long)scale);
        Add((int)whole);
        if (fraction == 0)
        {
            return;
        }

        var places = decimals;
        for (; fraction % 10 == 0; places--)
        {
            fraction /= 10;
        }

        Add("."u8);
        for (var i = Length + places - 1; i >= Length; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            room[i] = (byte)('0' + digit);
        }

        Length += places;
    }

    private void Add<T>(T? number)
        where T : struct, IUtf8SpanFormattable
    {
        if (number is not { } value)
        {
            Add("null"u8);
            return;
        }

        if (!value.TryFormat(room[Length..], out var written, default, CultureInfo.InvariantCulture))
        {
            throw new ArgumentException("There is no room for the number.", nameof(number));
        }

        Length += written;
    }
}
