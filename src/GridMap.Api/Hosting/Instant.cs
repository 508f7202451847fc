using System.Globalization;

namespace GridMap.Api.Hosting;

/// <summary>An instant on the wire: ISO 8601 with offset. Bound from the query by <see cref="TryParse"/>.</summary>
public readonly record struct Instant(DateTimeOffset Value)
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryParse(string? text, IFormatProvider? provider, out Instant instant)
    {
        // A plus sign that was not escaped arrives as a space.
        var repaired = (text ?? "").Replace(' ', '+');
        var understood = DateTimeOffset.TryParseExact(repaired, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            && HasOffset(repaired);
        instant = new Instant(value);
        return understood;
    }

    // Without an offset the time would silently be that of this machine's zone.
    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.AsSpan(text.IndexOf('T', StringComparison.Ordinal)).IndexOfAny('+', '-') > 0;
}
