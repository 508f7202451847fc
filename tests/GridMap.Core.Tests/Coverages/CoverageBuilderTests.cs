using GridMap.Core.Coverages;
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
}
