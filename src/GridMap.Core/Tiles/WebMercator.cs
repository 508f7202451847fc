using GridMap.Core.Coordinates;

namespace GridMap.Core.Tiles;

/// <summary>
/// Spherical Web Mercator (EPSG:3857) as fractions of the world square: 0, 0 is its north-west corner (longitude -180,
/// latitude 85.05), 1, 1 its south-east corner. Stateless, thread safe.
/// </summary>
public static class WebMercator
{
    /// <summary>Fraction of the world square eastwards.</summary>
    /// <param name="lon">Longitude in degrees.</param>
    public static double X(double lon) => (lon + 180) / 360;

    /// <summary>Fraction of the world square southwards.</summary>
    /// <param name="lat">Latitude in degrees, within ±90 exclusive.</param>
    public static double Y(double lat) => 0.5 - Math.Asinh(Math.Tan(double.DegreesToRadians(lat))) / (2 * Math.PI);

    /// <summary>Longitude in degrees of a fraction of the world square eastwards.</summary>
    public static double Lon(double x) => x * 360 - 180;

    /// <summary>Latitude in degrees of a fraction of the world square southwards.</summary>
    public static double Lat(double y) => double.RadiansToDegrees(Math.Atan(Math.Sinh((0.5 - y) * 2 * Math.PI)));

    /// <summary>
    /// A lattice point on the fine square of 2^40 units, rounded once per vertex, so that everything that shares the vertex
    /// and every zoom starts from the same numbers.
    /// </summary>
    internal static MercatorPoint Project(LatticePoint point)
    {
        const long HalfTurn = 180L << 27;
        // Eastwards 2^40 / (360 * 2^27) = 2^13 / 360: whole numbers throughout, rounded half up.
        var x = (((point.X + HalfTurn) << 13) + 180) / 360;
        var y = (long)Math.Floor(Y(Lattice.ToDegrees(point.Y)) * MercatorPoint.WorldUnits + 0.5);
        return new MercatorPoint(x, y);
    }
}
