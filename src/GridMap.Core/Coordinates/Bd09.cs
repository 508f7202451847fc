namespace GridMap.Core.Coordinates;

/// <summary>
/// BD-09: Baidu's further shift on top of GCJ-02, of up to about 1 km, everywhere on Earth (outside China too, as the public
/// formula has it: a longitude may leave ±180 by 0.007 degree). Stateless, allocation free, thread safe.
/// </summary>
public static class Bd09
{
    private const double EastOffset = 0.0065;
    private const double NorthOffset = 0.006;
    private const double RadiusAmplitude = 0.00002;
    private const double AngleAmplitude = 0.000003;
    private const double WaveNumber = Math.PI * 3000 / 180;

    // Each step shrinks the error about 60 times, so stopping at 1e-10 degree leaves less than 1e-11. The bound only makes
    // termination plain.
    private const int MaxSteps = 16;
    private const double Tolerance = 1e-10;

    /// <summary>A GCJ-02 position in BD-09.</summary>
    public static LonLat FromGcj02(LonLat gcj02)
    {
        var (lon, lat) = gcj02;
        var radius = Radius(lon, lat) + RadiusAmplitude * Math.Sin(lat * WaveNumber);
        var angle = Math.Atan2(lat, lon) + AngleAmplitude * Math.Cos(lon * WaveNumber);
        var (sin, cos) = Math.SinCos(angle);
        return new LonLat(radius * cos + EastOffset, radius * sin + NorthOffset);
    }

    /// <summary>A BD-09 position in GCJ-02, within 1e-9 degree of the true inverse (the usual formula errs by 1e-6).</summary>
    public static LonLat ToGcj02(LonLat bd09)
    {
        double lon = bd09.Lon - EastOffset, lat = bd09.Lat - NorthOffset;
        double radius = Radius(lon, lat), angle = Math.Atan2(lat, lon);
        for (var step = 0; step < MaxSteps; step++)
        {
            var (sin, cos) = Math.SinCos(angle - AngleAmplitude * Math.Cos(lon * WaveNumber));
            var r = radius - RadiusAmplitude * Math.Sin(lat * WaveNumber);
            double nextLon = r * cos, nextLat = r * sin;
            var moved = Math.Max(Math.Abs(nextLon - lon), Math.Abs(nextLat - lat));
            (lon, lat) = (nextLon, nextLat);
            if (moved < Tolerance)
                break;
        }

        return new LonLat(lon, lat);
    }

    private static double Radius(double lon, double lat) => Math.Sqrt(lon * lon + lat * lat);
}
