namespace GridMap.Core.Coordinates;

/// <summary>The CGCS2000 ellipsoid (GRS 1980 in all but name). Lengths in metres, latitudes in radians. Stateless, thread safe.</summary>
public static class Ellipsoid
{
    /// <summary>Semi-major axis, metres.</summary>
    public const double SemiMajorAxis = 6_378_137;

    /// <summary>Inverse flattening.</summary>
    public const double InverseFlattening = 298.257222101;

    /// <summary>First eccentricity squared.</summary>
    public const double EccentricitySquared = (2 - 1 / InverseFlattening) / InverseFlattening;

    /// <summary>Radius of curvature in the meridian, metres.</summary>
    /// <param name="latitude">Geodetic latitude, radians.</param>
    public static double MeridianRadius(double latitude) => Radii(latitude).Meridian;

    /// <summary>Radius of curvature in the prime vertical, metres.</summary>
    /// <param name="latitude">Geodetic latitude, radians.</param>
    public static double PrimeVerticalRadius(double latitude) => Radii(latitude).PrimeVertical;

    /// <summary>Both radii of curvature, metres.</summary>
    /// <param name="latitude">Geodetic latitude, radians.</param>
    public static (double Meridian, double PrimeVertical) Radii(double latitude)
    {
        var sin = Math.Sin(latitude);
        var w2 = 1 - EccentricitySquared * sin * sin;
        var w = Math.Sqrt(w2);
        return (SemiMajorAxis * (1 - EccentricitySquared) / (w2 * w), SemiMajorAxis / w);
    }
}
