using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>Reads rings as lattice points, exactly. Stateless and thread safe.</summary>
internal static class LatticeRings
{
    /// <summary>
    /// The longest edge that is taken, in lattice units (4 degrees): entry gives vertices to any over half a degree
    /// (<see cref="Lattice.MaxEdgeDegrees"/>), and decisions about longer ones would not fit 64 bits.
    /// </summary>
    public const long MaxEdge = 1L << 29;

    /// <summary>All rings of all parts, each shell before its holes.</summary>
    public static IEnumerable<LineString> Of(MultiPolygon polygon)
    {
        for (var i = 0; i < polygon.NumGeometries; i++)
        {
            var part = (Polygon)polygon.GetGeometryN(i);
            yield return part.ExteriorRing;
            for (var hole = 0; hole < part.NumInteriorRings; hole++)
                yield return part.GetInteriorRingN(hole);
        }
    }

    /// <summary>Appends a ring's points, closed as it is.</summary>
    /// <exception cref="ArgumentException">A vertex is not on the lattice, or an edge is longer than <see cref="MaxEdge"/>.</exception>
    public static void Read(LineString ring, List<LatticePoint> points)
    {
        if (PackedPolygons.TryGet(ring, out var ordinates))
        {
            for (var i = 0; i < ordinates.Length; i += 2)
                Add(ordinates[i], ordinates[i + 1], isFirst: i == 0, points);
            return;
        }
        var coordinates = ring.CoordinateSequence;
        for (var i = 0; i < coordinates.Count; i++)
            Add(coordinates.GetX(i), coordinates.GetY(i), isFirst: i == 0, points);
    }

    private static void Add(double lon, double lat, bool isFirst, List<LatticePoint> points)
    {
        var point = OnLattice(lon, lat);
        if (!isFirst && (Math.Abs(point.X - points[^1].X) > MaxEdge || Math.Abs(point.Y - points[^1].Y) > MaxEdge))
            throw new ArgumentException($"The polygon's edge to {point.ToLonLat()} is longer than {Lattice.ToDegrees(MaxEdge)} degrees.", nameof(lon));
        points.Add(point);
    }

    /// <summary>The smallest box around a polygon, which is not empty.</summary>
    public static LatticeBox BoxOf(Geometry polygon)
    {
        var envelope = polygon.EnvelopeInternal;
        return new LatticeBox(
            Lattice.ToUnits(envelope.MinX), Lattice.ToUnits(envelope.MinY), Lattice.ToUnits(envelope.MaxX), Lattice.ToUnits(envelope.MaxY));
    }

    private static LatticePoint OnLattice(double lon, double lat)
    {
        // Not LatticePoint.From: the eastern border of a grid that ends at longitude 180 must stay there.
        var point = new LatticePoint(Lattice.ToUnits(lon), Lattice.ToUnits(lat));
        return Lattice.ToDegrees(point.X) == lon && Lattice.ToDegrees(point.Y) == lat
            ? point
            : throw new ArgumentException($"The polygon's vertex {lon:R} {lat:R} is not on the lattice.", nameof(lon));
    }
}
