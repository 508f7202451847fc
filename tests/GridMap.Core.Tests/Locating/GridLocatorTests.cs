using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using static GridMap.Core.Tests.Locating.LatticeWkt;

namespace GridMap.Core.Tests.Locating;

public class GridLocatorTests : LocatorContract
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new GridLocator(grids);

    [Fact]
    public void Locating_allocates_nothing()
    {
        var grids = NestedCoverage.Create(seed: 5, faces: 60, levels: 3, coarseness: 64);
        var locator = new GridLocator(grids);
        var points = TestPoints.Anywhere(new Random(5), grids, 1_000);
        var locations = new PointLocation[points.Length];
        var innermost = new int[points.Length];
        locator.LocateAll(points, locations);
        locator.LocateInnermost(points, innermost);

        var before = GC.GetAllocatedBytesForCurrentThread();
        locator.LocateAll(points, locations);
        locator.LocateInnermost(points, innermost);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Contains(innermost, i => i >= 0);
    }

    [Fact]
    public void A_list_changed_after_building_does_not_change_the_answers()
    {
        var grids = GridsOf(("a", 1, null, "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0))")).ToList();
        var locator = new GridLocator(grids);
        grids.Clear();
        Assert.Equal("a", Path(locator, locator.Locate(Point(4, 4))));
    }

    [Fact]
    public void A_polygon_off_the_lattice_is_refused_by_name()
    {
        var off = GridsOf(("a.1", 1, null, "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0))"));
        off[0].Polygon.Coordinates[1].X += 1e-9;
        off[0].Polygon.GeometryChanged();
        Assert.Contains("a.1", Assert.Throws<ArgumentException>(() => new GridLocator(off)).Message);
    }

    [Fact]
    public void An_empty_polygon_is_refused_by_name()
    {
        var empty = new GridShape(1, "void", 1, null, Lattice.Factory.CreateMultiPolygon());
        Assert.Contains("void", Assert.Throws<ArgumentException>(() => new GridLocator([empty])).Message);
    }

    [Fact]
    public void An_id_that_stands_twice_is_refused()
    {
        var grid = GridsOf(("a", 1, null, "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0))"))[0];
        Assert.Throws<ArgumentException>(() => new GridLocator([grid, grid with { Code = "b" }]));
    }

    [Fact]
    public void A_parent_that_is_not_of_an_outer_level_is_refused()
    {
        const string square = "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0))";
        Assert.Throws<ArgumentException>(() => new GridLocator(GridsOf(("a", 2, "b", square), ("b", 2, "a", square))));
    }

    [Fact]
    public void Room_for_fewer_answers_than_points_is_refused() =>
        Assert.Throws<ArgumentException>(() => new GridLocator([]).LocateInnermost([Point(0, 0)], []));
}
