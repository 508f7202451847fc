using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Plane;

/// <summary>
/// The drawing board: metres east (x) and north (y) of lon 113.0, lat 22.9. Everything is drawn here and snapped to the
/// lattice on the way out. The two scales are the metres a degree measures on the ellipsoid at that latitude.
/// </summary>
internal static class DrawingBoard
{
    public const double OriginLon = 113.0;
    public const double OriginLat = 22.9;
    public const double MetresPerDegreeLon = 102_598;
    public const double MetresPerDegreeLat = 110_743;

    /// <summary>Geometries on the drawing board: floating metres, no SRID.</summary>
    public static GeometryFactory Metres { get; } = new();

    /// <summary>The lattice point nearest to a place on the board.</summary>
    public static Coordinate ToLattice(Coordinate metres) => new(
        Lattice.Snap(OriginLon + metres.X / MetresPerDegreeLon),
        Lattice.Snap(OriginLat + metres.Y / MetresPerDegreeLat));

    public static Coordinate ToMetres(Coordinate degrees) => new(
        (degrees.X - OriginLon) * MetresPerDegreeLon,
        (degrees.Y - OriginLat) * MetresPerDegreeLat);

    public static Coordinate[] ToLattice(Coordinate[] metres)
    {
        var points = new List<Coordinate>(metres.Length);
        foreach (var metre in metres)
        {
            var point = ToLattice(metre);
            if (points.Count == 0 || !points[^1].Equals2D(point))
                points.Add(point);
        }

        return [.. points];
    }

    public static Polygon ToMetres(Polygon degrees) => Metres.CreatePolygon(
        Metres.CreateLinearRing([.. degrees.Shell.Coordinates.Select(ToMetres)]),
        [.. degrees.Holes.Select(hole => Metres.CreateLinearRing([.. hole.Coordinates.Select(ToMetres)]))]);
}
