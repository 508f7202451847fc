using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;
using static GridMap.Core.Tests.Coverages.TestPlane;

namespace GridMap.Core.Tests.Coverages;

public sealed class CoverageBuilderTests
{
    [Fact]
    public void Two_squares_share_one_arc_and_a_dissolved_parent_is_their_union()
    {
        var build = Build(0, Grid(1, null), Square(2, 0, 0, level: 2, parent: 1), Square(3, 10, 0, level: 2, parent: 1));

        Assert.Empty(build.Defects);
        Assert.Empty(build.Repairs);
        Assert.Equal(0, build.MaxDisplacementMetres);
        Assert.Equal(3, build.Coverage.Arcs.Count);
        Assert.Equal(3, build.Coverage.Faces.Count);
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 20 0, 20 10, 10 10, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(0)));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(1)));
        Assert.Equal("MULTIPOLYGON (((10 0, 20 0, 20 10, 10 10, 10 0)))", ToWkt(build.Coverage.Polygon(2)));
    }

    [Fact]
    public void A_vertex_of_one_neighbour_becomes_a_vertex_of_both_and_of_their_parents()
    {
        var build = Build(0,
            Square(1, 0, 0), Square(2, 10, 0),
            Square(3, 0, 0, level: 2, parent: 1),
            Grid(4, "POLYGON((10 0, 20 0, 20 10, 10 10, 10 4, 10 0))", level: 2, parent: 2));

        Assert.Empty(build.Defects);
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 4, 10 10, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(0)));
        Assert.Equal(build.Coverage.Polygon(0), build.Coverage.Polygon(2));
        Assert.Equal(build.Coverage.Polygon(1), build.Coverage.Polygon(3));
    }

    [Fact]
    public void A_hole_with_an_island_in_it_is_three_nested_faces()
    {
        var build = Build(0,
            Grid(1, "POLYGON((0 0, 30 0, 30 30, 0 30, 0 0), (5 5, 25 5, 25 25, 5 25, 5 5))"),
            Square(2, 10, 10),
            Grid(3, "POLYGON((5 5, 25 5, 25 25, 5 25, 5 5), (10 10, 20 10, 20 20, 10 20, 10 10))"));

        Assert.Empty(build.Defects);
        Assert.Equal(4, build.Coverage.Faces.Count);
        Assert.Equal(
            "MULTIPOLYGON (((0 0, 30 0, 30 30, 0 30, 0 0), (5 5, 5 25, 25 25, 25 5, 5 5)))", ToWkt(build.Coverage.Polygon(0)));
        Assert.Equal(
            "MULTIPOLYGON (((5 5, 25 5, 25 25, 5 25, 5 5), (10 10, 10 20, 20 20, 20 10, 10 10)))", ToWkt(build.Coverage.Polygon(2)));
    }

    [Fact]
    public void An_empty_hole_is_a_gap_that_does_not_block()
    {
        var build = Build(0, Grid(1, "POLYGON((0 0, 30 0, 30 30, 0 30, 0 0), (5 5, 25 5, 25 25, 5 25, 5 5))"), Square(2, 10, 10));

        var gap = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.Gap, 1, false), (gap.Kind, gap.Level, gap.Blocks));
        Assert.Equal("MULTIPOLYGON (((5 5, 25 5, 25 25, 5 25, 5 5), (10 10, 10 20, 20 20, 20 10, 10 10)))", ToWkt(gap.Geometry));
        Assert.Equal([1L, 2L], gap.Grids.Select(grid => grid.Id));
        Assert.True(gap.Geometry.Contains(gap.Place));
    }

    [Fact]
    public void Squares_that_touch_in_one_vertex_are_two_parts()
    {
        var build = Build(0, Grid(1, "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((10 10, 20 10, 20 20, 10 20, 10 10)))"));

        var apart = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.PartApart, false), (apart.Kind, apart.Blocks));
        Assert.Equal(new Measure(2, MeasureUnit.Count), apart.Measure);
        Assert.Equal(2, build.Coverage.Parts(0).Count);
    }

    [Fact]
    public void A_hole_that_touches_the_shell_is_a_hole_whichever_way_it_comes()
    {
        const string expected = "MULTIPOLYGON (((0 0, 10 0, 20 0, 20 20, 0 20, 0 0), (5 5, 10 10, 15 5, 10 0, 5 5)))";
        var asHole = Build(0, Grid(1, "POLYGON((0 0, 20 0, 20 20, 0 20, 0 0), (10 0, 5 5, 10 10, 15 5, 10 0))"), Grid(2, "POLYGON((10 0, 15 5, 10 10, 5 5, 10 0))"));
        var asOneRing = Build(0, Grid(1, "POLYGON((0 0, 10 0, 5 5, 10 10, 15 5, 10 0, 20 0, 20 20, 0 20, 0 0))"), Grid(2, "POLYGON((10 0, 15 5, 10 10, 5 5, 10 0))"));

        Assert.Equal(expected, ToWkt(asHole.Coverage.Polygon(0)));
        Assert.Equal(expected, ToWkt(asOneRing.Coverage.Polygon(0)));
        Assert.Empty(asOneRing.Defects);
        var repair = Assert.Single(asOneRing.Repairs);
        Assert.Equal((RepairKind.SelfIntersection, 1L), (repair.Kind, repair.Grids[0].Id));
        Assert.Equal("POINT (10 0)", ToWkt(repair.Geometry));
    }

    [Fact]
    public void A_hole_that_touches_the_shell_twice_cuts_the_grid_in_two()
    {
        var build = Build(0, Square(1, 0, 0, 20), Grid(2, "POLYGON((10 0, 15 10, 10 20, 5 10, 10 0))"), Square(3, 100, 100));
        var cut = Build(0, Grid(1, "MULTIPOLYGON(((0 0, 10 0, 5 10, 10 20, 0 20, 0 0)), ((10 0, 20 0, 20 20, 10 20, 15 10, 10 0)))"), Grid(2, "POLYGON((10 0, 15 10, 10 20, 5 10, 10 0))"));

        Assert.Equal(DefectKind.Overlap, Assert.Single(build.Defects).Kind);
        Assert.Equal(2, cut.Coverage.Parts(0).Count);
        Assert.Equal(DefectKind.PartApart, Assert.Single(cut.Defects).Kind);
    }

    [Fact]
    public void Holes_that_touch_each_other_stay_two_holes_and_an_island_touching_its_hole_a_part()
    {
        var holes = Build(0, Grid(1, "POLYGON((0 0, 30 0, 30 30, 0 30, 0 0), (5 5, 5 10, 10 10, 10 5, 5 5), (10 10, 10 15, 15 15, 15 10, 10 10))"));
        var island = Build(0, Grid(1, "MULTIPOLYGON(((0 0, 30 0, 30 30, 0 30, 0 0), (5 5, 5 20, 20 20, 20 5, 5 5)), ((5 5, 15 10, 10 15, 5 5)))"));

        Assert.Equal(2, Assert.Single(holes.Coverage.Parts(0)).Holes.Count);
        Assert.Equal([0, 1], island.Coverage.Parts(0).Select(part => part.Holes.Count).Order());
    }

    [Fact]
    public void A_special_grid_carved_out_of_all_levels_is_a_hole_in_each()
    {
        const string hole = "(8 8, 12 8, 12 12, 8 12, 8 8)";
        var build = Build(0,
            Grid(1, $"POLYGON((0 0, 20 0, 20 20, 0 20, 0 0), {hole})"),
            Grid(2, $"POLYGON((0 0, 20 0, 20 20, 0 20, 0 0), {hole})", 2, 1),
            Grid(3, "POLYGON((0 0, 10 0, 10 8, 8 8, 8 12, 10 12, 10 20, 0 20, 0 0))", 3, 2),
            Grid(4, "POLYGON((10 0, 20 0, 20 20, 10 20, 10 12, 12 12, 12 8, 10 8, 10 0))", 3, 2),
            Grid(5, $"POLYGON({hole})"));

        Assert.Empty(build.Defects);
        Assert.Equal(4, build.Coverage.Faces.Count);
        Assert.Equal([4], build.Coverage.FacesOf(4).ToArray().Select(face => (int)build.Coverage.Grids[build.Coverage.Faces[face].GridAt(1)].Id - 1));
        // The ends of the border between the children are vertices of the parents' hole too.
        Assert.Equal(
            "MULTIPOLYGON (((0 0, 10 0, 20 0, 20 20, 10 20, 0 20, 0 0), (8 8, 8 12, 10 12, 12 12, 12 8, 10 8, 8 8)))",
            ToWkt(build.Coverage.Polygon(0)));
    }

    [Fact]
    public void A_parent_keeps_what_its_children_leave()
    {
        var build = Build(0, Square(1, 0, 0, 30), Square(2, 0, 0, 10, 2, 1), Square(3, 20, 20, 10, 2, 1));

        var gap = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.Gap, 2), (gap.Kind, gap.Level));
        Assert.Equal([1L, 2L, 3L], gap.Grids.Select(grid => grid.Id));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 30 0, 30 20, 30 30, 20 30, 0 30, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(0)));
    }

    [Fact]
    public void A_bow_tie_becomes_its_two_wings()
    {
        var build = Build(0, Grid(1, "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))"));

        Assert.Equal("MULTIPOLYGON (((0 0, 5 5, 0 10, 0 0)), ((5 5, 10 0, 10 10, 5 5)))", ToWkt(build.Coverage.Polygon(0)));
        Assert.Equal(RepairKind.SelfIntersection, Assert.Single(build.Repairs).Kind);
    }

    [Fact]
    public void A_spike_without_area_goes_and_repeated_points_are_told()
    {
        var spike = Build(0, Grid(1, "POLYGON((0 0, 10 0, 10 5, 25 5, 10 5, 10 10, 0 10, 0 0))"));
        var repeated = Build(0, Grid(1, "POLYGON((0 0, 10 0, 10 0, 10.0000001 0, 10 10, 0 10, 0 0))"));

        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 5, 10 10, 0 10, 0 0)))", ToWkt(spike.Coverage.Polygon(0)));
        var repair = Assert.Single(repeated.Repairs);
        Assert.Equal(RepairKind.DuplicatePoints, repair.Kind);
        Assert.Equal("MULTIPOINT ((10 0))", ToWkt(repair.Geometry));
        Assert.InRange(repeated.MaxDisplacementMetres, 1e-6, 1e-3);
    }

    [Fact]
    public void A_ring_that_turns_other_than_the_rest_is_told_and_one_convention_is_as_good_as_the_other()
    {
        const string clockwise = "POLYGON((0 0, 0 10, 10 10, 10 0, 0 0))";
        var all = Build(0, Grid(1, clockwise));
        var one = Build(0, Square(1, 10, 0), Square(2, 20, 0), Grid(3, clockwise));

        Assert.Empty(all.Repairs);
        Assert.Equal([3L], Assert.Single(one.Repairs, repair => repair.Kind == RepairKind.RingOrder).Grids.Select(grid => grid.Id));
        Assert.Empty(one.Defects);
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))", ToWkt(one.Coverage.Polygon(2)));
    }

    [Fact]
    public void The_same_polygon_twice_is_an_overlap_of_its_whole_area()
    {
        var build = Build(0, Square(1, 0, 0), Square(2, 0, 0));

        var overlap = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.Overlap, true), (overlap.Kind, overlap.Blocks));
        Assert.Equal([1L, 2L], overlap.Grids.Select(grid => grid.Id));
        Assert.Equal(build.Coverage.SquareMetres(0), overlap.Measure!.Value.Value);
        Assert.True(build.Coverage.Faces[1].IsContested);
        Assert.Equal([0, 1], build.Coverage.Faces[1].ClaimsAt(1).ToArray());
    }

    [Fact]
    public void A_long_edge_through_many_vertices_gets_them_all()
    {
        var teeth = Enumerable.Range(0, 50).Select(i => Grid(i + 2, $"POLYGON(({i} {i * 2}, {i + 1} {i * 2 + 2}, {i} {i * 2 + 2}, {i} {i * 2}))"));
        var build = Build(0, [Grid(1, "POLYGON((0 0, 60 0, 50 100, 0 0))"), .. teeth]);

        Assert.Empty(build.Defects);
        Assert.Equal(53, build.Coverage.Polygon(0).NumPoints);
        Assert.Equal(0, build.MaxDisplacementMetres);
    }

    [Fact]
    public void A_dissolved_grid_of_several_levels_has_no_borders_within_and_keeps_its_holes()
    {
        var ring = new[] { (0, 0), (10, 0), (20, 0), (20, 10), (20, 20), (10, 20), (0, 20), (0, 10) };
        var build = Build(0,
            [Grid(1, null), Grid(2, null, 2, 1), .. ring.Select((at, i) => Square(i + 3, at.Item1, at.Item2, 10, 3, 2))]);

        Assert.Equal(DefectKind.Gap, Assert.Single(build.Defects).Kind);
        Assert.Equal(build.Coverage.Polygon(0), build.Coverage.Polygon(1));
        var part = Assert.Single(build.Coverage.Parts(0));
        Assert.Single(part.Holes);
        Assert.Equal(8, build.Coverage.FacesOf(0).Length);
    }

    [Fact]
    public void A_grid_that_bounds_nothing_is_an_invalid_ring_with_a_place()
    {
        var build = Build(0, Square(1, 0, 0), Grid(2, "POLYGON((5 5, 6 6, 5 5, 6 6, 5 5))"), Grid(3, "POLYGON((178000 0, 190000 0, 190000 9, 178000 0))"));

        Assert.Equal([2L, 3L], build.Defects.Select(defect => defect.Grids[0].Id));
        Assert.All(build.Defects, defect => Assert.Equal((DefectKind.InvalidRing, true, false), (defect.Kind, defect.Blocks, defect.Place.IsEmpty)));
    }

    [Fact]
    public void A_ring_that_crosses_itself_everywhere_is_refused_at_once()
    {
        var random = new Random(31);
        var points = Enumerable.Range(0, 1000).Select(_ => new Coordinate(random.NextDouble() * 0.4, random.NextDouble() * 0.4)).ToList();
        points.Add(points[0]);
        var scribble = new CoverageInput(2, "g2", 1, null, new GeometryFactory().CreatePolygon([.. points]));

        var defect = Assert.Single(Build(0, Square(1, 500, 500), scribble).Defects);

        Assert.Equal((DefectKind.InvalidRing, 2L, false), (defect.Kind, defect.Grids[0].Id, defect.Place.IsEmpty));
    }

    [Fact]
    public void Coordinates_that_are_no_numbers_make_an_invalid_ring()
    {
        var ring = new Coordinate[] { new(0, 0), new(double.NaN, 0), new(0.1, 0.1), new(0, 0) };

        var build = Build(0, new CoverageInput(1, "g1", 1, null, new GeometryFactory().CreatePolygon(ring)));

        Assert.Equal(DefectKind.InvalidRing, Assert.Single(build.Defects).Kind);
        Assert.Equal("POINT (0 0)", build.Defects[0].Geometry.ToString());
    }

    [Fact]
    public void Inputs_that_no_caller_may_give_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CoverageBuilder.Build([Square(1, 0, 0), Square(1, 10, 0)], CoverageOptions.Exact));
        Assert.Throws<ArgumentException>(() => CoverageBuilder.Build([Square(1, 0, 0, level: 7)], CoverageOptions.Exact));
        Assert.Throws<ArgumentException>(() => CoverageBuilder.Build([Square(1, 0, 0, level: 0)], CoverageOptions.Exact));
    }

    [Fact]
    public void Progress_rises_through_the_stages_and_a_cancelled_build_stops()
    {
        var told = new List<CoverageProgress>();
        CoverageBuilder.Build([Square(1, 0, 0)], CoverageOptions.Exact, new Sink(told), CancellationToken.None);

        Assert.Equal(told.OrderBy(progress => progress.Share), told);
        Assert.Equal(Enum.GetValues<CoverageStage>(), told.Select(progress => progress.Stage).Distinct());
        Assert.Throws<OperationCanceledException>(
            () => CoverageBuilder.Build([Square(1, 0, 0)], CoverageOptions.Exact, null, new CancellationToken(canceled: true)));
    }

    private sealed class Sink(List<CoverageProgress> told) : IProgress<CoverageProgress>
    {
        public void Report(CoverageProgress value) => told.Add(value);
    }
}
