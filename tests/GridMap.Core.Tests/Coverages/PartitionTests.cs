using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace GridMap.Core.Tests.Coverages;

/// <summary>Properties of builds from random townships, against sums and overlays that know nothing of faces.</summary>
public sealed class PartitionTests
{
    private static readonly DefectKind[] Harmless = [DefectKind.Gap, DefectKind.PartApart, DefectKind.Sliver];

    [Theory]
    [InlineData(1, 60, 2)]
    [InlineData(2, 200, 3)]
    [InlineData(3, 400, 4)]
    public void Exact_cells_are_taken_as_they_are_and_all_levels_have_the_same_area(int seed, int cells, int levels)
    {
        var partition = new RandomPartition(seed, cells, levels);
        var build = TestPlane.Build(0, [.. partition.Inputs]);

        Assert.Empty(build.Repairs);
        Assert.Equal(0, build.MaxDisplacementMetres);
        Assert.All(build.Defects, defect => Assert.Contains(defect.Kind, Harmless));
        for (var grid = 0; grid < build.Coverage.Grids.Count; grid++)
            if (partition.Inputs[grid].Geometry is { } geometry)
                Assert.Equal(Int128.Abs(TestPlane.DoubledArea(geometry)), build.Coverage.DoubledArea(grid));
        var sums = Enumerable.Range(1, levels).Select(level => AreaOfLevel(build.Coverage, level)).ToList();
        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
    }

    [Theory]
    [InlineData(4, 60, 2)]
    [InlineData(5, 300, 4)]
    public void Given_as_polygons_on_all_levels_the_same_coverage_comes_out(int seed, int cells, int levels)
    {
        var first = TestPlane.Build(0, [.. new RandomPartition(seed, cells, levels).Inputs]).Coverage;
        var shapes = first.ToShapes();
        var second = TestPlane.Build(
            0, [.. shapes.Select(shape => new CoverageInput(shape.Id, shape.Code, shape.Level, shape.ParentId, shape.Polygon))]).Coverage;

        Assert.Equal(TestPlane.Bytes(shapes), TestPlane.Bytes(second.ToShapes()));
        Assert.Equal(first.Arcs.Count, second.Arcs.Count);
    }

    [Theory]
    [InlineData(6, 60, 0.2)]
    [InlineData(7, 200, 0.4)]
    [InlineData(8, 200, 0.002)]
    public void Jittered_cells_come_together_and_every_place_lies_in_exactly_one(int seed, int cells, double metres)
    {
        var inputs = RandomPartition.Jitter(new RandomPartition(seed, cells, 1).Cells, seed, metres, holdRim: true);
        var (exact, build) = BuildBoth(inputs);

        // The outer border is as it was, so what it encloses is too, to the lattice unit: in one grid each, but for gaps too wide to close.
        Assert.Equal(AreaOfFaces(exact.Coverage) + AreaOfGaps(exact), AreaOfLevel(build.Coverage, 1) + AreaOfGaps(build));

        var union = OverlayNGRobust.Union(inputs.Select(input => input.Geometry!).ToArray());
        var unionUnits = union.Area * Lattice.UnitsPerDegree * Lattice.UnitsPerDegree;
        var perimeterUnits = union.Length * Lattice.UnitsPerDegree;
        Assert.InRange((double)AreaOfFaces(exact.Coverage) / 2 - unionUnits, -perimeterUnits, perimeterUnits);
    }

    [Theory]
    [InlineData(14, 100, 0.2)]
    [InlineData(15, 200, 0.4)]
    public void Slits_that_jitter_opens_to_the_outside_are_closed_too(int seed, int cells, double metres)
    {
        var inputs = RandomPartition.Jitter(new RandomPartition(seed, cells, 1).Cells, seed, metres, holdRim: false);
        var (exact, build) = BuildBoth(inputs);

        // As many neighbours as there were before the jitter: no slit keeps two apart, and none makes new ones.
        var truth = TestPlane.Build(0, [.. new RandomPartition(seed, cells, 1).Cells]).Coverage;
        var missing = LongBorders(truth).Except(Borders(build.Coverage)).ToList();
        Assert.Empty(missing);
        Assert.NotEmpty(LongBorders(truth).Except(Borders(exact.Coverage)));
    }

    private static (CoverageBuild Exact, CoverageBuild Build) BuildBoth(List<CoverageInput> inputs)
    {
        var exact = TestPlane.Build(0, [.. inputs]);
        var build = TestPlane.Build(1, [.. inputs]);
        Assert.Contains(exact.Defects, defect => defect.Kind == DefectKind.Overlap);
        Assert.Contains(exact.Defects, defect => defect.Kind == DefectKind.Gap);
        Assert.DoesNotContain(build.Defects, defect => defect.Blocks);
        Assert.InRange(build.MaxDisplacementMetres, 0, 0.001);
        foreach (var gap in build.Defects.Where(defect => defect.Kind == DefectKind.Gap))
            Assert.True(gap.Geometry.Buffer(-0.4 / 111_000).Area > 0);
        return (exact, build);
    }

    private static IEnumerable<(long, long)> LongBorders(Coverage coverage) => Borders(coverage, 5);

    private static IEnumerable<(long, long)> Borders(Coverage coverage, double minMetres = 0) => coverage.Arcs
        .Where(arc => Lattice.Factory.CreateLineString([.. arc.Points.ToArray().Select(point => point.ToCoordinate())]).Length * 100_000 >= minMetres)
        .Select(arc => (coverage.Faces[arc.LeftFace].GridAt(1), coverage.Faces[arc.RightFace].GridAt(1)))
        .Where(sides => sides.Item1 >= 0 && sides.Item2 >= 0)
        .Select(sides => (coverage.Grids[Math.Min(sides.Item1, sides.Item2)].Id, coverage.Grids[Math.Max(sides.Item1, sides.Item2)].Id))
        .Distinct();

    [Theory]
    [InlineData(9, 60, 3, 0.3)]
    [InlineData(10, 300, 4, 0.3)]
    public void Jittered_polygons_of_all_levels_come_together_as_nested_levels(int seed, int cells, int levels, double metres)
    {
        var truth = TestPlane.Build(0, [.. new RandomPartition(seed, cells, levels).Inputs]).Coverage;
        var random = new Random(seed);
        var inputs = truth.ToShapes().Select(shape => new CoverageInput(
            shape.Id, shape.Code, shape.Level, shape.ParentId, JitterAll(shape.Polygon, random, metres))).ToArray();
        var build = TestPlane.Build(1, inputs);

        Assert.DoesNotContain(build.Defects, defect => defect.Blocks);
        foreach (var face in build.Coverage.Faces.Skip(1))
        {
            for (var i = 1; i < face.Claims.Length; i++)
                Assert.Equal(build.Coverage.Grids[face.Claims[i - 1]].Id, build.Coverage.Grids[face.Claims[i]].ParentId);
        }
        for (var grid = 0; grid < truth.Grids.Count; grid++)
        {
            var border = truth.Polygon(grid).Length * 111_000;
            Assert.InRange(build.Coverage.SquareMetres(grid) - truth.SquareMetres(grid), -border, border);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Overlaps_have_the_area_of_the_pairwise_intersections(int seed)
    {
        var inputs = RandomPartition.Jitter(new RandomPartition(seed, 80, 1).Cells, seed, 15, holdRim: false);
        var build = TestPlane.Build(0, [.. inputs]);
        var byPair = new Dictionary<(long, long), double>();
        foreach (var overlap in build.Defects.Where(defect => defect.Kind == DefectKind.Overlap))
        {
            var ids = overlap.Grids.Select(grid => grid.Id).Order().ToList();
            for (var i = 0; i < ids.Count; i++)
                for (var j = i + 1; j < ids.Count; j++)
                    byPair[(ids[i], ids[j])] = byPair.GetValueOrDefault((ids[i], ids[j])) + overlap.Measure!.Value.Value;
        }

        var pairs = 0;
        foreach (var a in inputs)
        {
            foreach (var b in inputs.Where(other => other.Id > a.Id))
            {
                var common = OverlayNGRobust.Overlay(a.Geometry, b.Geometry, SpatialFunction.Intersection);
                var expected = PolygonExtracter.GetPolygons(common).Sum(EllipsoidalArea.SquareMetres);
                pairs += expected > 0.1 ? 1 : 0;
                // A millimetre along the borders of both.
                Assert.Equal(expected, byPair.GetValueOrDefault((a.Id, b.Id)), 0.001 * 111_000 * (a.Geometry!.Length + b.Geometry!.Length));
            }
        }
        Assert.True(pairs > 50);
    }

    [Fact]
    public void Random_points_lie_in_the_grids_that_their_outlines_said()
    {
        var inputs = RandomPartition.Jitter(new RandomPartition(13, 80, 1).Cells, 13, 15, holdRim: false);
        var coverage = TestPlane.Build(0, [.. inputs]).Coverage;
        var polygons = coverage.ToShapes().Select(shape => shape.Polygon).ToList();
        var random = new Random(13);
        for (var i = 0; i < 2000; i++)
        {
            var point = Lattice.Factory.CreatePoint(
                new Coordinate(RandomPartition.Lon + random.NextDouble() * 0.02, RandomPartition.Lat + random.NextDouble() * 0.02));
            for (var grid = 0; grid < inputs.Count; grid++)
                Assert.Equal(inputs[grid].Geometry!.Covers(point), polygons[grid].Covers(point));
        }
    }

    private static MultiPolygon JitterAll(MultiPolygon polygon, Random random, double metres)
    {
        var jittered = (MultiPolygon)polygon.Copy();
        foreach (var ring in jittered.Geometries.Cast<Polygon>().SelectMany(part => part.Holes.Prepend(part.Shell)))
        {
            for (var i = 0; i < ring.NumPoints - 1; i++)
            {
                ring.CoordinateSequence.SetOrdinate(i, 0, ring.CoordinateSequence.GetX(i) + metres / 111_000 * (2 * random.NextDouble() - 1));
                ring.CoordinateSequence.SetOrdinate(i, 1, ring.CoordinateSequence.GetY(i) + metres / 111_000 * (2 * random.NextDouble() - 1));
            }
            ring.CoordinateSequence.SetOrdinate(ring.NumPoints - 1, 0, ring.CoordinateSequence.GetX(0));
            ring.CoordinateSequence.SetOrdinate(ring.NumPoints - 1, 1, ring.CoordinateSequence.GetY(0));
        }
        jittered.GeometryChanged();
        return jittered;
    }

    private static Int128 AreaOfLevel(Coverage coverage, int level)
    {
        Int128 sum = 0;
        for (var grid = 0; grid < coverage.Grids.Count; grid++)
            if (coverage.Grids[grid].Level == level)
                sum += coverage.DoubledArea(grid);
        return sum;
    }

    private static Int128 AreaOfGaps(CoverageBuild build)
    {
        Int128 sum = 0;
        foreach (var gap in build.Defects.Where(defect => defect.Kind == DefectKind.Gap))
            sum += TestPlane.DoubledArea(gap.Geometry);
        return sum;
    }

    /// <summary>Of all faces that somebody claims, each counted once: a dissolved grid over all of them.</summary>
    private static Int128 AreaOfFaces(Coverage coverage)
    {
        var shapes = coverage.ToShapes().Select(shape => new CoverageInput(shape.Id, shape.Code, 2, -1, shape.Polygon));
        return TestPlane.Build(0, [new CoverageInput(-1, "all", 1, null, null), .. shapes]).Coverage.DoubledArea(0);
    }
}
