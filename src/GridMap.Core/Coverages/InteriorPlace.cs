using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>
/// A point inside a polygon: the middle of the widest section on a level line through its middle, halfway between the vertices above and below
/// that. NetTopologySuite's InteriorPoint on whole numbers, without an object for each vertex. Stateless and thread safe.
/// </summary>
public static class InteriorPlace
{
    /// <summary>The point of the part with the widest section.</summary>
    /// <param name="polygons">Valid, lattice coordinates in degrees, lon lat.</param>
    /// <returns>Degrees, lon lat, SRID 4490, on the lattice; empty for an empty polygon. Inside, unless the polygon is but a unit or two wide there.</returns>
    public static Point Of(MultiPolygon polygons)
    {
        var widest = 0.0;
        var place = default(LatticePoint);
        var crossings = new List<double>();
        foreach (var part in polygons.Geometries)
        {
            if (part.IsEmpty)
                continue;
            var polygon = (Polygon)part;
            LatticePoint[][] rings = [LatticeRing.Of(polygon.ExteriorRing), .. polygon.InteriorRings.Select(LatticeRing.Of)];
            // Twice the height, and odd: no vertex lies there.
            var doubledY = DoubledLine(rings);
            crossings.Clear();
            foreach (var ring in rings)
                Cross(ring, doubledY, crossings);
            crossings.Sort();
            for (var i = 1; i < crossings.Count; i += 2)
            {
                if (crossings[i] - crossings[i - 1] <= widest)
                    continue;
                widest = crossings[i] - crossings[i - 1];
                place = new LatticePoint((long)Math.Round((crossings[i - 1] + crossings[i]) / 2), doubledY >> 1);
            }
        }

        return widest > 0 ? Lattice.Factory.CreatePoint(place.ToCoordinate()) : Lattice.Factory.CreatePoint();
    }

    private static long DoubledLine(LatticePoint[][] rings)
    {
        var (bottom, top) = (long.MaxValue, long.MinValue);
        foreach (var point in rings[0])
            (bottom, top) = (Math.Min(bottom, point.Y), Math.Max(top, point.Y));
        var (below, above) = (bottom, top);
        foreach (var ring in rings)
        {
            foreach (var point in ring)
            {
                if (point.Y * 2 <= bottom + top)
                    below = Math.Max(below, point.Y);
                else
                    above = Math.Min(above, point.Y);
            }
        }

        return (below + above) | 1;
    }

    private static void Cross(LatticePoint[] ring, long doubledY, List<double> crossings)
    {
        for (var i = 1; i < ring.Length; i++)
        {
            var (from, to) = (ring[i - 1], ring[i]);
            if (from.Y * 2 < doubledY != to.Y * 2 < doubledY)
                crossings.Add(from.X + (double)(to.X - from.X) * (doubledY - from.Y * 2) / ((to.Y - from.Y) * 2));
        }
    }
}
