using GridMap.Core.Grids;
using GridMap.Core.Locating;
using static GridMap.Core.Tests.Locating.LatticeWkt;

namespace GridMap.Core.Tests.Locating;

/// <summary>Squares of 2^20 lattice units: 1/128 degree, some 865 m by 800 m at 23 degrees north.</summary>
public class LookupTests
{
    private const int Side = 1 << 20;
    private const int Half = Side / 2;
    private const double MetresNorth = 865.2;
    private const double MetresEast = 800.2;

    [Fact]
    public void An_interior_point_has_one_candidate_and_no_nearest()
    {
        var answer = Answer(Chequers(), Half, Half);
        Assert.Equal("sw 0 -", Candidates(answer));
        Assert.Null(answer.OutsideShare);
        Assert.Null(answer.Nearest);
    }

    [Fact]
    public void On_a_corner_all_neighbours_are_candidates_and_the_answer_comes_first()
    {
        var answer = Answer(Chequers(), Side, Side);
        Assert.Equal("ne 0 - | nw 0 - | se 0 - | sw 0 -", Candidates(answer));
        Assert.Equal(answer.Location.Grid, answer.Candidates[0].Grid);
    }

    [Fact]
    public void An_outside_point_has_no_candidates_but_a_nearest_grid()
    {
        var answer = Answer(Chequers(), Half, 2 * Side + 1_000);
        Assert.Equal(PointMatch.Outside, answer.Location.Match);
        Assert.Equal("", Candidates(answer));
        Assert.Equal("nw", answer.Grids[answer.Nearest!.Value.Grid].Code);
        Assert.Equal(1_000 * MetresNorth / Side, answer.Nearest.Value.Distance, tolerance: 0.001);
        Assert.Null(answer.BorderDistance);
    }

    [Fact]
    public void Equally_near_grids_are_told_apart_by_the_lowest_code()
    {
        var answer = Answer(Chequers(), Side, -1_000);
        Assert.Equal("se", answer.Grids[answer.Nearest!.Value.Grid].Code);
    }

    [Fact]
    public void Nearest_is_the_deepest_grid_at_the_nearest_place()
    {
        var grids = GridsOf(("p", 1, null, Square(0, 0, 3)), ("x", 2, "p", Square(0, 0, 1)), ("w", 2, "p", Square(0, 1, 1)));
        Assert.Equal("w", NearestCode(-500, Side));
        Assert.Equal("x", NearestCode(-500, Half));
        Assert.Equal("p", NearestCode(3 * Side + 500, Half));

        string NearestCode(int x, int y)
        {
            var answer = Answer(grids, x, y);
            return answer.Grids[answer.Nearest!.Value.Grid].Code;
        }
    }

    [Fact]
    public void Without_grids_nothing_is_nearest()
    {
        var answer = Answer([], 0, 0, accuracy: 100);
        Assert.Null(answer.Nearest);
        Assert.Equal("", Candidates(answer));
        Assert.Equal(1m, answer.OutsideShare);
    }

    [Fact]
    public void On_a_straight_border_each_side_has_half_of_the_circle()
    {
        var answer = Answer(Chequers(), Side, Half, accuracy: 50);
        Assert.Equal("se 0 0.5 | sw 0 0.5", Candidates(answer));
        Assert.Equal(0m, answer.OutsideShare);
    }

    [Fact]
    public void On_the_outer_border_the_outside_has_the_other_half()
    {
        var answer = Answer(Chequers(), 0, Half, accuracy: 50);
        Assert.Equal("sw 0 0.5", Candidates(answer));
        Assert.Equal(0.5m, answer.OutsideShare);
    }

    [Fact]
    public void On_a_corner_of_four_each_has_a_quarter() =>
        Assert.Equal("ne 0 0.25 | nw 0 0.25 | se 0 0.25 | sw 0 0.25", Candidates(Answer(Chequers(), Side, Side, accuracy: 300)));

    [Fact]
    public void A_circle_inside_one_grid_is_all_that_grids() =>
        Assert.Equal("sw 0 1", Candidates(Answer(Chequers(), Half, Half, accuracy: 399)));

    [Fact]
    public void Candidates_come_by_distance_as_far_as_the_circle_reaches()
    {
        // 100 units, 0.08 m, from the border to the east and 200 from the one to the north.
        var answer = Answer(Chequers(), Side - 100, Side - 200, accuracy: 0.3);
        Assert.Equal(["sw", "se", "nw", "ne"], answer.Candidates.Select(c => answer.Grids[c.Grid].Code));
        double east = 100 * MetresEast / Side, north = 200 * MetresNorth / Side;
        Assert.Equal(0, answer.Candidates[0].Distance);
        Assert.Equal(east, answer.Candidates[1].Distance, tolerance: 1e-4);
        Assert.Equal(north, answer.Candidates[2].Distance, tolerance: 1e-4);
        Assert.Equal(double.Hypot(east, north), answer.Candidates[3].Distance, tolerance: 1e-4);
        Assert.Equal(3, Answer(Chequers(), Side - 100, Side - 200, accuracy: 0.17).Candidates.Count);
        Assert.Equal(2, Answer(Chequers(), Side - 100, Side - 200, accuracy: 0.1).Candidates.Count);
    }

    [Fact]
    public void A_grid_inside_the_circle_has_the_share_of_its_area()
    {
        var answer = Answer(GridsOf(("a", 1, null, Square(0, 0, 1))), Half, Half, accuracy: 2_000);
        Assert.Equal(MetresEast * MetresNorth / (Math.PI * 4e6), (double)answer.Candidates.Single().Share!.Value, tolerance: 1e-4);
    }

    [Fact]
    public void In_a_gap_between_children_the_parent_answers_and_children_within_reach_have_their_own_share()
    {
        var grids = GridsOf(
            ("p", 1, null, Square(0, 0, 3)),
            ("x", 2, "p", Square(0, 0, 1)),
            ("y", 2, "p", Square(2, 0, 1)));
        var nearChild = Answer(grids, Side + 100, Half, accuracy: 100);
        Assert.Equal(["p", "x"], nearChild.Candidates.Select(c => nearChild.Grids[c.Grid].Code));
        Assert.Equal(0.5, (double)nearChild.Candidates[1].Share!.Value, tolerance: 0.001);
        Assert.Equal(1m, nearChild.Candidates[0].Share + nearChild.Candidates[1].Share);
        Assert.Equal(0m, nearChild.OutsideShare);
        Assert.Equal("p 0 1", Candidates(Answer(grids, Side + Half, Half, accuracy: 100)));
    }

    [Fact]
    public void In_a_child_the_parent_is_no_candidate_even_where_the_circle_reaches_a_gap()
    {
        var answer = Answer(GridsOf(("p", 1, null, Square(0, 0, 3)), ("x", 2, "p", Square(0, 0, 1))), Side, Half, accuracy: 100);
        Assert.Equal("x 0 0.5", Candidates(answer));
        Assert.Equal(0.5m, answer.OutsideShare);
    }

    [Fact]
    public void From_outside_the_candidates_are_the_deepest_grids_within_reach()
    {
        var grids = GridsOf(("p", 1, null, Square(0, 0, 3)), ("x", 2, "p", Square(0, 0, 1)));
        var answer = Answer(grids, -100, Half, accuracy: 50);
        Assert.Equal(["x"], answer.Candidates.Select(c => answer.Grids[c.Grid].Code));
        Assert.Equal(1m, answer.Candidates[0].Share + answer.OutsideShare);
        Assert.Equal(answer.Nearest!.Value.Distance, answer.Candidates[0].Distance);
        Assert.Equal(["p"], Answer(grids, 3 * Side + 100, Half, accuracy: 50).Candidates.Select(c => answer.Grids[c.Grid].Code));
    }

    [Theory]
    [InlineData(Half, Half, MetresEast / 2)]
    [InlineData(Half, 100_000, 100_000 * MetresNorth / Side)]
    [InlineData(1_000, Half, 1_000 * MetresEast / Side)]
    public void Border_distance_is_to_the_nearest_edge_of_the_answering_grid(int x, int y, double metres) =>
        Assert.Equal(metres, Answer(Chequers(), x, y).BorderDistance!.Value, tolerance: metres * 0.001);

    [Fact]
    public void Border_distance_is_zero_on_the_border() =>
        Assert.Equal(0, Answer(Chequers(), Side, Half + 1).BorderDistance);

    [Fact]
    public void A_hole_is_a_border_too()
    {
        var grids = GridsOf(("a", 1, null,
            $"POLYGON ((0 0, {4 * Side} 0, {4 * Side} {4 * Side}, 0 {4 * Side}, 0 0), ({Side} {Side}, {Side} {2 * Side}, {2 * Side} {2 * Side}, {2 * Side} {Side}, {Side} {Side}))"));
        Assert.Equal(1_000 * MetresEast / Side, Answer(grids, Side - 1_000, Side + Half).BorderDistance!.Value, tolerance: 0.001);
        var inHole = Answer(grids, Side + 1_000, Side + Half, accuracy: 100);
        Assert.Equal(1_000 * MetresEast / Side, inHole.Nearest!.Value.Distance, tolerance: 0.001);
        Assert.Equal(0.5, (double)inHole.OutsideShare!.Value, tolerance: 0.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Accuracy_out_of_range_is_refused(double accuracy)
    {
        Assert.False(Lookup.AcceptsAccuracy(accuracy));
        Assert.Throws<ArgumentOutOfRangeException>(() => Answer(Chequers(), 0, 0, accuracy));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Shares_sum_to_one_at_any_accuracy(double accuracy)
    {
        var answer = Answer(Chequers(), Side, Half, accuracy);
        Assert.Equal(1m, answer.Candidates.Sum(c => c.Share!.Value) + answer.OutsideShare);
        Assert.InRange(Math.Abs(answer.Candidates[0].Share!.Value - answer.Candidates[1].Share!.Value), 0, 0.000001m);
    }

    private static GridShape[] Chequers() => GridsOf(
        ("sw", 1, null, Square(0, 0, 1)), ("se", 1, null, Square(1, 0, 1)), ("nw", 1, null, Square(0, 1, 1)), ("ne", 1, null, Square(1, 1, 1)));

    private static string Square(int column, int row, int size)
    {
        int west = column * Side, south = row * Side, east = west + size * Side, north = south + size * Side;
        return $"POLYGON (({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))";
    }

    private static Shown Answer(GridShape[] grids, int x, int y, double? accuracy = null) =>
        new(grids, Lookup.Answer(new GridLocator(grids), Point(x, y), accuracy));

    private static string Candidates(Shown answer) =>
        string.Join(" | ", answer.Candidates.Select(c => $"{answer.Grids[c.Grid].Code} {c.Distance} {c.Share?.ToString() ?? "-"}"));

    /// <summary>An answer with the grids that its positions mean.</summary>
    private sealed record Shown(IReadOnlyList<GridShape> Grids, LookupAnswer Of)
    {
        public PointLocation Location => Of.Location;

        public IReadOnlyList<Candidate> Candidates => Of.Candidates;

        public decimal? OutsideShare => Of.OutsideShare;

        public NearestGrid? Nearest => Of.Nearest;

        public double? BorderDistance => Of.BorderDistance;
    }
}
