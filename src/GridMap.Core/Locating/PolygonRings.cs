using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>The rings of one multipolygon as lattice points; reads them from it anew each time. Immutable and thread safe.</summary>
internal readonly struct PolygonRings(MultiPolygon polygon)
{
    /// <summary>The smallest box around the polygon.</summary>
    public LatticeBox Box => LatticeRings.BoxOf(polygon);

    /// <summary>All rings, closed (first point = last point), in no direction that means anything; and which are holes.</summary>
    public IEnumerable<(List<LatticePoint> Ring, bool IsHole)> Rings()
    {
        for (var i = 0; i < polygon.NumGeometries; i++)
        {
            var part = (Polygon)polygon.GetGeometryN(i);
            yield return (Read(part.ExteriorRing), IsHole: false);
            for (var hole = 0; hole < part.NumInteriorRings; hole++)
                yield return (Read(part.GetInteriorRingN(hole)), IsHole: true);
        }
    }

    /// <summary>The same as they are stored, in degrees.</summary>
    public IEnumerable<LineString> Lines() => LatticeRings.Of(polygon);

    /// <summary>Whether the point lies in the interior, on the boundary or in the exterior of the polygon; exactly.</summary>
    public Location Locate(LatticePoint point)
    {
        if (!Box.Covers(point))
            return Location.Exterior;
        var inside = false;
        foreach (var (ring, _) in Rings())
        {
            for (var i = 1; i < ring.Count; i++)
            {
                LatticePoint a = ring[i - 1], b = ring[i];
                bool aAbove = a.Y > point.Y, bAbove = b.Y > point.Y;
                if ((aAbove && bAbove) || (a.Y < point.Y && b.Y < point.Y) || (a.X < point.X && b.X < point.X))
                    continue;
                var side = LatticePredicates.Orientation(a, b, point);
                if (side == 0 && LatticePredicates.IsOnSegment(point, a, b))
                    return Location.Boundary;
                // A ray to the east crosses an edge that has one end above it and the other on or below it.
                inside ^= aAbove != bAbove && (side > 0) == bAbove;
            }
        }
        return inside ? Location.Interior : Location.Exterior;
    }

    private static List<LatticePoint> Read(LineString ring)
    {
        var points = new List<LatticePoint>(ring.NumPoints);
        LatticeRings.Read(ring, points);
        return points;
    }
}
