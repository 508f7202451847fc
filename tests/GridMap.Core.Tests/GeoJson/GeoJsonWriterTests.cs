using System.Text;
using System.Text.Json;
using GridMap.Core.Coordinates;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.GeoJson;

public class GeoJsonWriterTests
{
    [Theory]
    [InlineData("POINT (113.25 -23.5)", """{"type":"Point","coordinates":[113.25,-23.5]}""")]
    [InlineData("POINT (100 0)", """{"type":"Point","coordinates":[100,0]}""")]
    [InlineData("POINT (-0.0000000001 0)", """{"type":"Point","coordinates":[0,0]}""")]
    [InlineData("LINESTRING (1 2, 3 4)", """{"type":"LineString","coordinates":[[1,2],[3,4]]}""")]
    [InlineData("MULTIPOINT ((1 2), (3 4))", """{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}""")]
    [InlineData("POLYGON ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 2 1, 2 2, 1 1))",
        """{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]}""")]
    [InlineData("MULTIPOLYGON (((1 1, 2 1, 2 2, 1 1)), ((5 5, 6 6, 6 5, 5 5)))",
        """{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]}""")]
    [InlineData("GEOMETRYCOLLECTION (POINT (1 2))", """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}""")]
    [InlineData("POLYGON EMPTY", "null")]
    public void Geometries_are_written_with_shells_counter_clockwise_and_holes_clockwise(string wkt, string json) =>
        Assert.Equal(json, Write(writer => GeoJsonWriter.WriteGeometry(writer, new WKTReader().Read(wkt))));

    [Fact]
    public void A_collection_written_is_the_collection_read()
    {
        var polygon = Lattice.Factory.CreatePolygon([new(1, 1), new(2, 1), new(2, 2), new(1, 1)]);
        var json = Write(writer =>
        {
            GeoJsonWriter.StartCollection(writer);
            GeoJsonWriter.WriteFeature(writer, 7, polygon, p => p.WriteString("code", "440605"));
            GeoJsonWriter.WriteFeature(writer, null, null, _ => { });
            GeoJsonWriter.EndCollection(writer);
        });
        var features = GeoJsonReader.ReadAll(Encoding.UTF8.GetBytes(json));
        Assert.Equal(["7", null], features.Select(f => f.Id));
        Assert.True(polygon.EqualsExact(features[0].Geometry));
        Assert.Equal("""{"code":"440605"}""", features[0].Properties.GetRawText());
        Assert.Null(features[1].Geometry);
    }

    [Fact]
    public void Every_lattice_point_comes_back_exactly()
    {
        var random = new Random(5);
        var points = Enumerable.Range(0, 20_000)
            .Select(_ => new LatticePoint(random.NextInt64(-180L << 27, 180L << 27), random.NextInt64(-85L << 27, 85L << 27))).ToArray();
        var line = Lattice.Factory.CreateLineString([.. points.Select(p => p.ToCoordinate())]);
        var json = Write(writer => GeoJsonWriter.WriteGeometry(writer, line));
        var back = GeoJsonReader.ReadAll(Encoding.UTF8.GetBytes(json)).Single().Geometry!;
        Assert.Equal(points, back.Coordinates.Select(LatticePoint.From));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void What_is_no_coordinate_is_never_written(double value) =>
        Assert.Throws<ArgumentException>(() =>
            Write(writer => GeoJsonWriter.WriteGeometry(writer, new LineString([new Coordinate(value, 0), new Coordinate(1, 1)]))));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
