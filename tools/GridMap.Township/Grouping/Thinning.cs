using GridMap.Township.Parcels;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Grouping;

/// <summary>
/// Drops vertices that say nothing: those left on nearly straight borders where parcels met that are now one grid. A vertex goes from
/// every polygon that has it, so that neighbours still match; where three grids meet it stays.
/// </summary>
internal static class Thinning
{
    /// <summary>How far a border may move, metres.</summary>
    private const double Tolerance = 0.5;

    public static void Thin(Grid town)
    {
        for (var pass = 0; pass < 3; pass++)
        {
            var dropped = Needless(town);
            for (var level = 1; level <= 4; level++)
            {
                foreach (var grid in town.AllOf(level))
                    grid.Shape = Without(grid.Shape, dropped);
            }
        }
    }

    private static HashSet<Coordinate> Needless(Grid town)
    {
        var around = new Dictionary<Coordinate, HashSet<Coordinate>>();
        foreach (var edge in town.AllOf(4).SelectMany(grid => Edge.Of(grid.Shape)))
        {
            var ends = edge.Points;
            Link(around, ends[0], ends[1]);
            Link(around, ends[1], ends[0]);
        }

        var dropped = new HashSet<Coordinate>();
        foreach (var (vertex, ends) in around.OrderBy(entry => entry.Key))
        {
            // A neighbour that goes too would let the error add up; it has its turn in the next pass.
            if (ends.Count != 2 || ends.Any(dropped.Contains))
                continue;
            var span = ends.Select(DrawingBoard.ToMetres).ToArray();
            if (new LineSegment(span[0], span[1]).Distance(DrawingBoard.ToMetres(vertex)) < Tolerance / 2)
                dropped.Add(vertex);
        }

        return dropped;
    }

    private static void Link(Dictionary<Coordinate, HashSet<Coordinate>> around, Coordinate from, Coordinate to)
    {
        if (!around.TryGetValue(from, out var ends))
            around[from] = ends = [];
        ends.Add(to);
    }

    private static Polygon Without(Polygon polygon, HashSet<Coordinate> dropped) => polygon.Factory.CreatePolygon(
        Without(polygon.Shell, dropped), [.. polygon.Holes.Select(hole => Without(hole, dropped))]);

    private static LinearRing Without(LinearRing ring, HashSet<Coordinate> dropped)
    {
        var kept = ring.Coordinates.SkipLast(1).Where(point => !dropped.Contains(point)).ToList();
        return ring.Factory.CreateLinearRing([.. kept, kept[0].Copy()]);
    }
}
