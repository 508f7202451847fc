using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GridMap.Township.Checking;

/// <summary>
/// Proves what the files promise, twice: by Core's coverage, and by counting edges and lattice areas without it. Throws at the first fault.
/// </summary>
internal static class CoverageCheck
{
    /// <summary>Reads the shapes as one planar map and returns it; any defect that would block publishing is a fault.</summary>
    public static Coverage Read(IReadOnlyList<GridShape> shapes)
    {
        var reading = CoverageReader.Read(shapes);
        if (reading.Coverage is not { } coverage)
            throw new InvalidOperationException($"The grids do not match: {reading.Defects.Count} places, the first at {reading.Defects[0].Place}.");
        var defects = CoverageValidator.Validate(coverage, DefectRules.Default);
        if (defects.Count > 0)
            throw new InvalidOperationException($"{defects.Count} defects; the first: {defects[0].Kind} at {defects[0].Place}.");
        return coverage;
    }

    public static void Prove(IReadOnlyList<GridShape> shapes)
    {
        int[] wanted = [1, 22, 173, 1508];
        for (var level = 1; level <= 4; level++)
        {
            var grids = shapes.Where(shape => shape.Level == level).ToList();
            Demand(grids.Count == wanted[level - 1], $"level {level} has {grids.Count} grids");
            foreach (var grid in grids)
                ProveShape(grid);
            ProveEdges(level, grids, shapes);
        }

        var area = shapes.ToDictionary(shape => shape.Id, shape => DoubledArea(shape.Polygon));
        foreach (var children in shapes.Where(shape => shape.ParentId is not null).GroupBy(shape => shape.ParentId!.Value))
        {
            var sum = children.Aggregate((Int128)0, (total, child) => total + area[child.Id]);
            Demand(sum == area[children.Key], $"the children of grid {children.Key} make {sum}, it has {area[children.Key]}");
        }

        var childless = shapes.Where(shape => shape.Level < 4).Select(shape => shape.Id)
            .Except(shapes.Select(shape => shape.ParentId ?? 0)).Count();
        Demand(childless == 0, $"{childless} grids have no children");
    }

    private static void ProveShape(GridShape grid)
    {
        var error = new IsValidOp(grid.Polygon).ValidationError;
        Demand(error is null, $"{grid.Code}: {error}");
        Demand(grid.Polygon.NumGeometries == 1, $"{grid.Code} is in {grid.Polygon.NumGeometries} pieces");
        Demand(grid.Polygon.Coordinates.All(point => new LonLat(point.X, point.Y).IsOnLattice), $"{grid.Code} is off the lattice");
        var metres = Plane.DrawingBoard.ToMetres((Polygon)grid.Polygon.GetGeometryN(0));
        Demand(metres.Area > 1000, $"{grid.Code} has only {metres.Area} m²");
        Demand(2 * metres.Area / metres.Length > 8, $"{grid.Code} is only {2 * metres.Area / metres.Length} m wide");
    }

    /// <summary>Within a level each edge is used once in each direction, but for those of the outer border; the town uses these.</summary>
    private static void ProveEdges(int level, List<GridShape> grids, IReadOnlyList<GridShape> shapes)
    {
        var open = new HashSet<(LatticePoint, LatticePoint)>();
        foreach (var (from, to) in grids.SelectMany(grid => Directed(grid.Polygon)))
        {
            if (!open.Remove((to, from)))
                Demand(open.Add((from, to)), $"level {level} uses an edge at {from} twice in one direction");
        }

        Demand(open.SetEquals(Directed(shapes[0].Polygon)), $"level {level} has another outer border than the town");
    }

    private static IEnumerable<(LatticePoint From, LatticePoint To)> Directed(MultiPolygon polygons)
    {
        foreach (var polygon in polygons.Geometries.Cast<Polygon>())
        {
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
            {
                var points = ring.IsCCW == ReferenceEquals(ring, polygon.Shell) ? ring.Coordinates : ring.Reverse().Coordinates;
                for (var i = 1; i < points.Length; i++)
                    yield return (LatticePoint.From(points[i - 1]), LatticePoint.From(points[i]));
            }
        }
    }

    private static Int128 DoubledArea(MultiPolygon polygons)
    {
        Int128 sum = 0;
        foreach (var (from, to) in Directed(polygons))
            sum += (Int128)from.X * to.Y - (Int128)to.X * from.Y;
        return sum;
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }
}
