using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Tiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Triangulate;

namespace GridMap.Core.Tests.Tiles;

/// <summary>
/// Random territories of three levels: Voronoi cells with crooked borders, some of them left out (gaps), with islands near borders and
/// a crooked river that is narrower than a unit on most zooms. Levels 1 and 2 are dissolved. Ids are large, names Chinese.
/// </summary>
internal static class VoronoiCoverages
{
    public const long FirstId = 3_000_000_000;

    public static Coverage Build(int seed, int cells, double lon, double lat, double side, int bends = 3)
    {
        var random = new Random(seed);
        var square = new Envelope(lon, lon + side, lat, lat + side);
        var voronoi = new VoronoiDiagramBuilder { ClipEnvelope = square };
        voronoi.SetSites(Enumerable.Range(0, cells).Select(_ => Within(square, random)).ToArray());
        var polygons = voronoi.GetDiagram(new GeometryFactory()).Geometries
            .Select(cell => cell.Intersection(new GeometryFactory().ToGeometry(square))).OfType<Polygon>().ToList();
        var nextId = FirstId;
        var inputs = new List<CoverageInput>();
        var halves = new CoverageInput[2];
        for (var i = 0; i < halves.Length; i++)
            inputs.Add(halves[i] = new CoverageInput(nextId++, $"{i + 1}", 1, null, null));
        var quarters = new CoverageInput[2, 3];
        for (var i = 0; i < 6; i++)
            inputs.Add(quarters[i / 3, i % 3] = new CoverageInput(nextId++, $"{i / 3 + 1}-{i % 3 + 1}", 2, halves[i / 3].Id, null));
        foreach (var cell in polygons)
        {
            if (random.Next(20) == 0)
                continue; // a gap
            var centre = cell.Centroid;
            var parent = quarters[centre.X < lon + side / 2 ? 0 : 1, Math.Min(2, (int)((centre.Y - lat) / side * 3))];
            inputs.Add(new CoverageInput(nextId, $"{nextId - FirstId:D4}", 3, parent.Id, Crooked(cell, seed, bends)));
            nextId++;
            if (random.Next(4) == 0)
                inputs.Add(new CoverageInput(nextId, $"{nextId++ - FirstId:D4}", 3, parent.Id, Island(cell, random)));
        }

        inputs.Add(new CoverageInput(nextId, "river", 3, quarters[0, 0].Id, River(square, random, seed)));
        return CoverageBuilder.Build(CutOut(inputs), CoverageOptions.Exact).Coverage;
    }

    public static GridTiles Tiles(Coverage coverage) =>
        new(coverage, [.. coverage.Grids.Select(grid =>
            new GridCaption($"网格 {grid.Code}", grid.Level == 3 ? "community" : "village"))]);

    // Islands and the river are special grids: carved out of what lies around them.
    private static List<CoverageInput> CutOut(List<CoverageInput> inputs)
    {
        var result = new List<CoverageInput>();
        foreach (var input in inputs)
        {
            var geometry = input.Geometry;
            foreach (var other in inputs)
            {
                if (geometry is not null && other.Geometry is not null && other.Id > input.Id
                    && geometry.Intersects(other.Geometry) && (other.Code == "river" || geometry.Contains(other.Geometry)))
                {
                    geometry = OverlayNGRobust.Overlay(geometry, other.Geometry, SpatialFunction.Difference);
                }
            }

            result.Add(input with { Geometry = geometry });
        }

        return result;
    }

    private static Geometry River(Envelope square, Random random, int seed)
    {
        var course = new List<Coordinate> { new(square.MinX + square.Width * 0.02, Within(square, random).Y) };
        for (var i = 1; i <= 8; i++)
        {
            var to = new Coordinate(square.MinX + square.Width * 0.12 * i, Within(square, random).Y);
            Bend(course[^1], to, new Random(seed + i), 6, course);
        }

        return new GeometryFactory().CreateLineString([.. course]).Buffer(square.Width / 4000, 1);
    }

    private static Polygon Island(Polygon cell, Random random)
    {
        // Near the first edge and small: what a careless simplification puts on the wrong side.
        Coordinate a = cell.ExteriorRing.GetCoordinateN(0), b = cell.ExteriorRing.GetCoordinateN(1);
        var centre = cell.Centroid.Coordinate;
        var share = 0.05 + 0.3 * random.NextDouble();
        var (x, y) = ((a.X + b.X) / 2 * (1 - share) + centre.X * share, (a.Y + b.Y) / 2 * (1 - share) + centre.Y * share);
        var radius = Math.Sqrt(cell.Area) * 0.02;
        var corners = Enumerable.Range(0, 7).Select(i => new Coordinate(
            x + radius * Math.Cos(i * Math.Tau / 7), y + radius * Math.Sin(i * Math.Tau / 7))).ToList();
        return new GeometryFactory().CreatePolygon([.. corners, corners[0].Copy()]);
    }

    // Every edge bends by the same displaced middles from whichever side it is met.
    private static Geometry Crooked(Polygon cell, int seed, int bends)
    {
        var ring = new List<Coordinate>();
        for (var i = 1; i < cell.ExteriorRing.NumPoints; i++)
        {
            Coordinate a = cell.ExteriorRing.GetCoordinateN(i - 1), b = cell.ExteriorRing.GetCoordinateN(i);
            var turned = a.CompareTo(b) > 0;
            var (from, to) = turned ? (b, a) : (a, b);
            var line = new List<Coordinate> { from };
            Bend(from, to, new Random(HashCode(from, to, seed)), bends, line);
            if (turned)
                line.Reverse();
            ring.AddRange(line.SkipLast(1));
        }

        ring.Add(ring[0].Copy());

        // Where a bend of one edge crosses the next one.
        return GeometryFixer.Fix(new GeometryFactory().CreatePolygon([.. ring]));
    }

    private static void Bend(Coordinate a, Coordinate b, Random random, int bends, List<Coordinate> line)
    {
        if (bends > 0)
        {
            var off = (random.NextDouble() - 0.5) * 0.2;
            var middle = new Coordinate((a.X + b.X) / 2 - off * (b.Y - a.Y), (a.Y + b.Y) / 2 + off * (b.X - a.X));
            Bend(a, middle, random, bends - 1, line);
            Bend(middle, b, random, bends - 1, line);
        }
        else
        {
            line.Add(b);
        }
    }

    // Not System.HashCode, whose seed differs from run to run.
    private static int HashCode(Coordinate a, Coordinate b, int seed)
    {
        var points = LatticePoint.From(a).X * 31 + LatticePoint.From(a).Y * 37 + LatticePoint.From(b).X * 41 + LatticePoint.From(b).Y * 43;
        return (int)(points ^ (points >> 32)) ^ seed;
    }

    private static Coordinate Within(Envelope square, Random random) =>
        new(square.MinX + random.NextDouble() * square.Width, square.MinY + random.NextDouble() * square.Height);
}
