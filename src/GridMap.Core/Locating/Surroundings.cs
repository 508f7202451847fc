using GridMap.Core.Coordinates;

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
    public double DistanceTo(PolygonEdges polygon) =>
        polygon.Locate(centre) == NetTopologySuite.Geometries.Location.Exterior ? DistanceToBorder(polygon) : 0;

    /// <summary>Metres to the nearest point of a polygon's boundary, from outside or inside; exactly 0 on it.</summary>
    public double DistanceToBorder(PolygonEdges polygon)
    {
        if (polygon.Locate(centre) == NetTopologySuite.Geometries.Location.Boundary)
            return 0;
        var nearest = double.PositiveInfinity;
        for (var r = 0; r < polygon.RingCount; r++)
        {
            var ring = polygon.Ring(r);
            for (var i = 1; i < ring.Length; i++)
                nearest = Math.Min(nearest, SquaredDistanceToEdge(ring[i - 1], ring[i]));
        }
        return Math.Sqrt(nearest);
    }

    private double SquaredDistanceToEdge(LatticePoint a, LatticePoint b)
    {
        var (aEast, aNorth) = ToMetres(a);
        var (bEast, bNorth) = ToMetres(b);
        double alongEast = bEast - aEast, alongNorth = bNorth - aNorth;
        var length = Squared(alongEast, alongNorth);
        var t = length > 0 ? Math.Clamp(-(aEast * alongEast + aNorth * alongNorth) / length, 0, 1) : 0;
        return Squared(aEast + t * alongEast, aNorth + t * alongNorth);
    }

    private static double Squared(double east, double north) => east * east + north * north;
}
