using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Coverages;

public sealed class CoverageBuilderTests
{
    [Fact]
    public void Two_squares_share_one_arc_and_a_dissolved_parent_is_their_union()
    {
        var build = CoverageBuilder.Build(
            [
                new CoverageInput(1, "p", 1, null, null),
                Input(2, "a", 2, 1, "POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))"),
                Input(3, "b", 2, 1, "POLYGON((1 0, 1 1, 2 1, 2 0, 1 0))"),
            ],
            CoverageOptions.Exact);

        Assert.Empty(build.Defects);
        Assert.Equal(3, build.Coverage.Arcs.Count);
        Assert.Equal(3, build.Coverage.Faces.Count);
        Assert.Equal("MULTIPOLYGON (((0 0, 1 0, 2 0, 2 1, 1 1, 0 1, 0 0)))", build.Coverage.Polygon(0).ToString());
        Assert.Equal("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)))", build.Coverage.Polygon(1).ToString());
        Assert.All(build.Coverage.ToShapes(), shape => Canonical.Check(shape.Polygon));
        var again = CoverageReader.Read(build.Coverage.ToShapes());
        Assert.Empty(again.Defects);
        Assert.Equal(Bytes(build.Coverage.ToShapes()), Bytes(again.Coverage!.ToShapes()));
    }

    private static CoverageInput Input(long id, string code, int level, long? parent, string wkt) =>
        new(id, code, level, parent, new WKTReader().Read(wkt));

    private static string Bytes(IEnumerable<GridShape> shapes) =>
        string.Join('\n', shapes.Select(shape => $"{shape.Id} {Convert.ToHexString(new WKBWriter().Write(shape.Polygon))}"));
}
