using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>The one way in for polygons: from any datum onto the lattice. Stateless and thread safe.</summary>
public static class LatticeGeometry
{
    /// <summary>More added vertices than this (50,000 degrees of edges) are not a map but an attempt to fill the memory.</summary>
    public const int MaxVerticesAdded = 100_000;

    /// <summary>
    /// Converts every vertex to WGS84, snaps it, drops consecutive duplicates, Z and M, and adds vertices to edges that are too
    /// long. Edges stay straight between converted vertices.
    /// </summary>
    /// <param name="geometry">A Polygon or MultiPolygon with X lon and Y lat in degrees; not modified. Its SRID is ignored.</param>
    /// <param name="datum">What its coordinates refer to.</param>
    /// <returns>
    /// A refusal for anything but polygons, for coordinates that are not finite, out of range or beyond 85 degrees, for a ring that
    /// crosses longitude 180 or reaches it from the west, for edges that need more than <see cref="MaxVerticesAdded"/> vertices,
    /// and when nothing is left.
    /// </returns>
    public static EnteredGeometry Enter(Geometry geometry, Datum datum)
    {
        if (geometry is not (Polygon or MultiPolygon))
            return new EnteredGeometry { Refusal = EntryRefusal.NotPolygonal };
        var entry = new LatticeEntry(datum);
        return entry.Answer(entry.Polygons(geometry).ConvertAll(rings => Lattice.Factory.CreatePolygon(ToRing(rings[0]), [.. rings.Skip(1).Select(ToRing)])));
    }

    /// <summary>The area in m² of what <see cref="Enter"/> would make, without making it; or why it would be refused.</summary>
    /// <param name="geometry">A Polygon or MultiPolygon with X lon and Y lat in degrees; not modified. Its SRID is ignored.</param>
    /// <param name="datum">What its coordinates refer to.</param>
    public static (EntryRefusal Refusal, Coordinate? RefusedAt, double SquareMetres) Measure(Geometry geometry, Datum datum)
    {
        if (geometry is not (Polygon or MultiPolygon))
            return (EntryRefusal.NotPolygonal, null, 0);
        var entry = new LatticeEntry(datum);
        var polygons = entry.Polygons(geometry);
        if (entry.Refusal != EntryRefusal.None)
            return (entry.Refusal, entry.RefusedAt, 0);
        Int128 sum = 0;
        foreach (var rings in polygons)
        {
            sum += EllipsoidalArea.Enclosed(rings[0]);
            for (var hole = 1; hole < rings.Length; hole++)
                sum -= EllipsoidalArea.Enclosed(rings[hole]);
        }

        return (polygons.Count == 0 ? EntryRefusal.Empty : EntryRefusal.None, null, EllipsoidalArea.ToSquareMetres(sum));
    }

    private static LinearRing ToRing(LatticePoint[] points) =>
        Lattice.Factory.CreateLinearRing(Array.ConvertAll(points, point => point.ToCoordinate()));
}
