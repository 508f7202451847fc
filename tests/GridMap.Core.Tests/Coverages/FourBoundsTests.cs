using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Coverages;

/// <summary>Who lies on which side, on shapes where that can be said by looking at them.</summary>
public sealed class FourBoundsTests
{
    private const double Unit = 1d / 1024;

    [Fact]
    public void A_square_among_squares_has_one_neighbour_a_side_and_none_at_its_corners()
    {
        var grids = from x in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 3) select ($"{x}{y}", 1, (string?)null, Square(x * 8, y * 8, 8));
        Assert.Equal("E:21 S:10 W:01 N:12", Bounds(grids, "11"));
        Assert.Equal("E:10 S:- W:- N:01", Bounds(grids, "00"));
    }

    [Fact]
    public void Several_on_a_side_are_named_from_north_to_south_and_from_west_to_east()
    {
        Assert.Equal("E:c,b S:- W:- N:d,e", Bounds(
        [
            ("a", 1, null, "POLYGON ((0 0, 8 0, 8 4, 8 8, 4 8, 0 8, 0 0))"), ("b", 1, null, "POLYGON ((8 0, 12 0, 12 4, 8 4, 8 0))"),
            ("c", 1, null, "POLYGON ((8 4, 12 4, 12 8, 8 8, 8 4))"), ("d", 1, null, "POLYGON ((0 8, 4 8, 4 12, 0 12, 0 8))"),
            ("e", 1, null, "POLYGON ((4 8, 8 8, 8 12, 4 12, 4 8))"),
        ], "a"));
    }

    [Fact]
    public void The_walls_of_a_bay_are_on_no_side_but_its_floor_is()
    {
        // b fills a bay in the east of a; c lies east of both.
        Assert.Equal("E:c,b S:- W:- N:-", Bounds(
        [
            ("a", 1, null, "POLYGON ((0 0, 12 0, 12 4, 4 4, 4 8, 12 8, 12 12, 0 12, 0 0))"), ("b", 1, null, "POLYGON ((4 4, 12 4, 12 8, 4 8, 4 4))"),
            ("c", 1, null, "POLYGON ((12 0, 16 0, 16 12, 12 12, 12 8, 12 4, 12 0))"),
        ], "a"));
    }

    [Fact]
    public void A_hole_is_on_no_side_and_what_lies_in_it_is_enclosed()
    {
        var coverage = Coverage(
        [
            ("a", 1, null, "POLYGON ((0 0, 12 0, 12 12, 0 12, 0 0), (4 4, 4 8, 8 8, 8 4, 4 4))"), ("s", 1, null, Square(4, 4, 4)), ("b", 1, null, Square(12, 0, 12)),
        ]);
        var bounds = FourBounds.Of(coverage, Index(coverage, "a"));
        Assert.Equal("E:b S:- W:- N:-", Text(coverage, bounds));
        Assert.Equal(["s"], bounds.Enclosed.Select(grid => coverage.Grids[grid].Code));
        Assert.Equal(["b", "s"], bounds.Neighbours.Select(grid => coverage.Grids[grid].Code));
        Assert.Equal("E:a S:a W:a N:a", Text(coverage, FourBounds.Of(coverage, Index(coverage, "s"))));
    }

    [Fact]
    public void A_triangle_has_on_the_side_of_its_point_all_that_is_seen_from_there()
    {
        Assert.Equal("E:e S:s W:w N:w,e", Bounds(
        [
            ("t", 1, null, "POLYGON ((0 0, 8 0, 4 24, 0 0))"), ("s", 1, null, "POLYGON ((0 -8, 8 -8, 8 0, 0 0, 0 -8))"),
            ("w", 1, null, "POLYGON ((0 0, 4 24, -8 24, -8 0, 0 0))"), ("e", 1, null, "POLYGON ((8 0, 16 0, 16 24, 4 24, 8 0))"),
        ], "t"));
    }

    [Fact]
    public void Where_no_grid_of_the_level_lies_the_innermost_of_an_outer_one_is_named()
    {
        (string, int, string?, string)[] grids =
        [
            ("P", 1, null, "POLYGON ((0 0, 8 0, 16 0, 16 8, 8 8, 0 8, 0 0))"), ("Q", 1, null, "POLYGON ((0 8, 8 8, 16 8, 16 16, 0 16, 0 8))"),
            ("P1", 2, "P", Square(0, 0, 8)),
        ];
        Assert.Equal("E:P S:- W:- N:Q", Bounds(grids, "P1"));
    }

    [Fact]
    public void Sides_are_those_of_the_ground_where_a_degree_of_longitude_is_short()
    {
        // A slanting side that faces north at the equator faces east at 70 degrees.
        const string Slant = "POLYGON ((0 0, 12 0, 12 4, 0 12, 0 0))";
        Assert.Equal("E:- S:- W:- N:b", Bounds([("a", 1, null, Slant), ("b", 1, null, "POLYGON ((12 4, 12 12, 0 12, 12 4))")], "a", lat: 0));
        var coverage = Coverage([("a", 1, null, Slant), ("b", 1, null, "POLYGON ((12 4, 12 12, 0 12, 12 4))")], lat: 70);
        var bounds = FourBounds.Of(coverage, Index(coverage, "a"));
        Assert.Equal(["b", "-"], bounds[CompassSide.East].Select(one => Code(coverage, one.Grid)));
        Assert.Equal(2.0 / 3, bounds[CompassSide.East][0].Share, 2);
    }

    [Fact]
    public void Of_every_grid_of_random_partitions_each_side_is_somebody_and_shares_are_of_the_whole()
    {
        var random = new Random(20261126);
        for (var round = 0; round < 20; round++)
        {
            var points = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(1, 47).OrderBy(_ => random.Next()).Take(4).Order().Prepend(0).Append(48).ToArray()).ToList();
            var grids = new List<(string, int, string?, string)>();
            for (var y = 0; y < 4; y++)
            {
                for (var x = 0; x < 5; x++)
                {
                    // Between two rows all vertices of both.
                    var below = Between(points[y], points[y + 1], points[y + 1][x], points[y + 1][x + 1]);
                    var above = Between(points[y + 1], y + 2 < points.Count ? points[y + 2] : points[y + 1], points[y + 1][x], points[y + 1][x + 1]);
                    var ring = below.Select(at => $"{at} {y * 8}").Concat(above.Reverse().Select(at => $"{at} {y * 8 + 8}"));
                    grids.Add(($"g{y}{x}", 1, null, $"POLYGON (({string.Join(", ", ring)}, {below[0]} {y * 8}))"));
                }
            }

            var coverage = Coverage(grids);
            for (var grid = 0; grid < coverage.Grids.Count; grid++)
            {
                var bounds = FourBounds.Of(coverage, grid);
                var code = coverage.Grids[grid].Code;
                Assert.Equal(code[2] == '4' ? "-" : $"g{code[1]}{code[2] + 1 - '0'}", Code(coverage, Assert.Single(bounds[CompassSide.East]).Grid));
                Assert.Equal(code[2] == '0' ? "-" : $"g{code[1]}{code[2] - 1 - '0'}", Code(coverage, Assert.Single(bounds[CompassSide.West]).Grid));
                foreach (var side in Enum.GetValues<CompassSide>())
                    Assert.InRange(bounds[side].Sum(one => one.Share), 0.8, 1.0000001);
                Assert.All(bounds[CompassSide.North], one => Assert.True(code[1] == '3' ? one.Grid < 0 : coverage.Grids[one.Grid].Code[1] == code[1] + 1));
            }
        }

        static int[] Between(int[] one, int[] other, int from, int to) => [.. one.Concat(other).Where(at => at >= from && at <= to).Distinct().Order()];
    }

    private static string Bounds(IEnumerable<(string Code, int Level, string? Parent, string Wkt)> grids, string code, double lat = 23)
    {
        var coverage = Coverage(grids, lat);
        return Text(coverage, FourBounds.Of(coverage, Index(coverage, code)));
    }

    private static string Text(Coverage coverage, FourBounds bounds) => string.Join(' ', Enum.GetValues<CompassSide>().Select(side =>
        $"{side.ToString()[0]}:{string.Join(',', bounds[side].Select(one => Code(coverage, one.Grid)))}"));

    private static string Code(Coverage coverage, int grid) => grid < 0 ? "-" : coverage.Grids[grid].Code;

    private static int Index(Coverage coverage, string code) => coverage.Grids.ToList().FindIndex(grid => grid.Code == code);

    private static string Square(int x, int y, int side) => $"POLYGON (({x} {y}, {x + side} {y}, {x + side} {y + side}, {x} {y + side}, {x} {y}))";

    private static Coverage Coverage(IEnumerable<(string Code, int Level, string? Parent, string Wkt)> grids, double lat = 23)
    {
        var list = grids.ToList();
        var ids = list.Select((grid, i) => (grid.Code, Id: (long)i + 1)).ToDictionary(pair => pair.Code, pair => pair.Id);
        var reading = CoverageReader.Read(
            [.. list.Select(grid => new GridShape(ids[grid.Code], grid.Code, grid.Level, grid.Parent is null ? null : ids[grid.Parent], Polygon(grid.Wkt, lat)))]);
        Assert.Empty(reading.Defects);
        return reading.Coverage!;
    }

    private static MultiPolygon Polygon(string wkt, double lat)
    {
        var polygon = (Polygon)Lattice.Factory.CreateGeometry(new WKTReader().Read(wkt));
        var parts = Lattice.Factory.CreateMultiPolygon([polygon]);
        foreach (var at in parts.Coordinates)
            (at.X, at.Y) = (113 + at.X * Unit, lat + at.Y * Unit);
        parts.GeometryChanged();
        parts.Normalize();
        return (MultiPolygon)parts.Reverse();
    }
}
