namespace GridMap.Core.Coordinates;

/// <summary>The answer of <see cref="Enter(double, double, Datum)"/>: a lattice point, or why there is none. An immutable value.</summary>
public readonly record struct EnteredPoint
{
    private static readonly long MaxUnitsNorth = Lattice.ToUnits(LonLat.MaxLat);

    private EnteredPoint(LatticePoint point, EntryRefusal refusal)
    {
        Point = point;
        Refusal = refusal;
    }

    /// <summary><see cref="EntryRefusal.None"/> when the position was let in.</summary>
    public EntryRefusal Refusal { get; }

    /// <summary>True when <see cref="Point"/> has a meaning.</summary>
    public bool IsAccepted => Refusal == EntryRefusal.None;

    /// <summary>The lattice point on WGS84/CGCS2000; (0, 0) when refused.</summary>
    public LatticePoint Point { get; }

    /// <summary><see cref="Point"/> in degrees.</summary>
    public LonLat Position => Point.ToLonLat();

    /// <summary>
    /// The one way in for a position: checks it, converts it to WGS84 and snaps it to the lattice; longitude 180 becomes -180.
    /// Allocation free and thread safe.
    /// </summary>
    /// <param name="lon">Longitude in degrees of <paramref name="datum"/>.</param>
    /// <param name="lat">Latitude in degrees of <paramref name="datum"/>.</param>
    /// <param name="datum">What the position refers to.</param>
    public static EnteredPoint Enter(double lon, double lat, Datum datum) => Enter(lon, lat, datum, out _);

    /// <summary>As above, and the position on WGS84 before it is snapped; (0, 0) when it is refused before conversion.</summary>
    internal static EnteredPoint Enter(double lon, double lat, Datum datum, out LonLat wgs84)
    {
        wgs84 = default;
        if (!double.IsFinite(lon) || !double.IsFinite(lat))
            return Refuse(EntryRefusal.NotFinite);
        if (!LonLat.TryCreate(lon, lat, out var given))
            return Refuse(EntryRefusal.OutOfRange);
        wgs84 = Datums.ToWgs84(given, datum);
        if (Math.Abs(wgs84.Lon) > 180) // BD-09 can leave the range by 0.007 degree
            wgs84 = wgs84 with { Lon = Math.IEEERemainder(wgs84.Lon, 360) };
        var point = LatticePoint.From(wgs84);
        return Math.Abs(point.Y) > MaxUnitsNorth ? Refuse(EntryRefusal.Beyond85) : new EnteredPoint(point, EntryRefusal.None);
    }

    private static EnteredPoint Refuse(EntryRefusal refusal) => new(default, refusal);
}
