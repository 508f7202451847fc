using NetTopologySuite.Geometries;

namespace GridMap.Township.Parcels;

/// <summary>One side of a parcel between two lattice points, the same from both sides.</summary>
internal readonly record struct Edge(double AX, double AY, double BX, double BY)
{
    public static Edge Between(Coordinate a, Coordinate b) =>
        a.CompareTo(b) <= 0 ? new Edge(a.X, a.Y, b.X, b.Y) : new Edge(b.X, b.Y, a.X, a.Y);

    public static IEnumerable<Edge> Of(Polygon polygon)
    {
        foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
        {
            var points = ring.Coordinates;
            for (var i = 1; i < points.Length; i++)
                yield return Between(points[i - 1], points[i]);
        }
    }

    public Coordinate[] Points => [new Coordinate(AX, AY), new Coordinate(BX, BY)];
}
