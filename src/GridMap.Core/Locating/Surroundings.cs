using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
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
            if (PackedPolygons.TryGet(ring, out var ordinates))
                ToRing(ordinates, ref nearest);
            else
                ToRing(CoordinatesOf(ring), ref nearest);
        }
        return Math.Sqrt(nearest);
    }

    /// <summary>Lowers the square of the nearest distance found so far to that of a ring: lon, lat, lon, lat … in degrees.</summary>
    private void ToRing(ReadOnlySpan<double> ordinates, ref double nearest)
    {
        var a = ToMetres(ordinates[0], ordinates[1]);
        for (var i = 2; i < ordinates.Length; i += 2)
        {
            var b = ToMetres(ordinates[i], ordinates[i + 1]);
            // Most edges lie further away on one axis alone than what was found; that is known without dividing.
            double east = Math.Max(Math.Min(a.East, b.East), -Math.Max(a.East, b.East)), north = Math.Max(Math.Min(a.North, b.North), -Math.Max(a.North, b.North));
            if (Squared(Math.Max(0, east), Math.Max(0, north)) < nearest)
                nearest = Math.Min(nearest, SquaredDistanceToEdge(a, b));
            a = b;
        }
    }

    private static double[] CoordinatesOf(LineString ring)
    {
        var points = ring.CoordinateSequence;
        var ordinates = new double[2 * points.Count];
        for (var i = 0; i < points.Count; i++)
            (ordinates[2 * i], ordinates[2 * i + 1]) = (points.GetX(i), points.GetY(i));
        return ordinates;
    }

    // Lattice values and their differences are exact as doubles.
    private (double East, double North) ToMetres(double lon, double lat) =>
        ((lon * Lattice.UnitsPerDegree - centre.X) * metresPerUnitEast, (lat * Lattice.UnitsPerDegree - centre.Y) * metresPerUnitNorth);

    private static double SquaredDistanceToEdge((double East, double North) a, (double East, double North) b)
    {
        double alongEast = b.East - a.East, alongNorth = b.North - a.North;
        var length = Squared(alongEast, alongNorth);
        var t = length > 0 ? Math.Clamp(-(a.East * alongEast + a.North * alongNorth) / length, 0, 1) : 0;
        return Squared(a.East + t * alongEast, a.North + t * alongNorth);
    }

    private static double Squared(double east, double north) => east * east + north * north;
}
