using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>
/// What lies around a point, in metres east and north of it: the local plane at the point, over lattice units. An edge that is
/// straight in degrees is straight here. An immutable value.
/// </summary>
internal readonly struct Surroundings
{
    // So that rounding leaves nothing out that is just within a limit.
    private const double LimitSlack = 1 + 1e-9;

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

    private EdgeDistance Edges => new(centre.X, centre.Y, metresPerUnitEast, metresPerUnitNorth);

    /// <summary>Where a place of the lattice, in degrees, lies from the centre, in metres.</summary>
    public (double East, double North) ToMetres(double lon, double lat) => Edges.ToMetres(lon, lat);

    /// <summary>A box that holds the circle of so many metres around the centre.</summary>
    public LatticeBox BoxAround(double metres)
    {
        long reachX = (long)(metres / metresPerUnitEast) + 1, reachY = (long)(metres / metresPerUnitNorth) + 1;
        return new LatticeBox(centre.X - reachX, centre.Y - reachY, centre.X + reachX, centre.Y + reachY);
    }

    /// <summary>Metres to the nearest point of a box; 0 within it.</summary>
    public double DistanceTo(in LatticeBox box) => Math.Sqrt(SquaredTo(box));

    /// <summary>Metres to the nearest point of a polygon; 0 when it covers the centre.</summary>
    public double DistanceTo(PolygonRings polygon) =>
        polygon.Locate(centre) == Location.Exterior ? DistanceToBorder(polygon) : 0;

    /// <summary>Metres to the nearest point of a polygon's boundary, from outside or inside. On it rounding may leave a trace.</summary>
    /// <param name="polygon">Its rings.</param>
    /// <param name="limit">Metres; what is further away may be said to be further than it is.</param>
    public double DistanceToBorder(PolygonRings polygon, double limit = double.PositiveInfinity)
    {
        var edges = Edges;
        double nearest = double.PositiveInfinity, bound = limit * limit * LimitSlack;
        for (var i = 0; i < polygon.Count; i++)
        {
            var ring = polygon[i];
            for (var run = 0; run < ring.Runs; run++)
            {
                if (ring.TryGetBox(run, out var box) && SquaredTo(box) > bound)
                    continue;
                nearest = Math.Min(nearest, edges.SquaredToNearest(ring.Run(run)));
                bound = Math.Min(bound, nearest);
            }
        }
        return Math.Sqrt(nearest);
    }

    private double SquaredTo(in LatticeBox box)
    {
        var east = Math.Max(0, Math.Max(box.MinX - centre.X, centre.X - box.MaxX)) * metresPerUnitEast;
        var north = Math.Max(0, Math.Max(box.MinY - centre.Y, centre.Y - box.MaxY)) * metresPerUnitNorth;
        return east * east + north * north;
    }
}
