using System.Globalization;

namespace GridMap.Api.Lookup;

/// <summary>Text that is put together in room for it. Numbers are written as the serializer writes them.</summary>
/// <param name="room">Large enough for all that is added; what does not fit throws.</param>
internal ref struct Utf8Text(Span<byte> room)
{
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
