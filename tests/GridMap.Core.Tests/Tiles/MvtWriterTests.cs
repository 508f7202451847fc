using Google.Protobuf;
using GridMap.Core.Tiles;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Tiles;

public class MvtWriterTests
{
    [Fact]
    public void The_examples_of_the_specification_are_written_byte_for_byte()
    {
        // vector-tile-spec 2.1, section 4.3.5: a point, a line and a polygon with the integers printed there.
        Assert.Equal([9u, 50, 34], Geometry(g => g.Points([new(25, 17)])));
        Assert.Equal([17u, 10, 14, 3, 9], Geometry(g => g.Points([new(5, 7), new(3, 2)])));
        Assert.Equal([9u, 4, 4, 18, 0, 16, 16, 0], Geometry(g => g.Line([new(2, 2), new(2, 10), new(10, 10)])));
        Assert.Equal(
            [9u, 6, 12, 18, 10, 12, 24, 44, 15],
            Geometry(g => g.Polygon(new TilePolygon([new(3, 6), new(8, 12), new(20, 34)], []))));
        Assert.Equal(
            [9u, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15],
            Geometry(g =>
            {
                g.Polygon(new TilePolygon([new(0, 0), new(10, 0), new(10, 10), new(0, 10)], []));
                g.Polygon(new TilePolygon(
                    [new(11, 11), new(20, 11), new(20, 20), new(11, 20)],
                    [[new(13, 13), new(13, 17), new(17, 17), new(17, 13)]]));
            }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exteriors_are_positive_and_holes_negative_whichever_way_they_came(bool reversed)
    {
        TilePoint[] shell = [new(0, 0), new(100, 0), new(100, 100), new(0, 100)];
        TilePoint[] hole = [new(10, 10), new(20, 10), new(20, 20), new(10, 20)];
        if (reversed)
        {
            Array.Reverse(shell);
            Array.Reverse(hole);
        }

        var writer = new MvtWriter();
        writer.AddLayer("a").AddPolygons(1, [new TilePolygon(shell, [hole])], []);
        var feature = MvtDecoder.Decode(writer.ToArray())["a"].Features.Single();
        Assert.Equal([10_000.0, -100.0], feature.Parts.Select(DecodedFeature.SignedArea));
        Assert.Equal(9_900, feature.ToGeometry().Area);
    }

    [Fact]
    public void Ids_and_properties_come_back_as_they_went()
    {
        MvtProperty[] properties =
        [
            new("text", "网格 \"一\""), new("empty", ""), new("zero", 0L), new("negative", -5L), new("large", long.MaxValue),
            new("small", long.MinValue), new("number", 0.1), new("yes", true), new("no", false),
        ];
        var writer = new MvtWriter();
        var layer = writer.AddLayer("points");
        ulong[] ids = [0, 1, (1ul << 31) + 7, 1ul << 40, (1ul << 53) - 1];
        foreach (var id in ids)
            layer.AddPoint(id, new TilePoint(-64, 4160), properties);
        layer.AddPoint(null, new TilePoint(0, 0), []);

        var features = MvtDecoder.Decode(writer.ToArray())["points"].Features;
        Assert.Equal([.. ids, null], features.Select(feature => feature.Id));
        foreach (var feature in features.SkipLast(1))
        {
            Assert.Equal("MULTIPOINT ((-64 4160))", feature.ToGeometry().AsText());
            var expected = new object[] { "网格 \"一\"", "", 0L, -5L, long.MaxValue, long.MinValue, 0.1, true, false };
            Assert.Equal(
                properties.Zip(expected, (property, value) => (property.Key, value)), feature.Properties.Select(p => (p.Key, p.Value)));
        }

        Assert.Empty(features[^1].Properties);
    }

    [Fact]
    public void Geometry_without_length_or_area_is_left_out_and_so_is_a_layer_without_features()
    {
        var writer = new MvtWriter();
        var layer = writer.AddLayer("nothing");
        layer.AddLines(1, [[new(1, 1), new(1, 1)], [new(2, 2)], []], []);
        layer.AddPolygons(2, [new TilePolygon([new(0, 0), new(5, 5), new(9, 9)], [])], []);
        layer.AddPolygons(3, [], []);
        writer.AddLayer("nothing either");
        Assert.Equal(0, layer.Count);
        Assert.Empty(writer.ToArray());
    }

    [Fact]
    public void Repeated_points_of_a_line_are_written_once()
    {
        var writer = new MvtWriter();
        writer.AddLayer("lines").AddLines(7, [[new(1, 1), new(1, 1), new(2, 3), new(2, 3)], [new(5, 5), new(6, 6)]], []);
        var geometry = MvtDecoder.Decode(writer.ToArray())["lines"].Features.Single().ToGeometry();
        Assert.Equal("MULTILINESTRING ((1 1, 2 3), (5 5, 6 6))", new WKTWriter().Write(geometry));
    }

    [Fact]
    public void Two_layers_of_one_name_are_refused()
    {
        var writer = new MvtWriter();
        writer.AddLayer("a");
        Assert.Throws<ArgumentException>(() => writer.AddLayer("a"));
    }

    private static uint[] Geometry(Action<MvtGeometry> build)
    {
        var geometry = new MvtGeometry();
        build(geometry);
        var (packed, integers) = (new CodedInputStream(geometry.Packed.ToArray()), new List<uint>());
        while (!packed.IsAtEnd)
            integers.Add(packed.ReadUInt32());
        return [.. integers];
    }
}
