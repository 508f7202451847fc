using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using static GridMap.Core.Tests.Locating.LatticeWkt;

namespace GridMap.Core.Tests.Locating;

/// <summary>What every locator answers alike: named awkward cases. Coordinates are lattice units.</summary>
public abstract partial class LocatorContract
{
    private const string Square = "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0))";
    private const string SquareToTheEast = "POLYGON ((8 0, 16 0, 16 8, 8 8, 8 0))";
    private const string WithHole = "POLYGON ((0 0, 30 0, 30 30, 0 30, 0 0), (10 10, 10 20, 20 20, 20 10, 10 10))";
    private const string InTheHole = "POLYGON ((10 10, 20 10, 20 20, 10 20, 10 10))";

    /// <summary>The locator under test, over these grids.</summary>
    protected abstract ILocator Build(IReadOnlyList<GridShape> grids);

    [Theory]
    [InlineData(4, 4, PointMatch.Interior)]
    [InlineData(1, 7, PointMatch.Interior)]
    [InlineData(0, 0, PointMatch.Boundary)]
    [InlineData(8, 8, PointMatch.Boundary)]
    [InlineData(3, 0, PointMatch.Boundary)]
    [InlineData(3, 8, PointMatch.Boundary)]
    [InlineData(0, 3, PointMatch.Boundary)]
    [InlineData(8, 3, PointMatch.Boundary)]
    [InlineData(-1, 3, PointMatch.Outside)]
    [InlineData(9, 3, PointMatch.Outside)]
    [InlineData(3, -1, PointMatch.Outside)]
    [InlineData(3, 9, PointMatch.Outside)]
    [InlineData(-1, 0, PointMatch.Outside)]
    [InlineData(9, 8, PointMatch.Outside)]
    public void A_square_covers_its_edges_and_nothing_one_unit_beyond(int x, int y, PointMatch match) =>
        Expect(Build(GridsOf(("a", 1, null, Square))), x, y, match, match == PointMatch.Outside ? "" : "a");

    [Fact]
    public void On_a_shared_edge_the_lowest_code_answers()
    {
        var locator = Build(GridsOf(("b", 1, null, Square), ("a", 1, null, SquareToTheEast)));
        Expect(locator, 8, 5, PointMatch.Boundary, "a");
        Expect(locator, 8, 8, PointMatch.Boundary, "a");
        Expect(locator, 7, 5, PointMatch.Interior, "b");
        Expect(locator, 9, 5, PointMatch.Interior, "a");
        ExpectTouching(locator, 8, 5, level: 1, "a b");
    }

    [Theory]
    [InlineData("a", "B", "B")] // a dictionary puts a before B
    [InlineData("9", "10", "10")] // a number sort puts 9 before 10
    [InlineData("_", "-", "-")]
    [InlineData("a_1", "a-1", "a-1")]
    [InlineData("a.1", "a-2", "a-2")]
    [InlineData("Z", "_", "Z")]
    [InlineData("a", "_", "_")]
    [InlineData("a-b", "aa", "a-b")] // many collations skip the hyphen
    [InlineData("ab", "a", "a")]
    public void Codes_are_ordered_by_their_bytes(string west, string east, string lowest)
    {
        var locator = Build(GridsOf((west, 1, null, Square), (east, 1, null, SquareToTheEast)));
        Expect(locator, 8, 4, PointMatch.Boundary, lowest);
        ExpectTouching(locator, 8, 4, level: 1, $"{lowest} {(lowest == west ? east : west)}");
    }

    [Theory]
    [InlineData(6, 4)] // dx 12, dy 8: every (3, 2) is a lattice point on the edge
    [InlineData(3, 2)]
    [InlineData(9, 6)]
    public void A_lattice_point_inside_a_slanting_edge_is_on_the_boundary_of_both_sides(int x, int y)
    {
        var locator = Build(GridsOf(
            ("a", 1, null, "POLYGON ((0 0, 12 8, 0 8, 0 0))"),
            ("b", 1, null, "POLYGON ((0 0, 12 0, 12 8, 0 0))")));
        Expect(locator, x, y, PointMatch.Boundary, "a");
        ExpectTouching(locator, x, y, level: 1, "a b");
        Expect(locator, x - 1, y, PointMatch.Interior, "a");
        Expect(locator, x + 1, y, PointMatch.Interior, "b");
        Expect(locator, x, y + 1, PointMatch.Interior, "a");
        Expect(locator, x, y - 1, PointMatch.Interior, "b");
    }

    [Fact]
    public void A_tie_on_the_longest_edge_allowed_is_exact()
    {
        // 0.5 degree is 2^26 units; the middle of the edge is a lattice point, its neighbours miss it by less than one unit.
        const int run = 67_108_864, rise = 67_108_862;
        var locator = Build(GridsOf(("a", 1, null, $"POLYGON ((0 0, {run} 0, {run} {rise}, 0 0))")));
        Expect(locator, run / 2, rise / 2, PointMatch.Boundary, "a");
        Expect(locator, run / 2 - 1, rise / 2 - 1, PointMatch.Interior, "a");
        Expect(locator, run / 2 + 1, rise / 2 + 1, PointMatch.Outside, "");
        Expect(locator, run / 2 - 1, rise / 2, PointMatch.Outside, "");
        Expect(locator, run / 2 + 1, rise / 2, PointMatch.Interior, "a");
    }

    [Fact]
    public void A_ray_through_vertices_counts_each_once()
    {
        // Along y = 10 lie: two tips that only touch the line, a vertex that passes it, and a horizontal edge.
        const string zigzag = "POLYGON ((0 0, 60 0, 60 20, 50 20, 50 10, 40 10, 40 20, 35 10, 30 20, 20 20, 10 10, 5 20, 0 20, 0 0))";
        var locator = Build(GridsOf(("a", 1, null, zigzag)));
        Expect(locator, -5, 10, PointMatch.Outside, "");
        Expect(locator, 5, 10, PointMatch.Interior, "a");
        Expect(locator, 10, 10, PointMatch.Boundary, "a");
        Expect(locator, 20, 10, PointMatch.Interior, "a");
        Expect(locator, 35, 10, PointMatch.Boundary, "a");
        Expect(locator, 37, 10, PointMatch.Interior, "a");
        Expect(locator, 45, 10, PointMatch.Boundary, "a");
        Expect(locator, 55, 10, PointMatch.Interior, "a");
        Expect(locator, 65, 10, PointMatch.Outside, "");
        Expect(locator, -5, 20, PointMatch.Outside, "");
        Expect(locator, 33, 20, PointMatch.Outside, "");
        Expect(locator, 45, 11, PointMatch.Outside, "");
        Expect(locator, -5, 0, PointMatch.Outside, "");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_diamond_is_outside_beside_its_tips(int direction)
    {
        var ring = direction > 0 ? "0 -10, 10 0, 0 10, -10 0, 0 -10" : "0 -10, -10 0, 0 10, 10 0, 0 -10";
        var locator = Build(GridsOf(("a", 1, null, $"POLYGON (({ring}))")));
        Expect(locator, 0, 0, PointMatch.Interior, "a");
        Expect(locator, -11, 0, PointMatch.Outside, "");
        Expect(locator, -20, 10, PointMatch.Outside, "");
        Expect(locator, -20, -10, PointMatch.Outside, "");
        Expect(locator, -10, 0, PointMatch.Boundary, "a");
        Expect(locator, 5, 5, PointMatch.Boundary, "a");
        Expect(locator, 5, 6, PointMatch.Outside, "");
    }

    [Fact]
    public void A_hole_is_outside_and_its_edge_is_boundary()
    {
        var locator = Build(GridsOf(("a", 1, null, WithHole)));
        Expect(locator, 15, 15, PointMatch.Outside, "");
        Expect(locator, 11, 11, PointMatch.Outside, "");
        Expect(locator, 10, 15, PointMatch.Boundary, "a");
        Expect(locator, 20, 20, PointMatch.Boundary, "a");
        Expect(locator, 9, 15, PointMatch.Interior, "a");
        Expect(locator, 5, 10, PointMatch.Interior, "a");
        Expect(locator, 25, 20, PointMatch.Interior, "a");
    }

    [Fact]
    public void A_hole_that_touches_the_shell_in_one_vertex_is_still_a_hole()
    {
        var locator = Build(GridsOf(("a", 1, null, "POLYGON ((0 0, 20 0, 20 20, 0 20, 0 0), (0 0, 4 10, 10 4, 0 0))")));
        Expect(locator, 0, 0, PointMatch.Boundary, "a");
        Expect(locator, 5, 5, PointMatch.Outside, "");
        Expect(locator, 7, 7, PointMatch.Boundary, "a");
        Expect(locator, 8, 8, PointMatch.Interior, "a");
        Expect(locator, 1, 4, PointMatch.Interior, "a");
    }

    [Fact]
    public void An_island_in_a_hole_belongs_to_its_grid_and_the_water_to_nobody()
    {
        const string ringAndIsland =
            "MULTIPOLYGON (((0 0, 30 0, 30 30, 0 30, 0 0), (5 5, 5 25, 25 25, 25 5, 5 5)), ((12 12, 18 12, 18 18, 12 18, 12 12)))";
        var locator = Build(GridsOf(("a", 1, null, ringAndIsland)));
        Expect(locator, 15, 15, PointMatch.Interior, "a");
        Expect(locator, 12, 15, PointMatch.Boundary, "a");
        Expect(locator, 8, 15, PointMatch.Outside, "");
        Expect(locator, 5, 15, PointMatch.Boundary, "a");
        Expect(locator, 2, 15, PointMatch.Interior, "a");
    }

    [Fact]
    public void A_grid_of_two_parts_answers_in_both_and_not_between()
    {
        var locator = Build(GridsOf(("a", 1, null, "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((10 0, 14 0, 14 4, 10 4, 10 0)))")));
        Expect(locator, 2, 2, PointMatch.Interior, "a");
        Expect(locator, 12, 2, PointMatch.Interior, "a");
        Expect(locator, 7, 2, PointMatch.Outside, "");
        Expect(locator, 10, 2, PointMatch.Boundary, "a");
    }

    [Fact]
    public void Parts_and_grids_that_touch_in_one_vertex_share_only_that()
    {
        var locator = Build(GridsOf(
            ("b", 1, null, "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((4 4, 8 4, 8 8, 4 8, 4 4)))"),
            ("a", 1, null, "POLYGON ((4 4, 8 0, 4 0, 4 4))")));
        Expect(locator, 4, 4, PointMatch.Boundary, "a");
        ExpectTouching(locator, 4, 4, level: 1, "a b");
        Expect(locator, 3, 3, PointMatch.Interior, "b");
        Expect(locator, 5, 5, PointMatch.Interior, "b");
        Expect(locator, 3, 5, PointMatch.Outside, "");
        ExpectTouching(locator, 4, 5, level: 1, "b");
    }

    [Fact]
    public void A_special_grid_carved_out_of_its_surroundings_answers_alone()
    {
        var locator = Build(GridsOf(("town", 1, null, WithHole), ("zone", 1, null, InTheHole)));
        Expect(locator, 15, 15, PointMatch.Interior, "zone");
        Expect(locator, 10, 15, PointMatch.Boundary, "town");
        Expect(locator, 5, 15, PointMatch.Interior, "town");
        ExpectTouching(locator, 10, 15, level: 1, "town zone");
        ExpectTouching(locator, 15, 15, level: 1, "zone");
    }

    [Fact]
    public void Where_children_leave_a_gap_the_chain_stops_at_the_parent()
    {
        var locator = Build(GridsOf(
            ("p", 1, null, "POLYGON ((0 0, 30 0, 30 10, 0 10, 0 0))"),
            ("x", 2, "p", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"),
            ("y", 2, "p", "POLYGON ((20 0, 30 0, 30 10, 20 10, 20 0))")));
        Expect(locator, 15, 5, PointMatch.Interior, "p");
        Expect(locator, 15, 0, PointMatch.Boundary, "p");
        Expect(locator, 11, 5, PointMatch.Interior, "p");
        Expect(locator, 10, 5, PointMatch.Boundary, "p/x");
        Expect(locator, 5, 5, PointMatch.Interior, "p/x");
        ExpectTouching(locator, 15, 5, level: 2, "");
        ExpectTouching(locator, 10, 5, level: 2, "x");
        ExpectTouching(locator, 10, 5, level: 1, "p");
    }

    [Fact]
    public void The_chain_follows_parent_links_and_not_the_lowest_code_of_each_level()
    {
        var locator = Build(GridsOf(
            ("a", 1, null, Square),
            ("b", 1, null, SquareToTheEast),
            ("z", 2, "a", Square),
            ("c", 2, "b", SquareToTheEast)));
        Expect(locator, 8, 4, PointMatch.Boundary, "b/c");
        Expect(locator, 7, 4, PointMatch.Interior, "a/z");
        ExpectTouching(locator, 8, 4, level: 1, "a b");
        ExpectTouching(locator, 8, 4, level: 2, "c z");
    }

    [Fact]
    public void On_a_border_a_deeper_level_beats_a_lower_code()
    {
        var locator = Build(GridsOf(("a", 1, null, Square), ("b", 1, null, SquareToTheEast), ("z", 2, "b", SquareToTheEast)));
        Expect(locator, 8, 4, PointMatch.Boundary, "b/z");
        Expect(locator, 7, 4, PointMatch.Interior, "a");
    }

    [Fact]
    public void A_grid_without_a_parent_is_a_chain_of_its_own()
    {
        var locator = Build(GridsOf(("p", 1, null, Square), ("x", 2, null, Square), ("m", 4, "x", Square)));
        Expect(locator, 4, 4, PointMatch.Interior, "x/m");
    }

    [Fact]
    public void Six_levels_answer_with_six_grids()
    {
        var locator = Build(GridsOf([.. Enumerable.Range(1, 6).Select(l => ($"{l}", l, l == 1 ? null : $"{l - 1}", Square))]));
        Expect(locator, 4, 4, PointMatch.Interior, "1/2/3/4/5/6");
        Expect(locator, 8, 4, PointMatch.Boundary, "1/2/3/4/5/6");
    }

    [Fact]
    public void Without_grids_every_point_is_outside()
    {
        var locator = Build([]);
        Expect(locator, 0, 0, PointMatch.Outside, "");
        ExpectTouching(locator, 0, 0, level: 1, "");
    }

    [Fact]
    public void Many_points_are_answered_in_their_order()
    {
        var locator = Build(GridsOf(("p", 1, null, Square), ("x", 2, "p", Square), ("q", 1, null, SquareToTheEast)));
        LonLat[] points = [Point(12, 4), Point(99, 99), Point(4, 4), Point(8, 4)];
        var innermost = new int[points.Length];
        locator.LocateInnermost(points, innermost);
        Assert.Equal([2, -1, 1, 1], innermost);
        var locations = new PointLocation[points.Length];
        locator.LocateAll(points, locations);
        Assert.Equal(innermost, locations.Select(l => l.Grid));
        Assert.Equal(["q", "", "p/x", "p/x"], locations.Select(l => Path(locator, l)));
    }

    protected static string Path(ILocator locator, PointLocation location) =>
        string.Join('/', location.Chain.Select(i => locator.Grids[i].Code));

    private static void Expect(ILocator locator, int x, int y, PointMatch match, string path)
    {
        var location = locator.Locate(Point(x, y));
        Assert.Equal($"{match} {path} at {x} {y}", $"{location.Match} {Path(locator, location)} at {x} {y}");
    }

    private static void ExpectTouching(ILocator locator, int x, int y, int level, string codes) =>
        Assert.Equal(codes, string.Join(' ', locator.Touching(Point(x, y), level).Select(i => locator.Grids[i].Code)));
}
