using System.Globalization;
using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Lookup;

/// <summary>A question about the present as programs ask it, read from the query without decoding. An immutable value.</summary>
/// <param name="Point">On the lattice.</param>
/// <param name="Accuracy">Metres, or null.</param>
internal readonly record struct LookupQuestion(LonLat Point, double? Accuracy)
{
    // As the framework reads a number from a query.
    private const NumberStyles Number = NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>
    /// Reads <c>?lon=…&amp;lat=…[&amp;crs=…][&amp;accuracy=…]</c> in any order, each once. False for all else (escapes, other names, what is
    /// wrong): that is for the general handler, which knows all forms and says what is wrong with them.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> query, out LookupQuestion question)
    {
        question = default;
        double? lon = null, lat = null, accuracy = null;
        Datum? datum = null;
        if (query.IsEmpty || query.ContainsAny('%', '+', '\0'))
        {
            return false;
        }

        query = query[1..];
        while (!query.IsEmpty)
        {
            var end = query.IndexOf('&');
            var part = end < 0 ? query : query[..end];
            query = end < 0 ? [] : query[(end + 1)..];
            var read = part switch
            {
                ['l', 'o', 'n', '=', .. var text] => TryNumber(text, ref lon),
                ['l', 'a', 't', '=', .. var text] => TryNumber(text, ref lat),
                ['c', 'r', 's', '=', .. var text] => TryDatum(text, ref datum),
                ['a', 'c', 'c', 'u', 'r', 'a', 'c', 'y', '=', .. var text] => TryNumber(text, ref accuracy),
                _ => false,
            };
            if (!read)
            {
                return false;
            }
        }

        if (lon is null || lat is null || !PointInput.AcceptsAccuracy(accuracy))
        {
            return false;
        }

        var entered = EnteredPoint.Enter(lon.Value, lat.Value, datum ?? Datum.Wgs84);
        question = new LookupQuestion(entered.Position, accuracy);
        return entered.IsAccepted;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, ref double? number)
    {
        var isFirst = number is null;
        var isNumber = double.TryParse(text, Number, CultureInfo.InvariantCulture, out var value);
        number = value;
        return isFirst && isNumber;
    }

    private static bool TryDatum(ReadOnlySpan<char> text, ref Datum? datum)
    {
        var isFirst = datum is null;
        var isDatum = Datums.TryParse(text, out var value);
        datum = value;
        return isFirst && isDatum;
    }
}
