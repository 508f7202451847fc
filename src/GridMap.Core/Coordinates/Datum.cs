namespace GridMap.Core.Coordinates;

/// <summary>What a pair of longitude and latitude refers to. Only <see cref="Cgcs2000"/> is ever stored.</summary>
public enum Datum
{
    /// <summary>WGS84, what a GPS receiver gives.</summary>
    Wgs84,

    /// <summary>CGCS2000 (EPSG:4490); within a few centimetres of WGS84 and treated as the same.</summary>
    Cgcs2000,

    /// <summary>GCJ-02, the shifted coordinates of Amap, Tencent and phones in mainland China.</summary>
    Gcj02,

    /// <summary>BD-09, Baidu's shift on top of GCJ-02.</summary>
    Bd09,
}

/// <summary>The words of <see cref="Datum"/> and the way between each and WGS84. Stateless, allocation free, thread safe.</summary>
public static class Datums
{
    /// <summary>Reads <c>wgs84</c>, <c>cgcs2000</c>, <c>gcj02</c> or <c>bd09</c>, in any case of letters.</summary>
    /// <returns>False for anything else, numbers included.</returns>
    public static bool TryParse(ReadOnlySpan<char> word, out Datum datum)
    {
        foreach (var candidate in (ReadOnlySpan<Datum>)[Datum.Wgs84, Datum.Cgcs2000, Datum.Gcj02, Datum.Bd09])
        {
            if (!word.Equals(candidate.ToWire(), StringComparison.OrdinalIgnoreCase))
                continue;
            datum = candidate;
            return true;
        }

        datum = default;
        return false;
    }

    /// <summary>The wire word of a datum.</summary>
    public static string ToWire(this Datum datum) => datum switch
    {
        Datum.Wgs84 => "wgs84",
        Datum.Cgcs2000 => "cgcs2000",
        Datum.Gcj02 => "gcj02",
        Datum.Bd09 => "bd09",
        _ => throw new ArgumentOutOfRangeException(nameof(datum), datum, "Not a datum."),
    };

    /// <summary>A position of <paramref name="datum"/> on WGS84, unsnapped. Not finite in, not finite out.</summary>
    public static LonLat ToWgs84(LonLat position, Datum datum) => datum switch
    {
        Datum.Wgs84 or Datum.Cgcs2000 => position,
        Datum.Gcj02 => Gcj02.ToWgs84(position),
        Datum.Bd09 => Gcj02.ToWgs84(Bd09.ToGcj02(position)),
        _ => throw new ArgumentOutOfRangeException(nameof(datum), datum, "Not a datum."),
    };

    /// <summary>A position on WGS84 in <paramref name="datum"/>, unsnapped. Not finite in, not finite out.</summary>
    public static LonLat FromWgs84(LonLat position, Datum datum) => datum switch
    {
        Datum.Wgs84 or Datum.Cgcs2000 => position,
        Datum.Gcj02 => Gcj02.FromWgs84(position),
        Datum.Bd09 => Bd09.FromGcj02(Gcj02.FromWgs84(position)),
        _ => throw new ArgumentOutOfRangeException(nameof(datum), datum, "Not a datum."),
    };
}
