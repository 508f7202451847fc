namespace GridMap.Core.Coordinates;

/// <summary>A position in degrees on CGCS2000/WGS84, longitude first. An immutable value.</summary>
/// <param name="Lon">Longitude in degrees, [-180, 180).</param>
/// <param name="Lat">Latitude in degrees, within ±<see cref="MaxLat"/> for anything stored or looked up.</param>
public readonly record struct LonLat(double Lon, double Lat)
{
    /// <summary>Beyond this latitude, in degrees, nothing is stored or looked up.</summary>
    public const double MaxLat = 85;

    /// <summary>True when both values are multiples of the lattice unit.</summary>
    public bool IsOnLattice => Lattice.Snap(Lon) == Lon && Lattice.Snap(Lat) == Lat;

    /// <summary>The nearest lattice point, half to even; longitude 180 becomes -180.</summary>
    public LonLat Snap()
    {
        var lon = Lattice.Snap(Lon);
        return new LonLat(lon == 180 ? -180 : lon, Lattice.Snap(Lat));
    }

    /// <summary>Checks that the values are finite, longitude is within [-180, 180] and latitude within ±90.</summary>
    /// <param name="lon">Longitude in degrees.</param>
    /// <param name="lat">Latitude in degrees.</param>
    /// <param name="point">The position, unsnapped, when the answer is true.</param>
    public static bool TryCreate(double lon, double lat, out LonLat point)
    {
        point = new LonLat(lon, lat);
        return double.IsFinite(lon) && double.IsFinite(lat) && Math.Abs(lon) <= 180 && Math.Abs(lat) <= 90;
    }
}
