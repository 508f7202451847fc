using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>
/// A point of the lattice in whole lattice units (<see cref="Lattice.UnitsPerDegree"/> to the degree), longitude first.
/// An immutable value. Ordered by <see cref="X"/>, then by <see cref="Y"/>: the order in which canonical rings look
/// for their smallest point.
/// </summary>
/// <param name="X">Longitude in lattice units, [-180, 180) degrees: 36 bits with the sign.</param>
/// <param name="Y">Latitude in lattice units, within ±90 degrees: 35 bits with the sign.</param>
public readonly record struct LatticePoint(long X, long Y) : IComparable<LatticePoint>
{
    private const long HalfTurn = 180L << 27;

    /// <summary>The nearest lattice point of a position in degrees, half to even; longitude 180 becomes -180.</summary>
    /// <param name="lon">Longitude in degrees, finite, within ±180.</param>
    /// <param name="lat">Latitude in degrees, finite, within ±90.</param>
    public static LatticePoint FromDegrees(double lon, double lat)
    {
        var x = Lattice.ToUnits(lon);
        return new LatticePoint(x == HalfTurn ? -HalfTurn : x, Lattice.ToUnits(lat));
    }

    /// <summary>The nearest lattice point of a position; longitude 180 becomes -180.</summary>
    public static LatticePoint From(LonLat position) => FromDegrees(position.Lon, position.Lat);

    /// <summary>The nearest lattice point of a coordinate in degrees (X lon, Y lat); longitude 180 becomes -180.</summary>
    public static LatticePoint From(Coordinate coordinate) => FromDegrees(coordinate.X, coordinate.Y);

    /// <summary>The position in degrees, exactly.</summary>
    public LonLat ToLonLat() => new(Lattice.ToDegrees(X), Lattice.ToDegrees(Y));

    /// <summary>A new two-dimensional coordinate in degrees (X lon, Y lat), exactly.</summary>
    public Coordinate ToCoordinate() => new(Lattice.ToDegrees(X), Lattice.ToDegrees(Y));

    /// <summary>By <see cref="X"/>, then by <see cref="Y"/>.</summary>
    public int CompareTo(LatticePoint other)
    {
        var byX = X.CompareTo(other.X);
        return byX != 0 ? byX : Y.CompareTo(other.Y);
    }

    /// <summary>True when <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    public static bool operator <(LatticePoint a, LatticePoint b) => a.CompareTo(b) < 0;

    /// <summary>True when <paramref name="a"/> comes after <paramref name="b"/>.</summary>
    public static bool operator >(LatticePoint a, LatticePoint b) => a.CompareTo(b) > 0;

    /// <summary>True when <paramref name="a"/> comes before or equals <paramref name="b"/>.</summary>
    public static bool operator <=(LatticePoint a, LatticePoint b) => a.CompareTo(b) <= 0;

    /// <summary>True when <paramref name="a"/> comes after or equals <paramref name="b"/>.</summary>
    public static bool operator >=(LatticePoint a, LatticePoint b) => a.CompareTo(b) >= 0;
}
