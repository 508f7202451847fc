using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;
using static GridMap.Core.Tests.Coverages.TestPlane;

namespace GridMap.Core.Tests.Coverages;

public class InteriorPlaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_place_lies_inside_on_the_lattice_wherever_the_polygon_does(int seed)
    {
        var coverage = CoverageBuilder.Build(new RandomPartition(seed, 150, 3).Inputs, CoverageOptions.Exact).Coverage;
        for (var grid = 0; grid < coverage.Grids.Count; grid++)
        {
            var place = InteriorPlace.Of(coverage.Polygon(grid));
            Assert.True(new LonLat(place.X, place.Y).IsOnLattice);
            Assert.True(coverage.Polygon(grid).Contains(place), place.ToString());
        }
    }

    [Fact]
    public void It_lies_in_the_part_with_the_widest_section_and_in_no_hole()
    {
        var polygon = (MultiPolygon)Wkt("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0), (1 1, 1 9, 7 9, 7 1, 1 1)), ((20 0, 22 0, 22 30, 20 30, 20 0)))");
        var place = InteriorPlace.Of(polygon);
        Assert.InRange(place.X / Unit, 8.4, 8.6);
        Assert.True(polygon.Contains(place));
        Assert.True(InteriorPlace.Of(MultiPolygon.Empty).IsEmpty);
    }
}
