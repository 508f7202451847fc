using GridMap.Core.Coverages;
using static GridMap.Core.Tests.Coverages.TestPlane;

namespace GridMap.Core.Tests.Coverages;

/// <summary>In these tests 0.00390625 (1/256) unit is about 0.42 m.</summary>
public sealed class ToleranceTests
{
    [Fact]
    public void A_narrow_gap_goes_to_the_neighbour_with_the_longest_border_and_is_reported()
    {
        CoverageInput[] inputs =
        [
            Grid(1, "POLYGON((0 0, 30 0, 30 10, 20 10.00390625, 10 10.00390625, 0 10, 0 0))"),
            Grid(2, "POLYGON((0 10, 10 10.01, 15 10.011, 20 10.01, 30 10, 30 20, 0 20, 0 10))"),
        ];
        var exact = Build(0, inputs);
        var build = Build(1, inputs);

        Assert.Equal(DefectKind.Gap, Assert.Single(exact.Defects).Kind);
        Assert.Empty(build.Defects);
        var repair = Assert.Single(build.Repairs);
        Assert.Equal((RepairKind.GapClosed, 2L), (repair.Kind, repair.Grids[0].Id));
        Assert.Equal(exact.Defects[0].Measure!.Value.Value, repair.SquareMetres, 0.01);
        Assert.True(repair.Geometry.Covers(exact.Defects[0].Place));
        Assert.InRange(repair.WidthMetres, 0.2, 0.6);
        Assert.Equal(0, build.ChangedSquareMetres[0]);
        Assert.Equal(repair.SquareMetres, build.ChangedSquareMetres[1], 1e-6);
        Assert.Equal(repair.SquareMetres, build.TotalChangedSquareMetres, 1e-6);
        Assert.Equal(exact.Coverage.DoubledArea(0), build.Coverage.DoubledArea(0));
    }

    [Fact]
    public void A_gap_as_wide_as_the_tolerance_stays_a_defect()
    {
        var build = Build(1,
            Grid(1, "POLYGON((0 0, 30 0, 30 10, 0 10, 0 0))"),
            Grid(2, "POLYGON((0 10, 5 10.03, 25 10.03, 30 10, 30 20, 0 20, 0 10))"));

        Assert.Equal(DefectKind.Gap, Assert.Single(build.Defects).Kind);
        Assert.Empty(build.Repairs);
    }

    [Fact]
    public void A_narrow_overlap_goes_to_one_of_those_who_claim_it()
    {
        var build = Build(1,
            Grid(1, "POLYGON((0 0, 30 0, 30 10, 20 10.00390625, 10 10.00390625, 0 10, 0 0))"),
            Grid(2, "POLYGON((0 10, 30 10, 30 20, 0 20, 0 10))"));

        Assert.Empty(build.Defects);
        var repair = Assert.Single(build.Repairs);
        Assert.Equal(RepairKind.OverlapResolved, repair.Kind);
        Assert.Equal([1L, 2L], repair.Grids.Select(grid => grid.Id).Order());
        Assert.All(build.ChangedSquareMetres, changed => Assert.True(changed == 0 || changed == repair.SquareMetres));
        Assert.Equal(1, build.Counts.OverlapFaces);
    }

    [Fact]
    public void A_child_is_clipped_to_its_parent_and_the_parent_keeps_its_border()
    {
        var build = Build(1,
            Square(1, 0, 0), Square(2, 10, 0),
            Grid(3, "POLYGON((0 0, 10 0, 10.00390625 5, 10 10, 0 10, 0 0))", 2, 1),
            Grid(4, "POLYGON((10 0, 20 0, 20 10, 10 10, 10.00390625 5, 10 0))", 2, 2));

        Assert.Empty(build.Defects);
        var repair = Assert.Single(build.Repairs);
        Assert.Equal((RepairKind.ChildClipped, 4L), (repair.Kind, repair.Grids[0].Id));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(0)));
        Assert.Equal(build.Coverage.Polygon(1), build.Coverage.Polygon(3));
    }

    [Fact]
    public void A_child_that_overhangs_the_territory_is_cut_off_at_its_edge()
    {
        var build = Build(1, Square(1, 0, 0), Grid(2, "POLYGON((0 0, 10 0, 10.00390625 5, 10 10, 0 10, 0 0))", 2, 1));

        Assert.Empty(build.Defects);
        Assert.Equal((RepairKind.ChildClipped, 2L), (build.Repairs[0].Kind, build.Repairs[0].Grids[0].Id));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(1)));
    }

    [Fact]
    public void A_wide_overhang_stays_a_blocking_defect()
    {
        var build = Build(1, Square(1, 0, 0), Grid(2, "POLYGON((0 0, 10 0, 10.125 5, 10 10, 0 10, 0 0))", 2, 1));

        var defect = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.ChildOutsideParent, 2, true), (defect.Kind, defect.Level, defect.Blocks));
        Assert.Equal("MULTIPOLYGON (((10 0, 10.125 5, 10 10, 10 0)))", ToWkt(defect.Geometry));
        Assert.Equal([2L, 1L], defect.Grids.Select(grid => grid.Id));
    }

    [Fact]
    public void A_narrow_gap_between_children_of_one_parent_goes_to_a_child()
    {
        var build = Build(1,
            Square(1, 0, 0),
            Grid(2, "POLYGON((0 0, 5 0, 5 10, 0 10, 0 0))", 2, 1),
            Grid(3, "POLYGON((5.00390625 0, 10 0, 10 10, 5.00390625 10, 5.00390625 0))", 2, 1));

        Assert.Empty(build.Defects);
        Assert.Equal(RepairKind.GapClosed, Assert.Single(build.Repairs).Kind);
        Assert.Equal(build.Coverage.DoubledArea(0), build.Coverage.DoubledArea(1) + build.Coverage.DoubledArea(2));
    }

    [Fact]
    public void A_chain_of_narrow_places_is_worked_off_from_its_ends()
    {
        // Three files drew the same border: between 1 and 2 lie strips of gap and of overlap, side by side.
        var build = Build(1,
            Grid(1, "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))"),
            Grid(2, "POLYGON((9.995 0, 20 0, 20 10, 10.004 10, 9.998 5, 9.995 0))"),
            Grid(3, "POLYGON((10 10, 10.002 0, 9.999 0, 9.997 10, 10 10))"));

        Assert.DoesNotContain(build.Defects, defect => defect.Kind is DefectKind.Overlap or DefectKind.Gap);
        Assert.True(build.Repairs.Count >= 3);
    }

    [Fact]
    public void Borders_half_a_metre_apart_become_one_though_the_slit_is_open_at_both_ends()
    {
        CoverageInput[] inputs =
        [
            Grid(1, "POLYGON((0 0, 10 0, 10 3, 10 6, 10 10, 0 10, 0 0))"),
            Grid(2, "POLYGON((10.00390625 0, 20 0, 20 10, 10.00390625 10, 10.00390625 4, 10.00390625 0))"),
        ];
        var exact = Build(0, inputs);
        var build = Build(1, inputs);

        Assert.Equal(2, exact.Coverage.Arcs.Count);
        Assert.Empty(build.Defects);
        var repair = Assert.Single(build.Repairs);
        Assert.Equal(RepairKind.GapClosed, repair.Kind);
        Assert.InRange(repair.WidthMetres, 0.4, 0.6);
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10.00390625 0, 20 0, 20 10, 10.00390625 10, 10 10, 0 10, 0 0)))",
            ToWkt(Union(build)));
        // No vertices are left of the lines that were tried across the slit.
        Assert.Equal(
            "MULTIPOLYGON (((0 0, 10 0, 10.00390625 0, 10.00390625 4, 10.00390625 10, 10 10, 0 10, 0 0)))", ToWkt(build.Coverage.Polygon(0)));
    }

    [Fact]
    public void A_slit_that_widens_is_closed_where_it_is_narrow_only()
    {
        var build = Build(1,
            Grid(1, "POLYGON((0 0, 10 0, 10 3, 10 6, 10 10, 0 10, 0 0))"),
            Grid(2, "POLYGON((10.00390625 0, 20 0, 20 10, 10.00390625 10, 10.00390625 7, 12 5, 10.00390625 2, 10.00390625 0))"));

        var gap = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.Gap, false), (gap.Kind, gap.Blocks));
        Assert.InRange(gap.Measure!.Value.Value, 4 * UnitMetres * UnitMetres, 6 * UnitMetres * UnitMetres);
        Assert.NotEmpty(build.Repairs);
        Assert.All(build.Repairs, repair => Assert.InRange(repair.WidthMetres, 0, 1));
    }

    [Fact]
    public void A_narrow_bay_of_one_grid_is_its_own_shape_and_stays()
    {
        const string bay = "POLYGON((0 0, 10 0, 10 10, 5.00390625 10, 5.00390625 4, 5 4, 5 10, 0 10, 0 0))";
        var build = Build(1, Grid(1, bay), Square(2, 10, 0));

        Assert.Empty(build.Repairs);
        Assert.True(Wkt(bay).EqualsTopologically(build.Coverage.Polygon(0)) || build.MaxDisplacementMetres > 0);
    }

    [Fact]
    public void A_sliver_apart_from_a_larger_part_goes_to_its_neighbour()
    {
        CoverageInput[] inputs =
        [
            Grid(1, "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((20 4, 20 4.005, 19.998 4.005, 20 4)))"),
            Grid(2, "POLYGON((10 0, 20 0, 20 4, 19.998 4.005, 20 4.005, 20 10, 10 10, 10 0))"),
        ];
        var exact = Build(0, inputs);
        var build = Build(1, inputs);

        Assert.Equal([DefectKind.Sliver, DefectKind.PartApart], exact.Defects.Select(defect => defect.Kind));
        Assert.Empty(build.Defects);
        var repair = Assert.Single(build.Repairs);
        Assert.Equal((RepairKind.SliverAbsorbed, 2L), (repair.Kind, repair.Grids[0].Id));
    }

    [Fact]
    public void A_sliver_that_is_all_there_is_of_a_grid_is_never_taken_away()
    {
        var build = Build(1, Square(1, 0, 0), Grid(2, "POLYGON((10 4, 10.00390625 4.001953125, 10 4.00390625, 10 4))"));

        Assert.Empty(build.Repairs);
        var defect = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.Sliver, 2L, true), (defect.Kind, defect.Grids[0].Id, defect.Blocks));
        Assert.False(build.Coverage.Polygon(1).IsEmpty);
    }

    [Fact]
    public void A_second_build_changes_nothing()
    {
        var first = Build(1,
            Grid(1, "POLYGON((0 0, 10 0, 10 3, 10 6, 10 10, 0 10, 0 0))"),
            Grid(2, "POLYGON((10.00390625 0, 20 0, 20 10, 10.003 10, 10.00390625 4, 10.00390625 0))"));
        var second = Build(1, [.. first.Coverage.ToShapes().Select(shape => new CoverageInput(shape.Id, shape.Code, 1, null, shape.Polygon))]);

        Assert.Empty(second.Repairs);
        Assert.Equal(Bytes(first.Coverage.ToShapes()), Bytes(second.Coverage.ToShapes()));
    }

    private static NetTopologySuite.Geometries.Geometry Union(CoverageBuild build)
    {
        var shapes = build.Coverage.ToShapes().Select(shape => new CoverageInput(shape.Id, shape.Code, 2, 99, shape.Polygon));
        return Build(0, [Grid(99, null), .. shapes]).Coverage.Polygon(0);
    }
}
