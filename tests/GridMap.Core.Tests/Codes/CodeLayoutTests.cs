using GridMap.Core.Codes;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Codes;

public class CodeLayoutTests
{
    [Fact]
    public void A_unit_grid_has_fifteen_digits()
    {
        var code = CodeLayout.UnitGrid.Compose("440605001201", 7);
        Assert.Equal("440605001201007", code.Value);
        Assert.True(CodeLayout.UnitGrid.TryParse(code, out var prefix, out var number));
        Assert.Equal(("440605001201", 7), (prefix, number));
    }

    [Theory]
    [InlineData("44060500120", 1)]
    [InlineData("44060500120x", 1)]
    [InlineData("440605001201", 0)]
    [InlineData("440605001201", 1000)]
    public void What_does_not_fit_the_layout_is_refused(string prefix, int number) =>
        Assert.Throws<ArgumentException>(() => CodeLayout.UnitGrid.Compose(prefix, number));

    [Theory]
    [InlineData("44060500120100")]
    [InlineData("44060500120100A")]
    [InlineData("440605001201000")]
    public void A_code_of_another_layout_is_not_taken_apart(string text)
    {
        Assert.True(GridCode.TryParse(text, out var code));
        Assert.False(CodeLayout.UnitGrid.TryParse(code, out _, out _));
    }

    [Fact]
    public void The_layout_follows_from_the_prefix()
    {
        Assert.Same(CodeLayout.UnitGrid, CodeLayout.ForPrefix("440605001201"));
        Assert.Same(CodeLayout.Household, CodeLayout.ForPrefix("440605001201003"));
        Assert.Null(CodeLayout.ForPrefix("440605"));
        Assert.Null(CodeLayout.ForPrefix("44060500120x"));
    }

    [Fact]
    public void Next_codes_pass_over_those_ever_used_and_end_with_the_numbers()
    {
        var free = CodeLayout.UnitGrid.NextFree("440605001201", 3, code => code.Value.EndsWith("002", StringComparison.Ordinal));
        Assert.Equal(["440605001201001", "440605001201003", "440605001201004"], free.Select(code => code.Value));
        Assert.Equal(998, CodeLayout.UnitGrid.NextFree("440605001201", 5000, code => code.Value.EndsWith("002", StringComparison.Ordinal)).Count);
    }

    [Fact]
    public void Rows_are_read_north_to_south_and_each_west_to_east()
    {
        // Three in the north that do not line up, a tall one beside two rows, two in the south.
        string[] wkt =
        [
            "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))", "POLYGON ((1 0.1, 2 0.1, 2 0.9, 1 0.9, 1 0.1))",
            "POLYGON ((0 1, 1 1, 1 2, 0 2, 0 1))", "POLYGON ((1 1.2, 2 1.2, 2 2.1, 1 2.1, 1 1.2))", "POLYGON ((2 0.9, 3 0.9, 3 1.9, 2 1.9, 2 0.9))",
        ];
        var polygons = wkt.Select(text => new WKTReader().Read(text)).ToArray();
        Assert.Equal([2, 3, 4, 0, 1], ReadingOrder.Of(polygons));
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_input_and_misses_none()
    {
        var random = new Random(11);
        var polygons = Enumerable.Range(0, 300).Select(_ =>
        {
            double x = random.NextDouble() * 10, y = random.NextDouble() * 10;
            return (Geometry)new GeometryFactory().ToGeometry(new Envelope(x, x + 0.1 + random.NextDouble(), y, y + 0.1 + random.NextDouble()));
        }).ToArray();
        var expected = ReadingOrder.Of(polygons).Select(i => polygons[i]).ToArray();
        Assert.Equal(300, expected.Distinct().Count());
        random.Shuffle(polygons);
        Assert.Equal(expected, ReadingOrder.Of(polygons).Select(i => polygons[i]));
    }
}
