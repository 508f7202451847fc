using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Triangulate;

namespace GridMap.Core.Tests.Locating;

/// <summary>
/// A random territory of nested levels, by seed: the innermost grids are the faces of a Voronoi diagram with its vertices on
/// the lattice, some with a special grid carved out of them; outer grids are unions of inner ones. Some innermost grids are
/// left out, so that parents have gaps, and some outer ones are in several parts. Vertices match at all levels.
/// </summary>
public static class NestedCoverage
{
    private const double Lon = 113;
    private const double Lat = 23;

    /// <param name="seed">The same seed gives the same grids.</param>
    /// <param name="faces">Number of Voronoi faces.</param>
    /// <param name="levels">2 to 6.</param>
    /// <param name="coarseness">
    /// Vertices lie on multiples of this many lattice units, so that an edge has at least this many minus one lattice points
    /// strictly inside.
    /// </param>
    /// <param name="size">Width and height of the territory in degrees; faces with edges too long for the lattice are left out.</param>
    public static GridShape[] Create(int seed, int faces, int levels, long coarseness, double size = 0.25)
    {
        var random = new Random(seed);
        var cells = Cells(random, faces, coarseness, size);
        var members = Group(random, cells, levels);
        var grids = new List<GridShape>();
        var ids = new Dictionary<(int Level, int Group), long>();
        for (var level = 1; level <= levels; level++)
        {
            foreach (var group in members.GroupBy(m => m.Path[level - 1]).OrderBy(g => g.Key))
            {
                var isInnermost = level == levels;
                if (isInnermost && random.Next(12) == 0)
                    continue;
                var id = grids.Count + 1;
                ids[(level, group.Key)] = id;
                long? parent = level == 1 ? null : ids[(level - 1, group.First().Path[level - 2])];
                grids.Add(new GridShape(id, RandomCode(random, id), level, parent, Union(group.Select(m => m.Cell))));
            }
        }
        return [.. grids];
    }

    private static List<Polygon> Cells(Random random, int faces, long coarseness, double size)
    {
        var frame = new Envelope(Lon, Lon + size, Lat, Lat + size);
        var diagram = new VoronoiDiagramBuilder { ClipEnvelope = frame };
        diagram.SetSites(Enumerable.Range(0, faces)
            .Select(_ => new Coordinate(Lon + random.NextDouble() * size, Lat + random.NextDouble() * size)).ToList());
        var cells = new List<Polygon>();
        foreach (var face in diagram.GetDiagram(new GeometryFactory()).Geometries)
        {
            // Faces that the frame cuts are left out: the territory's outline is ragged, and all vertices are the diagram's own.
            if (frame.Covers(face.EnvelopeInternal) && Snapped((Polygon)face, coarseness) is { } cell)
                cells.AddRange(random.Next(8) == 0 ? Carved(cell, coarseness) : [cell]);
        }
        return cells;
    }

    private static Polygon? Snapped(Polygon face, long coarseness)
    {
        var ring = new CoordinateList([.. face.ExteriorRing.Coordinates.Select(c => OnCoarseLattice(c.X, c.Y, coarseness))], allowRepeated: false);
        ring.CloseRing();
        if (ring.Count < 4)
            return null;
        var cell = Lattice.Factory.CreatePolygon(ring.ToCoordinateArray());
        if (ring.Zip(ring.Skip(1), (a, b) => Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y))).Max() > Lattice.MaxEdgeDegrees)
            return null;
        return cell.IsValid ? cell : throw new InvalidOperationException($"Snapping folds a face: {cell}");
    }

    /// <summary>A face with a hole, and the special grid in it.</summary>
    private static Polygon[] Carved(Polygon cell, long coarseness)
    {
        var centre = cell.InteriorPoint.Coordinate;
        var reach = cell.ExteriorRing.Distance(cell.InteriorPoint) / 2;
        double[] angles = [0.3, 1.9, 3.5, 5.1];
        var corners = angles.Select(a => OnCoarseLattice(centre.X + reach * Math.Cos(a), centre.Y + reach * Math.Sin(a), coarseness)).ToList();
        corners.Add(corners[0]);
        var hole = Lattice.Factory.CreateLinearRing([.. corners]);
        Polygon carved = Lattice.Factory.CreatePolygon((LinearRing)cell.ExteriorRing.Copy(), [hole]), special = Lattice.Factory.CreatePolygon(hole);
        return carved.IsValid && special.IsValid ? [carved, special] : [cell];
    }

    private static Coordinate OnCoarseLattice(double lon, double lat, long coarseness)
    {
        long Coarse(double degrees) => (long)Math.Round(degrees * Lattice.UnitsPerDegree / coarseness) * coarseness;
        return new Coordinate(Lattice.ToDegrees(Coarse(lon)), Lattice.ToDegrees(Coarse(lat)));
    }

    /// <summary>For each face the group that it is in at every level, outermost first: a quarter as many groups a level further out.</summary>
    private static List<(Polygon Cell, int[] Path)> Group(Random random, List<Polygon> cells, int levels)
    {
        var paths = cells.Select(_ => new int[levels]).ToList();
        var centres = cells.ConvertAll(c => c.InteriorPoint.Coordinate);
        for (var i = 0; i < cells.Count; i++)
            paths[i][levels - 1] = i;
        for (var level = levels - 2; level >= 0; level--)
        {
            var count = paths.Select(p => p[level + 1]).Distinct().Count();
            var seeds = Enumerable.Range(0, Math.Max(2, count / 4)).Select(_ => centres[random.Next(cells.Count)]).ToList();
            foreach (var group in paths.Select((path, i) => (path, i)).GroupBy(p => p.path[level + 1]).ToList())
            {
                // One in twenty goes elsewhere: an exclave, and an outer grid of several parts.
                var home = random.Next(20) == 0 ? random.Next(seeds.Count) : Nearest(seeds, centres[group.First().i]);
                foreach (var (path, _) in group)
                    path[level] = home;
            }
        }
        return [.. cells.Zip(paths)];
    }

    private static int Nearest(List<Coordinate> seeds, Coordinate centre) =>
        Enumerable.Range(0, seeds.Count).MinBy(i => seeds[i].Distance(centre));

    private static MultiPolygon Union(IEnumerable<Polygon> cells)
    {
        var union = CoverageUnion.Union(Lattice.Factory.CreateMultiPolygon([.. cells]));
        return union as MultiPolygon ?? Lattice.Factory.CreateMultiPolygon([(Polygon)union]);
    }

    private static string RandomCode(Random random, long id)
    {
        const string letters = "09AZaz._-";
        return $"{letters[random.Next(letters.Length)]}{letters[random.Next(letters.Length)]}{id}";
    }
}
