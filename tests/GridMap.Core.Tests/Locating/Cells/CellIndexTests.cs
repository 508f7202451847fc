using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using GridMap.Core.Locating.Cells;
using static GridMap.Core.Tests.Locating.LatticeWkt;

namespace GridMap.Core.Tests.Locating.Cells;

/// <summary>What is awkward for cells, each against the polygons asked one by one.</summary>
public class CellIndexTests
{
    [Fact]
    public void Borders_that_run_along_the_sides_of_cells_are_exact()
    {
        // Squares of 64 units whose sides lie on every power of two, wherever the first cell begins.
        for (var shift = 0; shift < 16; shift++)
        {
            var grids = Enumerable.Range(0, 64).Select(i => ($"{i:00}", 1, (string?)null, Box(shift + i % 8 * 64, i / 8 * 64, 64))).ToArray();
            ExpectAgreement(GridsOf(grids), from: -2, to: 520, step: 7);
        }
    }

    [Fact]
    public void Where_more_grids_meet_than_a_leaf_names_the_polygons_answer()
    {
        // Forty sectors around one vertex.
        var sectors = Enumerable.Range(0, 40).Select(i =>
        {
            var (from, to) = (OnCircle(i), OnCircle((i + 1) % 40));
            return ($"{i:00}", 1, (string?)null, $"POLYGON ((0 0, {from}, {to}, 0 0))");
        }).ToArray();
        var grids = GridsOf(sectors);
        ExpectAgreement(grids, from: -40, to: 40, step: 1);
        ExpectAgreement(grids, from: -1_000_000, to: 1_000_000, step: 33_331);
    }

    [Fact]
    public void Grids_of_a_few_units_are_exact()
    {
        var grids = Enumerable.Range(0, 400).Select(i => ($"{i:000}", 1 + i % 3, (string?)null, Box(i % 20 * 3, i / 20 * 3, 3))).ToArray();
        ExpectAgreement(GridsOf(grids), from: -3, to: 64, step: 1);
    }

    [Fact]
    public void A_way_may_cross_more_grids_than_cover_one_place()
    {
        // Strips through one top cell, whose edges come in no order from west to east.
        var strips = Enumerable.Range(0, 200).ToArray();
        new Random(3).Shuffle(strips);
        var grids = GridsOf([.. strips.Select(i => ($"{i:000}", 1, (string?)null,
            $"POLYGON (({i}000 0, {i + 1}000 0, {i + 1}000 200000, {i}000 200000, {i}000 0))"))]);
        var (locator, reference) = (new GridLocator(grids, new CellOptions(TopCells: 1)), new IndexedNtsLocator(grids));
        foreach (var point in TestPoints.Anywhere(new Random(3), grids, 2_000))
            Assert.Equal(reference.Locate(point).Grid, locator.Locate(point).Grid);
    }

    [Fact]
    public void Overlapping_grids_are_answered_by_the_rule()
    {
        var random = new Random(7);
        var grids = Enumerable.Range(0, 60).Select(i =>
            ($"{i:00}", 1 + random.Next(3), (string?)null, Box(random.Next(4_000), random.Next(4_000), 200 + random.Next(2_000)))).ToArray();
        ExpectAgreement(GridsOf(grids), from: -10, to: 6_300, step: 71);
    }

    [Fact]
    public void Far_apart_grids_and_the_longest_edges_are_exact()
    {
        const int halfDegree = 1 << 26;
        var grids = GridsOf(
            ("a", 1, null, Box(0, 0, halfDegree)),
            ("b", 1, null, $"POLYGON (({halfDegree} 0, {2 * halfDegree} {halfDegree - 2}, {halfDegree} {halfDegree}, {halfDegree} 0))"),
            ("c", 2, "a", Box(5, 5, 90)),
            ("d", 1, null, Box(20L * halfDegree, -9L * halfDegree, 33)));
        ExpectAgreement(grids, from: -halfDegree / 7, to: 2 * halfDegree, step: 2_718_281);
        ExpectAgreement(grids, from: -3, to: 100, step: 1);
        Assert.Equal("d", Located(grids, Point(20L * halfDegree + 33, -9L * halfDegree)));
        Assert.Equal("", Located(grids, Point(20L * halfDegree + 34, -9L * halfDegree)));
    }

    [Fact]
    public void A_territory_that_ends_at_longitude_180_is_found_from_both_sides()
    {
        var west = Lattice.Factory.CreatePolygon(
            [new(-180, 10), new(-179.5, 10), new(-179.5, 10.5), new(-180, 10.5), new(-180, 10)]);
        GridShape[] grids = [new(1, "a", 1, null, Lattice.Factory.CreateMultiPolygon([west]))];
        Assert.Equal("a", Located(grids, new LonLat(180, 10.25)));
        Assert.Equal("a", Located(grids, new LonLat(-180, 10.25)));
        Assert.Equal("", Located(grids, new LonLat(179.9, 10.25)));
    }

    [Fact]
    public void An_edge_of_more_than_four_degrees_is_refused_by_name()
    {
        const long tenDegrees = 10L << 27;
        var grids = GridsOf(("wide", 1, null, $"POLYGON ((0 0, {tenDegrees} 0, 0 5, 0 0))"));
        Assert.Contains("wide", Assert.Throws<ArgumentException>(() => new GridLocator(grids)).Message);
    }

    private static string Box(long x, long y, long size) =>
        $"POLYGON (({x} {y}, {x + size} {y}, {x + size} {y + size}, {x} {y + size}, {x} {y}))";

    private static string OnCircle(int i)
    {
        var (sin, cos) = Math.SinCos(Math.Tau * i / 40);
        return $"{Math.Round(2_000_000 * cos)} {Math.Round(2_000_000 * sin)}";
    }

    private static string Located(GridShape[] grids, LonLat point)
    {
        var locator = new GridLocator(grids);
        var grid = new int[1];
        locator.LocateInnermost([point], grid);
        Assert.Equal(grid[0], locator.LocateInnermost(point));
        Assert.Equal(grid[0], locator.Locate(point).Grid);
        return grid[0] < 0 ? "" : grids[grid[0]].Code;
    }

    private static void ExpectAgreement(GridShape[] grids, long from, long to, long step)
    {
        var points = new List<LonLat>();
        for (var y = from; y <= to; y += step)
        {
            for (var x = from; x <= to; x += step)
                points.Add(Point(x, y));
        }
        var (locator, reference) = (new GridLocator(grids), new IndexedNtsLocator(grids));
        var answers = new int[points.Count];
        locator.LocateInnermost([.. points], answers);
        for (var i = 0; i < answers.Length; i++)
        {
            var (expected, full) = (reference.Locate(points[i]), locator.Locate(points[i]));
            Assert.Equal((points[i], expected.Grid, expected.Match), (points[i], full.Grid, full.Match));
            Assert.Equal((points[i], expected.Grid), (points[i], answers[i]));
            Assert.Equal((points[i], expected.Grid), (points[i], locator.LocateInnermost(points[i])));
        }
    }
}
