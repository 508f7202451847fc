using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>
/// What lies around a point, in metres east and north of it: the local plane at the point, over lattice units. An edge that is
/// straight in degrees is straight here. An immutable value.
/// </summary>
internal readonly struct Surroundings
{
    private readonly LatticePoint centre;
    private readonly double metresPerUnitEast;
    private readonly double metresPerUnitNorth;

    public Surroundings(LonLat point)
    {
        var plane = LocalPlane.At(point);
        centre = LatticePoint.From(point);
        metresPerUnitEast = plane.MetresPerDegreeEast / Lattice.UnitsPerDegree;
        metresPerUnitNorth = plane.MetresPerDegreeNorth / Lattice.UnitsPerDegree;
    }

    /// <summary>Where a point lies from the centre, in metres.</summary>
    public (double East, double North) ToMetres(LatticePoint point) =>
        ((point.X - centre.X) * metresPerUnitEast, (point.Y - centre.Y) * metresPerUnitNorth);

    /// <summary>A box that holds the circle of so many metres around the centre.</summary>
    public LatticeBox BoxAround(double metres)
    {
        long reachX = (long)(metres / metresPerUnitEast) + 1, reachY = (long)(metres / metresPerUnitNorth) + 1;
        return new LatticeBox(centre.X - reachX, centre.Y - reachY, centre.X + reachX, centre.Y + reachY);
    }

    /// <summary>Metres to the nearest point of a box; 0 within it.</summary>
    public double DistanceTo(LatticeBox box) =>
        Math.Sqrt(Squared(
            Math.Max(0, Math.Max(box.MinX - centre.X, centre.X - box.MaxX)) * metresPerUnitEast,
            Math.Max(0, Math.Max(box.MinY - centre.Y, centre.Y - box.MaxY)) * metresPerUnitNorth));

    /// <summary>Metres to the nearest point of a polygon; 0 when it covers the centre.</summary>
    public double DistanceTo(PolygonRings polygon) =>
        polygon.Locate(centre) == Location.Exterior ? DistanceToBorder(polygon) : 0;

    /// <summary>Metres to the nearest point of a polygon's boundary, from outside or inside. On it rounding may leave a trace.</summary>
    public double DistanceToBorder(PolygonRings polygon)
    {
        var nearest = double.PositiveInfinity;
        foreach (var ring in polygon.Lines())
        {
            var points = ring.CoordinateSequence;
            var a = ToMetres(points, 0);
            for (var i = 1; i < points.Count; i++)
            {
                var b = ToMetres(points, i);
                nearest = Math.Min(nearest, SquaredDistanceToEdge(a, b));
                a = b;
            }
        }
        return Math.Sqrt(nearest);
    }

    // Lattice values and their differences are exact as doubles.
    private (double East, double North) ToMetres(CoordinateSequence points, int i) => (
        (points.GetX(i) * Lattice.UnitsPerDegree - centre.X) * metresPerUnitEast,
        (points.GetY(i) * Lattice.UnitsPerDegree - centre.Y) * metresPerUnitNorth);

    private static double SquaredDistanceToEdge((double East, double North) a, (double East, double North) b)
    {
        double alongEast = b.East - a.East, alongNorth = b.North - a.North;
        var length = Squared(alongEast, alongNorth);
        var t = length > 0 ? Math.Clamp(-(a.East * alongEast + a.North * alongNorth) / length, 0, 1) : 0;
        return Squared(a.East + t * alongEast, a.North + t * alongNorth);
    }

    private static double Squared(double east, double north) => east * east + north * north;
}
