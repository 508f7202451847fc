namespace GridMap.Core.Coordinates;

/// <summary>
/// GCJ-02 by the well-known public formula: WGS84 plus a shift of up to about 720 m inside a box around China, and
/// WGS84 itself outside it. Stateless, allocation free, thread safe.
/// </summary>
/// <remarks>
/// The box is the one that map software commonly uses; it takes in parts of the neighbouring countries. The shift breaks off
/// at its edge: within a shift's width of it a GCJ-02 position can have two originals, of which the one inside the box is
/// answered, or none, when the position is answered that the continued shift would come from.
/// </remarks>
public static class Gcj02
{
    /// <summary>Western edge of the box, degrees (WGS84), inclusive like the other three.</summary>
    public const double West = 72.004;

    /// <summary>Eastern edge of the box.</summary>
    public const double East = 137.8347;

    /// <summary>Southern edge of the box.</summary>
    public const double South = 0.8293;

    /// <summary>Northern edge of the box.</summary>
    public const double North = 55.8271;

    // The formula is laid down on the Krasovsky 1940 ellipsoid.
    private const double SemiMajorAxis = 6_378_245;
    private const double EccentricitySquared = 0.00669342162296594323;

    // The largest shift in the box is 0.0108 degree (sampled every 0.1 degree).
    private const double LargestShift = 0.012;

    // A step shrinks the error more than 15 times even at the kink of the formula at 105 degrees, so the step after which it
    // stops leaves less than 1e-10 degree. Four or five are usual; the bound only makes termination plain.
    private const int MaxSteps = 12;
    private const double Tolerance = 1e-9;

    /// <summary>True when a WGS84 position lies in the box and is therefore shifted.</summary>
    public static bool IsShifted(LonLat wgs84) => IsInBox(wgs84, 0);

    /// <summary>A WGS84 position in GCJ-02.</summary>
    public static LonLat FromWgs84(LonLat wgs84)
    {
        if (!IsShifted(wgs84))
            return wgs84;
        var (lon, lat) = Shift(wgs84);
        return new LonLat(wgs84.Lon + lon, wgs84.Lat + lat);
    }

    /// <summary>A GCJ-02 position on WGS84, within 1e-9 degree of the true inverse.</summary>
    public static LonLat ToWgs84(LonLat gcj02)
    {
        if (!IsInBox(gcj02, LargestShift))
            return gcj02;
        var original = gcj02;
        for (var step = 0; step < MaxSteps; step++)
        {
            var (lon, lat) = Shift(original);
            var next = new LonLat(gcj02.Lon - lon, gcj02.Lat - lat);
            var moved = Math.Max(Math.Abs(next.Lon - original.Lon), Math.Abs(next.Lat - original.Lat));
            original = next;
            if (moved < Tolerance)
                break;
        }

        // The tolerance keeps an original that lies on the very edge.
        return IsInBox(original, Tolerance) || IsInBox(gcj02, 0) ? original : gcj02;
    }

    private static bool IsInBox(LonLat position, double margin) =>
        position.Lon >= West - margin && position.Lon <= East + margin
        && position.Lat >= South - margin && position.Lat <= North + margin;

    /// <summary>The shift at a position, in degrees, as if the box had no edge.</summary>
    private static LonLat Shift(LonLat wgs84)
    {
        double x = wgs84.Lon - 105, y = wgs84.Lat - 35;
        var root = Math.Sqrt(Math.Abs(x));
        var ripple = Wave(20, 6 * x) + Wave(20, 2 * x);
        var eastMetres = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
            + 2d / 3 * (ripple + Wave(20, x) + Wave(40, x / 3) + Wave(150, x / 12) + Wave(300, x / 30));
        var northMetres = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
            + 2d / 3 * (ripple + Wave(20, y) + Wave(40, y / 3) + Wave(160, y / 12) + Wave(320, y / 30));

        var (sin, cos) = Math.SinCos(double.DegreesToRadians(wgs84.Lat));
        var w2 = 1 - EccentricitySquared * sin * sin;
        var primeVertical = SemiMajorAxis / Math.Sqrt(w2);
        var meridian = primeVertical * (1 - EccentricitySquared) / w2;
        return new LonLat(
            double.RadiansToDegrees(eastMetres / (primeVertical * cos)),
            double.RadiansToDegrees(northMetres / meridian));
    }

    private static double Wave(double amplitude, double halfTurns) => amplitude * Math.Sin(Math.PI * halfTurns);
}
