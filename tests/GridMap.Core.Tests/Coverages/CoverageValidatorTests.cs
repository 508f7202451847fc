using GridMap.Core.Coverages;
using static GridMap.Core.Tests.Coverages.TestPlane;

namespace GridMap.Core.Tests.Coverages;

public sealed class CoverageValidatorTests
{
    [Fact]
    public void A_code_that_comes_twice_is_one_defect_over_both_grids()
    {
        var build = Build(0, Square(1, 0, 0) with { Code = "x" }, Square(2, 10, 0) with { Code = "x" }, Square(3, 20, 0));

        var defect = Assert.Single(build.Defects);
        Assert.Equal((DefectKind.DuplicateCode, null, true), (defect.Kind, defect.Level, defect.Blocks));
        Assert.Equal([1L, 2L], defect.Grids.Select(grid => grid.Id));
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 20 0, 20 10, 10 10, 0 10, 0 0)))", ToWkt(defect.Geometry));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(77L)]
    [InlineData(3L)]
    public void A_grid_whose_parent_is_missing_or_on_another_level_is_outside_it(long? parent)
    {
        var build = Build(0, Square(1, 0, 0), Square(2, 0, 0, 10, 2, 1), Square(3, 10, 0, 10, 2, parent), Square(4, 10, 0));

        var defect = Assert.Single(build.Defects, found => found.Blocks);
        Assert.Equal((DefectKind.ChildOutsideParent, 2), (defect.Kind, defect.Level));
        Assert.Equal([3L], defect.Grids.Select(grid => grid.Id));
    }

    [Fact]
    public void A_level_given_without_any_outer_level_needs_no_parents()
    {
        Assert.Empty(Build(0, Square(1, 0, 0, 10, 3, 70), Square(2, 10, 0, 10, 3, 71)).Defects);
    }

    [Fact]
    public void An_overlap_of_three_is_told_apart_from_those_of_two()
    {
        var build = Build(0, Square(1, 0, 0, 20), Square(2, 10, 0, 20), Square(3, 15, 0, 20));

        Assert.Equal(
            ["1 2", "1 2 3", "2 3"],
            build.Defects.Select(defect => string.Join(' ', defect.Grids.Select(grid => grid.Id))).Order());
        Assert.All(build.Defects, defect => Assert.Equal(build.Coverage.SquareMetres(0), 20 * 20 * SquareMetres(defect), 1.0));

        static double SquareMetres(Defect defect) => defect.Measure!.Value.Value / defect.Geometry.Area / (1024.0 * 1024);
    }

    [Fact]
    public void Overlaps_of_the_same_two_in_two_places_are_two()
    {
        var build = Build(0,
            Grid(1, "POLYGON((0 0, 30 0, 30 12, 20 12, 20 8, 10 8, 10 12, 0 12, 0 0))"),
            Grid(2, "POLYGON((0 10, 10 10, 10 8, 20 8, 20 10, 30 10, 30 20, 0 20, 0 10))"));

        Assert.Equal([DefectKind.Overlap, DefectKind.Overlap], build.Defects.Select(defect => defect.Kind));
    }

    [Fact]
    public void A_child_outside_its_parent_is_told_by_place_and_a_gap_by_its_neighbours()
    {
        var build = Build(0, Square(1, 0, 0), Square(2, 20, 0), Grid(3, "POLYGON((2 2, 12 2, 12 8, 2 8, 2 2))", 2, 1));

        var outside = Assert.Single(build.Defects, defect => defect.Kind == DefectKind.ChildOutsideParent);
        Assert.Equal("MULTIPOLYGON (((10 2, 12 2, 12 8, 10 8, 10 2)))", ToWkt(outside.Geometry));
        Assert.Equal([3L, 1L], outside.Grids.Select(grid => grid.Id));
        var gap = Assert.Single(build.Defects, defect => defect.Kind == DefectKind.Gap);
        Assert.Equal([1L, 3L], gap.Grids.Select(grid => grid.Id));
    }

    [Fact]
    public void Settings_make_more_kinds_block_and_never_fewer()
    {
        CoverageInput[] inputs = [Grid(1, "MULTIPOLYGON(((0 0, 9 0, 0 9, 0 0)), ((20 0, 29 0, 29 9, 20 0)))")];
        bool Blocks(DefectRules rules) => Assert.Single(CoverageBuilder.Build(inputs, new CoverageOptions(0, rules)).Defects).Blocks;

        Assert.False(Blocks(DefectRules.Default));
        Assert.True(Blocks(DefectRules.Default with { SinglePartLevels = [1] }));
        Assert.False(Blocks(DefectRules.Default with { SinglePartLevels = [2] }));
        Assert.True(Blocks(DefectRules.Default with { AlsoBlocking = [DefectKind.PartApart] }));
        Assert.True(DefectRules.Default.Blocks(DefectKind.Overlap));
        Assert.False(DefectRules.Default.Blocks(DefectKind.NobodyResponsible));
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own_on_the_wire()
    {
        foreach (var kind in Enum.GetValues<DefectKind>())
        {
            Assert.True(DefectKinds.TryParse(kind.ToWireName(), out var parsed));
            Assert.Equal(kind, parsed);
        }
        Assert.False(DefectKinds.TryParse("hole", out _));
        Assert.False(DefectKinds.TryParse(null, out _));
        Assert.Equal("child_outside_parent", DefectKind.ChildOutsideParent.ToWireName());
        Assert.Equal("sliver_absorbed", RepairKind.SliverAbsorbed.ToWireName());
        Assert.Equal("child_clipped", RepairKind.ChildClipped.ToWireName());
        Assert.Equal(Enum.GetValues<RepairKind>().Length, Enum.GetValues<RepairKind>().Select(kind => kind.ToWireName()).Distinct().Count());
    }
}
