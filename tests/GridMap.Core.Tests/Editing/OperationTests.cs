using GridMap.Core.Coverages;
using GridMap.Core.Editing;
using static GridMap.Core.Tests.Coverages.TestPlane;
using static GridMap.Core.Tests.Editing.EditingCase;

namespace GridMap.Core.Tests.Editing;

public class OperationTests
{
    // One parent of two grids side by side, the left one of two children, one above the other.
    private static EditingCase Township(int? households = null) => new(
        [
            Square(1, 0, 0, 20, level: 1),
            Grid(2, "POLYGON((0 0, 10 0, 10 20, 0 20, 0 0))", 2, 1), Grid(3, "POLYGON((10 0, 20 0, 20 20, 10 20, 10 0))", 2, 1),
            Square(4, 0, 0, 10, 3, 2), Square(5, 0, 10, 10, 3, 2),
        ],
        households);

    [Fact]
    public void A_split_leaves_the_code_to_the_largest_part_and_gives_the_next_to_the_other()
    {
        var grids = Township();
        var result = grids.Do(new SplitEdit(3, [Line("LINESTRING(9 5, 21 5)")], null, CutChildren.Split));
        Assert.Equal("MULTIPOLYGON (((10 5, 20 5, 20 20, 10 20, 10 5)))", Without(grids.Shape("g3")));
        Assert.Equal("MULTIPOLYGON (((10 0, 20 0, 20 5, 10 5, 10 0)))", Without(grids.Shape("g3-2")));
        Assert.Equal([GridChangeKind.ReNoded, GridChangeKind.ReNoded, GridChangeKind.Reshaped, GridChangeKind.ReNoded, GridChangeKind.Added],
            result.Changes.Select(change => change.Kind));
        Assert.Empty(Read(grids.State).Defects);
    }

    [Fact]
    public void A_split_lets_the_planner_say_which_part_keeps_the_code()
    {
        var grids = Township();
        grids.Do(new SplitEdit(3, [Line("LINESTRING(9 5, 21 5)")], At(15, 2), CutChildren.Split));
        Assert.Contains("10 0, 20 0, 20 5", grids.Shape("g3"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_whose_greater_part_goes_leaves_what_is_left_its_children_far_away()
    {
        var grids = new EditingCase(
        [
            Grid(1, "POLYGON((-100 0, 0 0, 0 10, -100 10, -100 0))", 1, null), Grid(2, "POLYGON((0 0, 200 0, 200 10, 0 10, 0 0))", 1, null),
            Grid(3, "POLYGON((0 0, 200 0, 200 10, 0 10, 0 0))", 2, 2),
            Grid(4, "POLYGON((0 0, 150 0, 150 10, 0 10, 0 0))", 3, 3), Grid(5, "POLYGON((150 0, 160 0, 160 10, 150 10, 150 0))", 3, 3),
            Grid(6, "POLYGON((160 0, 200 0, 200 10, 160 10, 160 0))", 3, 3),
        ]);
        grids.Do(new TransferEdit(2, 1, Area("POLYGON((-1 -1, 150 -1, 150 11, -1 11, -1 -1))"), [], CutChildren.Split));
        var rest = grids.Grid("g3-2");
        Assert.Equal((1L, 2L), (grids.Grid("g3").ParentId, rest.ParentId));
        Assert.Equal((3L, rest.Id, rest.Id), (grids.Grid("g4").ParentId, grids.Grid("g5").ParentId, grids.Grid("g6").ParentId));
        Assert.DoesNotContain(Read(grids.State).Defects, defect => defect.Blocks);
    }

    [Fact]
    public void A_gap_goes_to_the_neighbour_with_the_most_border_along_it()
    {
        var grids = new EditingCase(
        [
            Square(1, 0, 0, 20, level: 1),
            Grid(2, "POLYGON((0 0, 9 0, 9 20, 0 20, 0 0))", 2, 1), Grid(3, "POLYGON((10 0, 20 0, 20 20, 10 20, 10 12, 9 12, 9 8, 10 8, 10 0))", 2, 1),
        ]);
        grids.Do(new RepairEdit(2, At(9.5, 4)));
        Assert.Contains("9 0, 10 0", grids.Shape("g3"), StringComparison.Ordinal);
        Assert.Equal("nothing_to_repair", grids.Refused(new RepairEdit(1, At(30, 30))).Code);
        grids.Do(new RepairEdit(2, At(9.5, 15)));
        Assert.Empty(Read(grids.State).Defects);
        Assert.Equal("nothing_to_repair", grids.Refused(new RepairEdit(2, At(9.5, 15))).Code);
    }

    [Fact]
    public void A_part_that_is_a_sliver_goes_to_the_neighbour_and_a_grid_that_is_nothing_else_with_it()
    {
        const double Thin = 0.0000001;
        var grids = new EditingCase(
        [
            Square(1, 0, 0, 20, level: 1), Grid(2, "POLYGON((0 0, 10 0, 10 20, 0 20, 0 0))", 2, 1),
            Grid(3, $"POLYGON((10 0, {20 - Thin * 1000} 0, {20 - Thin * 1000} 20, 10 20, 10 0))", 2, 1),
            Grid(4, $"POLYGON(({20 - Thin * 1000} 0, 20 0, 20 20, {20 - Thin * 1000} 20, {20 - Thin * 1000} 0))", 2, 1),
        ]);
        grids.Do(new RepairEdit(2, At(20 - Thin * 500, 10)));
        Assert.Null(grids.State.FindByCode("g4"));
        Assert.Empty(Read(grids.State).Defects);
    }

    [Fact]
    public void An_overlap_stays_with_the_grid_whose_own_ground_borders_most_of_it()
    {
        // As an import brings it: 3 reaches over 2 from x = 8 to 10, and 4 over both below.
        var grids = new EditingCase(
        [
            Square(1, 0, 0, 20, level: 1), Grid(2, "POLYGON((0 0, 10 0, 10 20, 0 20, 0 0))", 2, 1),
            Grid(3, "POLYGON((8 4, 20 4, 20 20, 8 20, 8 4))", 2, 1), Grid(4, "POLYGON((10 0, 20 0, 20 4, 10 4, 10 0))", 2, 1),
        ]);
        Assert.Contains(Read(grids.State).Defects, defect => defect.Kind == DefectKind.Overlap);
        grids.Do(new RepairEdit(2, At(9, 10)));
        Assert.Empty(Read(grids.State).Defects);
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 20, 0 20, 0 0)))", Without(grids.Shape("g2")));
        Assert.Equal("nothing_to_repair", grids.Refused(new RepairEdit(2, At(9, 10))).Code);
    }

    [Fact]
    public void A_split_takes_children_along_and_splits_those_that_it_cuts()
    {
        var grids = Township();
        grids.Do(new SplitEdit(2, [Line("LINESTRING(-1 4, 11 4)")], null, CutChildren.Split));
        var (kept, part) = (grids.Grid("g2"), grids.Grid("g2-2"));
        Assert.Equal((kept.Id, kept.Id), (grids.Grid("g4").ParentId, grids.Grid("g5").ParentId));
        Assert.Equal(part.Id, grids.Grid("g4-2").ParentId);
        Assert.Empty(Read(grids.State).Defects);
    }

    [Fact]
    public void A_split_is_refused_where_it_cuts_a_child_and_may_not()
    {
        var grids = Township();
        var refusal = grids.Refused(new SplitEdit(2, [Line("LINESTRING(-1 4, 11 4)")], null, CutChildren.Refuse));
        Assert.Equal(("cuts_child", "g4"), (refusal.Code, refusal.Grids!.Single()));
        grids.Do(new SplitEdit(2, [Line("LINESTRING(-1 10, 11 10)")], null, CutChildren.Refuse));
        Assert.NotEqual(grids.Grid("g4").ParentId, grids.Grid("g5").ParentId);
    }

    [Fact]
    public void A_line_that_ends_inside_divides_nothing()
    {
        Assert.Equal("does_not_divide", Township().Refused(new SplitEdit(3, [Line("LINESTRING(9 5, 15 5)")], null, CutChildren.Split)).Code);
    }

    [Fact]
    public void A_merge_keeps_the_code_that_is_named_and_hangs_children_on_it()
    {
        var grids = Township();
        var result = grids.Do(new MergeEdit(3, [2], Rejoin: false));
        Assert.Null(grids.State.FindByCode("g2"));
        Assert.Equal((3, 3), (grids.Grid("g4").ParentId, grids.Grid("g5").ParentId));
        Assert.Equal([new LineageShare(2, 3, 1)], result.Lineage);
        Assert.Equal(DefectKind.Gap, Assert.Single(Read(grids.State).Defects).Kind); // The right half has children nowhere.
    }

    [Fact]
    public void A_merge_of_grids_that_lie_apart_is_refused_unless_parts_are_allowed()
    {
        var grids = new EditingCase([Square(1, 0, 0), Square(2, 10, 0), Square(3, 20, 0)]);
        Assert.Equal("not_adjacent", grids.Refused(new MergeEdit(1, [3], Rejoin: false)).Code);
        grids.Do(new MergeEdit(1, [3], Rejoin: true));
        Assert.Equal(2, grids.Grid("g1").Polygon.NumGeometries);
    }

    [Fact]
    public void A_transfer_clips_the_piece_and_moves_the_ground_of_all_levels()
    {
        var grids = Township();
        grids.Do(new TransferEdit(2, 3, Area("POLYGON((5 -5, 15 -5, 15 5, 5 5, 5 -5))"), [], CutChildren.Split));
        Assert.Equal(3, grids.Grid("g4-2").ParentId);
        Assert.Equal("MULTIPOLYGON (((5 0, 10 0, 10 5, 5 5, 5 0)))", Without(grids.Shape("g4-2")));
        Assert.Equal(DoubledArea(Wkt("POLYGON((0 0, 5 0, 5 5, 10 5, 10 20, 0 20, 0 0))")), DoubledArea(grids.Grid("g2").Polygon));
    }

    [Fact]
    public void A_transfer_of_a_whole_child_leaves_the_child_as_it_is()
    {
        var grids = Township();
        var before = grids.Grid("g5");
        grids.Do(new TransferEdit(2, 3, null, [5], CutChildren.Refuse));
        Assert.Equal((3L, before.Polygon), (grids.Grid("g5").ParentId, grids.Grid("g5").Polygon));
        Assert.Equal(grids.Shape("g4"), grids.Shape("g2"));
    }

    [Fact]
    public void A_reshape_swaps_what_the_line_cuts_off_both()
    {
        var grids = new EditingCase([Square(1, 0, 0), Square(2, 10, 0)]);
        grids.Do(new ReshapeEdit(1, 2, Line("LINESTRING(10 -1, 10 0, 8 2, 10 5, 12 8, 10 10, 10 11)"), CutChildren.Split));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 8 2, 12 8, 10 10, 0 10, 0 0)))", Without(grids.Shape("g1")));
        Assert.Empty(Read(grids.State).Defects);
    }

    [Fact]
    public void A_reshape_on_the_outside_takes_free_ground_and_leaves_it()
    {
        var grids = new EditingCase([Square(1, 0, 0), Square(2, 10, 0)]);
        var result = grids.Do(new ReshapeEdit(1, null, Line("LINESTRING(0 1, -3 1, -3 4, 0 4)"), CutChildren.Split));
        Assert.Equal("MULTIPOLYGON (((-3 1, 0 1, 0 0, 10 0, 10 10, 0 10, 0 4, -3 4, -3 1)))", Without(grids.Shape("g1")));
        Assert.Empty(result.OuterNodes);
        grids.Do(new ReshapeEdit(1, null, Line("LINESTRING(-1 9, 1 9, 1 11)"), CutChildren.Split));
        Assert.Equal(DoubledArea(Wkt("POLYGON((0 0, 10 0, 10 10, 1 10, 1 9, 0 9, 0 4, -3 4, -3 1, 0 1, 0 0))")), DoubledArea(grids.Grid("g1").Polygon));
    }

    [Fact]
    public void A_moved_vertex_moves_for_all_grids_of_all_levels()
    {
        var grids = Township();
        grids.Do(new MoveVertexEdit(At(10, 10), null, At(11, 9)));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 11 9, 0 10, 0 0)))", Without(grids.Shape("g4")));
        Assert.Empty(Read(grids.State).Defects);
    }

    [Fact]
    public void A_vertex_that_would_turn_a_grid_over_stays()
    {
        Assert.Equal("crosses", Township().Refused(new MoveVertexEdit(At(10, 10), null, At(25, 10))).Code);
    }

    [Fact]
    public void An_edge_gets_a_vertex_where_the_planner_pulls_it()
    {
        var grids = Township();
        grids.Do(new MoveVertexEdit(At(10, 10), At(10, 20), At(12, 15)));
        Assert.Contains("12 15", grids.Shape("g3"), StringComparison.Ordinal);
        Assert.Contains("12 15", grids.Shape("g5"), StringComparison.Ordinal);
        Assert.DoesNotContain("12 15", grids.Shape("g4"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_grid_is_clipped_to_what_is_free_in_its_parent()
    {
        var grids = Township();
        grids.Do(new CreateEdit(3, 3, Area("POLYGON((5 5, 30 5, 30 10, 5 10, 5 5))"), "new", "新", "village", "{}"));
        Assert.Equal("MULTIPOLYGON (((10 5, 20 5, 20 10, 10 10, 10 5)))", Without(grids.Shape("new")));
        grids.Do(new CreateEdit(3, 3, null, null, "其余", "village", "{}"));
        Assert.DoesNotContain(Read(grids.State).Defects, defect => defect.Kind != DefectKind.PartApart);
        Assert.Equal("no_free_ground", grids.Refused(new CreateEdit(3, 3, null, null, "x", "village", "{}")).Code);
    }

    [Fact]
    public void A_deleted_grid_goes_to_a_neighbour_or_leaves_free_ground()
    {
        var grids = Township();
        grids.Do(new DeleteEdit(5, 4));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 10, 10 20, 0 20, 0 10, 0 0)))", grids.Shape("g4"));
        var result = grids.Do(new DeleteEdit(2, null));
        Assert.Equal([2, 4], result.Changes.Where(change => change.Kind == GridChangeKind.Removed).Select(change => change.Id));
        Assert.Contains(Read(grids.State).Defects, defect => defect.Kind == DefectKind.Gap);
    }

    [Fact]
    public void A_grid_that_gets_another_parent_takes_its_ground_along()
    {
        var grids = Township();
        grids.Do(new ReparentEdit(5, 3));
        Assert.Equal(grids.Shape("g4"), grids.Shape("g2"));
        Assert.Equal(DoubledArea(Wkt("POLYGON((0 0, 20 0, 20 20, 0 20, 0 0))")) - DoubledArea(grids.Grid("g2").Polygon), DoubledArea(grids.Grid("g3").Polygon));
    }

    [Fact]
    public void A_locked_grid_is_changed_by_nothing_but_unlock()
    {
        var grids = Township();
        grids.Do(new LockEdit([5], IsLocked: true));
        Assert.Equal("locked", grids.Refused(new DeleteEdit(5, 4)).Code);
        Assert.Equal("locked", grids.Refused(new SplitEdit(2, [Line("LINESTRING(-1 15, 11 15)")], null, CutChildren.Split)).Code);
        Assert.Equal("locked", grids.Refused(new UpdateEdit(5, null, "x", null, new Dictionary<string, System.Text.Json.Nodes.JsonNode?>())).Code);
        grids.Do(new SplitEdit(2, [Line("LINESTRING(-1 5, 11 5)")], null, CutChildren.Split));
        grids.Do(new LockEdit([5], IsLocked: false));
        grids.Do(new DeleteEdit(5, 4));
    }

    [Fact]
    public void Households_go_by_area_as_an_estimate_and_their_sum_stays()
    {
        var grids = Township(households: 101);
        grids.Do(new SplitEdit(3, [Line("LINESTRING(9 5, 21 5)"), Line("LINESTRING(9 12, 21 12)")], null, CutChildren.Split));
        var counts = new[] { "g3", "g3-2", "g3-3" }.Select(code => GridAttributes.HouseholdsOf(grids.Grid(code).Attributes)).ToList();
        Assert.Equal(101, counts.Sum());
        Assert.Equal([25, 36, 40], counts.Order());
        Assert.Contains("\"householdsEstimated\":true", grids.Grid("g3-2").Attributes, StringComparison.Ordinal);
        grids.Do(new MergeEdit(4, [5], Rejoin: false));
        Assert.Equal("{\"households\":202}", grids.Grid("g4").Attributes);
    }

    [Fact]
    public void A_code_is_never_given_again()
    {
        var grids = Township();
        grids.Do(new DeleteEdit(5, 4));
        Assert.Equal("code_taken", grids.Refused(new UpdateEdit(4, "g5", null, null, new Dictionary<string, System.Text.Json.Nodes.JsonNode?>())).Code);
        Assert.Equal("code_invalid", grids.Refused(new UpdateEdit(4, "村 5", null, null, new Dictionary<string, System.Text.Json.Nodes.JsonNode?>())).Code);
    }

    [Fact]
    public void A_line_through_a_slanting_border_lists_what_its_node_moves_on_the_outside()
    {
        var grids = new EditingCase([Grid(1, "POLYGON((0 0, 10 1, 9 11, 0 10, 0 0))")]);
        var before = Areas(grids.State);
        var result = grids.Do(new SplitEdit(1, [Line("LINESTRING(3.3 -1, 4.7 12)")], null, CutChildren.Split));
        Assert.Equal(2, result.OuterNodes.Count);
        Assert.NotEqual(before[1], Areas(grids.State)[1]);
        Assert.Equal(before[1] + result.OuterNodes.Aggregate((Int128)0, (sum, node) => sum + node.DoubledArea), Areas(grids.State)[1]);
    }

    /// <summary>The outline without vertices on straight borders: what a reader of a test means.</summary>
    private static string Without(string wkt) => ToWkt(Simplified(wkt));

    private static NetTopologySuite.Geometries.Geometry Simplified(string wkt)
    {
        var geometry = Wkt(wkt);
        var parts = Enumerable.Range(0, geometry.NumGeometries).Select(i => (NetTopologySuite.Geometries.Polygon)geometry.GetGeometryN(i)).Select(part =>
        {
            var ring = part.Shell.Coordinates[..^1];
            var corners = ring.Where((point, i) => NetTopologySuite.Algorithm.Orientation.Index(ring[(i + ring.Length - 1) % ring.Length], point, ring[(i + 1) % ring.Length])
                != NetTopologySuite.Algorithm.OrientationIndex.Collinear).ToList();
            return geometry.Factory.CreatePolygon([.. corners, corners[0]]);
        });
        return geometry.Factory.CreateMultiPolygon([.. parts]);
    }
}
