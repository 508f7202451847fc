using System.Buffers;
using System.Text;
using GridMap.Core.GeoJson;

namespace GridMap.Core.Tests.GeoJson;

public class GeoJsonReaderTests
{
    private const string Square = """{"type":"Polygon","coordinates":[[[113,23],[113.5,23],[113.5,23.5],[113,23.5],[113,23]]]}""";

    [Fact]
    public void A_collection_is_read_feature_by_feature()
    {
        var features = Read($$$"""
            {"type":"FeatureCollection","name":"x","bbox":[1,2,3,4],"features":[
              {"type":"Feature","id":7,"geometry":{{{Square}}},"properties":{"code":"A","n":1.50}},
              {"properties":null,"geometry":null,"type":"Feature","id":"b","foreign":{"a":[1,{"type":"x"}]}},
              {"type":"Feature","geometry":{"coordinates":[113.1,23.1,5.5],"type":"Point"}}
            ],"more":[]}
            """);
        Assert.Equal([0, 1, 2], features.Select(f => f.Index));
        Assert.Equal(["7", "b", null], features.Select(f => f.Id));
        Assert.Equal("POLYGON ((113 23, 113.5 23, 113.5 23.5, 113 23.5, 113 23))", features[0].Geometry!.AsText());
        Assert.Equal("""{"code":"A","n":1.50}""", features[0].Properties.GetRawText());
        Assert.Null(features[1].Geometry);
        Assert.Equal("POINT (113.1 23.1)", features[2].Geometry!.AsText());
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", "POINT (1 2)")]
    [InlineData("""{"type":"Point","coordinates":[1,2,3,4]}""", "POINT (1 2)")]
    [InlineData("""{"type":"Point","coordinates":[]}""", "POINT EMPTY")]
    [InlineData("""{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}""", "MULTIPOINT ((1 2), (3 4))")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[3,4]]}""", "LINESTRING (1 2, 3 4)")]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}""", "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))")]
    [InlineData("""{"coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]],"type":"MultiPolygon"}""",
        "MULTIPOLYGON (((1 1, 2 1, 2 2, 1 1)), ((5 5, 6 5, 6 6, 5 5)))")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[0,4],[4,4],[4,0],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]}""",
        "POLYGON ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 1 2, 2 2, 1 1))")]
    [InlineData("""{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"GeometryCollection","geometries":[]}]}""",
        "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION EMPTY)")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "POLYGON EMPTY")]
    public void Every_geometry_type_is_read_as_it_is_wound(string json, string wkt) =>
        Assert.Equal(wkt, Read(json).Single().Geometry!.AsText());

    [Theory]
    // Kinds of malformed files that linters of the format test against.
    [InlineData("", "invalid_json", "")]
    [InlineData("  \n", "invalid_json", "")]
    [InlineData("null", "not_an_object", "")]
    [InlineData("[]", "not_an_object", "")]
    [InlineData("\"x\"", "not_an_object", "")]
    [InlineData("{}", "type_missing", "")]
    [InlineData("""{"type":"Point" "coordinates":[1,2]}""", "invalid_json", "")]
    [InlineData("""{"type":"Point","coordinates":[1,2]""", "invalid_json", "")]
    [InlineData("""{"type":"Point","coordinates":[1,2]} {}""", "invalid_json", "")]
    [InlineData("""{"type":"Point","coordinates":[NaN,2]}""", "invalid_json", "")]
    [InlineData("""{"type":"FooBar"}""", "type_unknown", "")]
    [InlineData("""{"type":{}}""", "type_missing", "")]
    [InlineData("""{"type":"Topology","objects":{},"arcs":[]}""", "type_unknown", "")]
    [InlineData("""{"type":"FeatureCollection"}""", "member_missing", "")]
    [InlineData("""{"type":"FeatureCollection","features":{}}""", "member_missing", "")]
    [InlineData("""{"type":"featurecollection","features":[]}""", "type_unknown", "")]
    [InlineData("""{"features":[],"type":"Feature"}""", "type_unknown", "")]
    [InlineData("""{"features":[]}""", "type_missing", "")]
    [InlineData("""{"type":"FeatureCollection","type":"Feature","features":[]}""", "member_twice", "")]
    [InlineData("""{"type":"FeatureCollection","properties":{},"features":[]}""", "member_not_allowed", "")]
    [InlineData("""{"type":"FeatureCollection","features":[],"coordinates":null}""", "member_not_allowed", "")]
    [InlineData("""{"type":"FeatureCollection","features":[null]}""", "not_an_object", "features[0]")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Featre"}]}""", "type_unknown", "features[0]")]
    [InlineData("""{"type":"FeatureCollection","features":[{"geometry":null}]}""", "type_missing", "features[0]")]
    [InlineData("""{"type":"Feature","properties":{}}""", "member_missing", "")]
    [InlineData("""{"type":"Feature","properties":[],"geometry":null}""", "member_invalid", "")]
    [InlineData("""{"type":"Feature","properties":123,"geometry":null}""", "member_invalid", "")]
    [InlineData("""{"type":"Feature","features":[],"geometry":null}""", "member_not_allowed", "")]
    [InlineData("""{"type":"Feature","id":{},"geometry":null}""", "member_invalid", "")]
    [InlineData("""{"type":"Feature","geometry":"POINT (1 2)"}""", "not_an_object", "geometry")]
    [InlineData("""{"type":"Point"}""", "member_missing", "")]
    [InlineData("""{"type":"Point","coordinates":{}}""", "coordinates_nesting", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":[2]}""", "position_too_short", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":["foo",2]}""", "coordinate_not_a_number", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1,2,"f"]}""", "coordinate_not_a_number", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1e999,2]}""", "coordinate_not_a_number", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1,null]}""", "coordinate_not_a_number", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"bbox":"string"}""", "member_invalid", "bbox")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"bbox":[1,2,3]}""", "member_invalid", "bbox")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"bbox":[1,2,3,"4"]}""", "member_invalid", "bbox")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"geometry":null}""", "member_not_allowed", "")]
    [InlineData("""{"type":"Point","coordinates":[23.1,113.2]}""", "coordinate_out_of_range", "coordinates")]
    [InlineData("""{"type":"Point","coordinates":[38500000.5,2550000]}""", "coordinate_out_of_range", "coordinates")]
    [InlineData("""{"type":"MultiPoint","coordinates":[0,0]}""", "coordinates_nesting", "coordinates[0]")]
    [InlineData("""{"type":"MultiPoint","coordinates":[[[0,0],[0,0]]]}""", "coordinates_nesting", "coordinates[0]")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2]]}""", "line_too_short", "coordinates")]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6]]]}""", "line_too_short", "coordinates[1]")]
    [InlineData("""{"type":"Polygon","coordinates":[5]}""", "coordinates_nesting", "coordinates[0]")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}""", "ring_too_short", "coordinates[0]")]
    [InlineData("""{"type":"Polygon","coordinates":[[]]}""", "ring_too_short", "coordinates[0]")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}""", "ring_not_closed", "coordinates[0]")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[1]]]}""", "coordinates_nesting", "coordinates[0][0][0]")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[-0.08,51.5]}""", "coordinates_nesting", "coordinates[0]")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[0,0],[1,0],[1,"1"],[0,0]]]]}""",
        "coordinate_not_a_number", "coordinates[1][0][2]")]
    [InlineData("""{"type":"GeometryCollection","geometries":[false]}""", "not_an_object", "geometries[0]")]
    [InlineData("""{"type":"GeometryCollection","coordinates":[]}""", "member_missing", "")]
    public void What_is_not_GeoJSON_is_refused_with_a_code_and_its_place(string json, string code, string path)
    {
        var problem = Refusal(json);
        Assert.Equal((code, path), (problem.Code, problem.Path));
        Assert.InRange(problem.ByteOffset, 0, json.Length);
    }

    [Fact]
    public void A_refusal_names_the_feature_and_the_byte()
    {
        var start = $$$"""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{{{Square}}}},{"type":"Feature","geometry":{"type":"Point","coordinates":[1,""";
        var problem = Refusal(start + "\"2\"]}}]}");
        Assert.Equal(1, problem.Feature);
        Assert.Equal("features[1].geometry.coordinates", problem.Path);
        Assert.Equal(start.Length, problem.ByteOffset);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_and_a_byte_order_mark_is_read_past()
    {
        var gbk = Encoding.Latin1.GetBytes("{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"\xC3\xFB\xB3\xC6\":1}}");
        Assert.Equal("not_utf8", Assert.Throws<GeoJsonException>(() => GeoJsonReader.ReadAll(gbk)).Problem.Code);
        var utf16 = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Square)).ToArray();
        Assert.Equal("not_utf8", Assert.Throws<GeoJsonException>(() => GeoJsonReader.ReadAll(utf16)).Problem.Code);
        Assert.Single(GeoJsonReader.ReadAll(Encoding.UTF8.GetBytes("\uFEFF" + Square)));
    }

    [Fact]
    public void Too_deep_nesting_is_refused_and_never_overflows_the_stack()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"type":"GeometryCollection","geometries":[""", 20_000));
        Assert.Equal("invalid_json", Refusal(deep).Code);
        Assert.Equal("invalid_json", Refusal("""{"type":"Polygon","coordinates":""" + new string('[', 100_000)).Code);
    }

    [Fact]
    public void A_feature_longer_than_the_limit_is_refused_before_it_is_held_whole()
    {
        var reader = new GeoJsonReader(new GeoJsonOptions { MaxFeatureBytes = 1000 });
        var text = Encoding.UTF8.GetBytes("""{"type":"FeatureCollection","features":[{"type":"Feature","id":" """ + new string('x', 5000));
        var buffer = new ReadOnlySequence<byte>(text);
        var problem = Assert.Throws<GeoJsonException>(() => reader.TryRead(ref buffer, isFinal: false, out _)).Problem;
        Assert.Equal("too_large", problem.Code);
    }

    [Fact]
    public void A_ring_left_open_is_closed_only_when_asked()
    {
        const string Open = """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]],[[0.2,0.2],[0.2,0.4],[0.4,0.2]]]}""";
        var feature = Read(Open, new GeoJsonOptions { CloseRings = true }).Single();
        Assert.Equal(2, feature.RingsClosed);
        Assert.Equal("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0), (0.2 0.2, 0.2 0.4, 0.4 0.2, 0.2 0.2))", feature.Geometry!.AsText());
    }

    [Fact]
    public void Projected_coordinates_are_in_range_when_the_caller_says_so()
    {
        var feature = Read("""{"type":"Point","coordinates":[38500000.5,2550000]}""", new GeoJsonOptions { Projected = true }).Single();
        Assert.Equal("POINT (38500000.5 2550000)", feature.Geometry!.AsText());
    }

    [Fact]
    public void The_crs_of_older_GeoJSON_is_reported_before_or_after_the_features()
    {
        const string Crs = """
            "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}
            """;
        foreach (var json in (string[])[$$"""{"type":"FeatureCollection",{{Crs}},"features":[]}""", $$"""{"features":[],{{Crs}},"type":"FeatureCollection"}"""])
        {
            var reader = new GeoJsonReader(GeoJsonOptions.Default);
            var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json));
            Assert.False(reader.TryRead(ref buffer, isFinal: true, out _));
            Assert.Equal("urn:ogc:def:crs:EPSG::4547", reader.Crs);
        }
    }

    [Fact]
    public void A_text_sequence_is_read_with_and_without_record_separators()
    {
        var options = new GeoJsonOptions { Sequence = true };
        Assert.Equal([0, 1, 2], Read($"{Square}\n{Square}\n\u001e{Square}\n", options).Select(f => f.Index));
    }

    [Fact]
    public void However_the_bytes_arrive_the_same_features_are_read()
    {
        var text = Encoding.UTF8.GetBytes(
            $$$"""{"name":"网格","type":"FeatureCollection","features":[""" +
            string.Join(",", Enumerable.Range(0, 40).Select(i =>
                $$$"""{"type":"Feature","id":{{{i}}},"properties":{"名称":"第{{{i}}}网格 \"]}{[","n":[{{{i}}}.25e1,{}]},"geometry":{{{(i % 5 == 0 ? "null" : Square)}}}}""")) +
            """],"after":{"features":[1]}}""");
        var expected = GeoJsonReader.ReadAll(text).Select(Shown).ToList();
        Assert.Equal(40, expected.Count);
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
            Assert.Equal(expected, ReadInPieces(text, random, 1 + round * 3).Select(Shown));
    }

    private static string Shown(GeoJsonFeature f) => $"{f.Index} {f.Id} {f.Geometry?.AsText()} {f.Properties.GetRawText()}";

    private static List<GeoJsonFeature> ReadInPieces(byte[] text, Random random, int longest)
    {
        var reader = new GeoJsonReader(GeoJsonOptions.Default);
        var features = new List<GeoJsonFeature>();
        var at = 0;
        List<byte[]> kept = [];
        while (true)
        {
            var piece = text[at..Math.Min(text.Length, at + random.Next(1, longest + 1))];
            at += piece.Length;
            kept.Add(piece);
            var buffer = Segments(kept);
            while (reader.TryRead(ref buffer, at == text.Length, out var feature))
                features.Add(feature!);
            kept = buffer.IsEmpty ? [] : [.. Kept(buffer)];
            if (at == text.Length)
                return features;
        }
    }

    private static List<byte[]> Kept(ReadOnlySequence<byte> buffer)
    {
        var pieces = new List<byte[]>();
        foreach (var segment in buffer)
            pieces.Add(segment.ToArray());
        return pieces;
    }

    private static ReadOnlySequence<byte> Segments(List<byte[]> pieces)
    {
        var first = new Segment(pieces[0], null);
        var last = pieces.Skip(1).Aggregate(first, (previous, piece) => new Segment(piece, previous));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? previous)
        {
            Memory = bytes;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }

    private static List<GeoJsonFeature> Read(string json, GeoJsonOptions? options = null) => GeoJsonReader.ReadAll(Encoding.UTF8.GetBytes(json), options);

    private static GeoJsonProblem Refusal(string json) => Assert.Throws<GeoJsonException>(() => Read(json)).Problem;
}
