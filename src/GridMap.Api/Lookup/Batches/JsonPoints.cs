using System.Text;
using System.Text.Json;
using csFastFloat;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Lookup.Batches;

/// <summary>What came of reading a body of points.</summary>
internal enum JsonPointsResult
{
    /// <summary>All was read.</summary>
    Read,

    /// <summary>There are more points than there is room for; the rest was not looked at.</summary>
    TooMany,

    /// <summary>It is not of the common form, or wrong: for the serializer to read, and to say what is wrong.</summary>
    Unread,
}

/// <summary>
/// Reads <c>{"crs":…,"points":[[lon,lat],…]}</c> from UTF-8 without making an object of each point: members in any order, names in any
/// case, others skipped. It accepts nothing that the serializer refuses, and leaves to it what it does not know.
/// </summary>
/// <param name="json">The whole body.</param>
/// <param name="points">Room for what is read, degrees as they were sent.</param>
internal ref struct JsonPoints(ReadOnlySpan<byte> json, Span<LonLat> points)
{
    private static readonly JsonReaderOptions Inside = new() { MaxDepth = 60 };

    private readonly ReadOnlySpan<byte> json = json;
    private readonly Span<LonLat> points = points;
    private int at;
    private bool hasCrs;
    private bool hasPoints;

    /// <summary>As it was sent; null for null and for none.</summary>
    public string? Crs { get; private set; }

    /// <summary>Points that were read.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the body.</summary>
    public JsonPointsResult Read()
    {
        try
        {
            return ReadBody();
        }
        catch (JsonException)
        {
            return JsonPointsResult.Unread;
        }
    }

    private JsonPointsResult ReadBody()
    {
        if (!Take('{'))
        {
            return JsonPointsResult.Unread;
        }

        do
        {
            if (!TryName(out var name) || !Take(':'))
            {
                return JsonPointsResult.Unread;
            }

            var result = Ascii.EqualsIgnoreCase(name, "points"u8) ? ReadPoints()
                : Ascii.EqualsIgnoreCase(name, "crs"u8) ? ReadCrs()
                : Skip(out _);
            if (result != JsonPointsResult.Read)
            {
                return result;
            }
        }
        while (Take(','));

        return Take('}') && Next() < 0 && hasPoints ? JsonPointsResult.Read : JsonPointsResult.Unread;
    }

    private JsonPointsResult ReadPoints()
    {
        if (hasPoints || !Take('['))
        {
            return JsonPointsResult.Unread;
        }

        hasPoints = true;
        if (Take(']'))
        {
            return JsonPointsResult.Read;
        }

        do
        {
            if (!Take('[') || !TryNumber(out var lon) || !Take(',') || !TryNumber(out var lat) || !Take(']'))
            {
                return JsonPointsResult.Unread;
            }

            if (Count == points.Length)
            {
                return JsonPointsResult.TooMany;
            }

            points[Count++] = new LonLat(lon, lat);
        }
        while (Take(','));

        return Take(']') ? JsonPointsResult.Read : JsonPointsResult.Unread;
    }

    private JsonPointsResult ReadCrs()
    {
        if (hasCrs || Skip(out var value) != JsonPointsResult.Read || value.TokenType is not (JsonTokenType.String or JsonTokenType.Null)
            || value.ValueIsEscaped || value.ValueSpan.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return JsonPointsResult.Unread;
        }

        hasCrs = true;
        Crs = value.GetString();
        return JsonPointsResult.Read;
    }

    /// <summary>Goes past a value of any kind.</summary>
    /// <param name="value">Stands on it if it is no object and no array.</param>
    private JsonPointsResult Skip(out Utf8JsonReader value)
    {
        // To the reader the value is all there is; what follows it is looked at here.
        value = new Utf8JsonReader(json[at..], isFinalBlock: true, new JsonReaderState(Inside));
        if (!value.Read() || !value.TrySkip())
        {
            return JsonPointsResult.Unread;
        }

        at += (int)value.BytesConsumed;
        return JsonPointsResult.Read;
    }

    // In ASCII, without escapes and without the sign of names that mean something to the serializer; others it reads itself.
    private bool TryName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Take('"'))
        {
            return false;
        }

        var length = json[at..].IndexOf((byte)'"');
        if (length < 0)
        {
            return false;
        }

        name = json.Slice(at, length);
        at += length + 1;
        return !name.ContainsAny((byte)'\\', (byte)'$') && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    // JSON allows less than the parser: no plus sign, no leading zero, digits on both sides of the point.
    private bool TryNumber(out double number)
    {
        number = 0;
        var start = Next() >= 0 ? at : json.Length;
        var digits = start < json.Length && json[start] == '-' ? start + 1 : start;
        var end = digits;
        while (end < json.Length && char.IsAsciiDigit((char)json[end]))
        {
            end++;
        }

        if (end == digits || (end > digits + 1 && json[digits] == '0')
            || (end < json.Length && json[end] == '.' && (end + 1 == json.Length || !char.IsAsciiDigit((char)json[end + 1])))
            || !FastDoubleParser.TryParseDouble(json[start..], out var length, out number)
            || !double.IsFinite(number))
        {
            return false;
        }

        at = start + length;
        return true;
    }

    private bool Take(char sign)
    {
        if (Next() != sign)
        {
            return false;
        }

        at++;
        return true;
    }

    /// <summary>The byte behind what JSON takes for white space; -1 at the end.</summary>
    private int Next()
    {
        for (; at < json.Length; at++)
        {
            var next = json[at];
            if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return next;
            }
        }

        return -1;
    }
}
