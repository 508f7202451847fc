using GridMap.Core.Coordinates;

namespace GridMap.Core.Issues;

/// <summary>Where the public sees an issue: its point rounded to a lattice of 50 m. Stateless and thread safe.</summary>
public static class PublicPoint
{
    /// <summary>The spacing in metres.</summary>
    public const double Metres = 50;

    private const double MetresPerDegree = 111_320;

    /// <summary>The nearest public position, degrees; within 36 m of the point. Rounding it again changes nothing.</summary>
    public static LonLat Round(LonLat point)
    {
        const double step = Metres / MetresPerDegree;
        var lat = Math.Round(point.Lat / step) * step;

        // The step in longitude follows the rounded latitude, so that all points of one row share it.
        var stepLon = step / Math.Cos(lat * Math.PI / 180);
        return new LonLat(Math.Round(Math.Round(point.Lon / stepLon) * stepLon, 6), Math.Round(lat, 6));
    }
}
