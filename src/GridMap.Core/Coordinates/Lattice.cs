using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>
/// The lattice: every coordinate that is stored or looked up is a multiple of 2^-27 degree (0.83 mm).
/// Such values, their differences and the products of differences of up to 0.5 degree are exact as doubles,
/// so integers, NetTopologySuite and PostGIS decide the same about every point. Stateless and thread safe.
/// </summary>
public static class Lattice
{
    /// <summary>Lattice units in one degree: 2^27.</summary>
    public const double UnitsPerDegree = 134_217_728d;

    /// <summary>The longest edge, in degrees, for which orientation tests stay exact; longer ones get vertices on entry.</summary>
    public const double MaxEdgeDegrees = 0.5;

    /// <summary>Storage reference system: CGCS2000 (EPSG:4490), axes lon, lat.</summary>
    public const int Srid = 4490;

    /// <summary>The precision model of the lattice, for noding and overlay.</summary>
    public static PrecisionModel PrecisionModel { get; } = new(UnitsPerDegree);

    /// <summary>Geometries made with this factory carry <see cref="Srid"/> and the lattice's precision model.</summary>
    public static GeometryFactory Factory { get; } =
        new NtsGeometryServices(PrecisionModel, Srid).CreateGeometryFactory();

    /// <summary>The nearest lattice value of a coordinate in degrees, half to even. This is the only rounding in GridMap.</summary>
    public static double Snap(double degrees) => Math.Round(degrees * UnitsPerDegree, MidpointRounding.ToEven) / UnitsPerDegree;

    /// <summary>A coordinate in degrees as a whole number of lattice units (at most 35 bits).</summary>
    public static long ToUnits(double degrees) => (long)Math.Round(degrees * UnitsPerDegree, MidpointRounding.ToEven);

    /// <summary>Whole lattice units as degrees, exactly.</summary>
    public static double ToDegrees(long units) => units / UnitsPerDegree;
}
