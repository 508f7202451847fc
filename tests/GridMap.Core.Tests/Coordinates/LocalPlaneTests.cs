using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Coordinates;

public class LocalPlaneTests
{
    private const double Share = 1e-3;

    [Fact]
    public void Distances_within_1_km_agree_with_geodesics_to_a_thousandth()
    {
        foreach (var row in Fixture.Rows("geodesic.csv"))
        {
            var metres = LocalPlane.At(new LonLat(row[0], row[1])).Distance(new LonLat(row[2], row[3]));
            Assert.InRange(metres, row[4] * (1 - Share), row[4] * (1 + Share));
            if (Math.Abs(row[1]) < 55)
                Assert.InRange(metres, row[4] * (1 - Share / 20), row[4] * (1 + Share / 20));
        }
    }

    [Fact]
    public void Distances_to_segments_agree_with_PostGIS_to_a_thousandth()
    {
        foreach (var row in Fixture.Rows("segments.csv"))
        {
            var metres = LocalPlane.At(new LonLat(row[0], row[1])).DistanceToSegment(new LonLat(row[2], row[3]), new LonLat(row[4], row[5]));
            Assert.InRange(metres, row[6] * (1 - Share), row[6] * (1 + Share));
        }
    }

    [Fact]
    public void Metres_and_degrees_convert_both_ways()
    {
        var plane = LocalPlane.At(new LonLat(-179.999, 42));
        foreach (var (east, north) in new[] { (0d, 0d), (350d, -900d), (-2000d, 10d) })
        {
            var position = plane.FromMetres(east, north);
            Assert.InRange(position.Lon, -180, 180);
            var (backEast, backNorth) = plane.ToMetres(position);
            Assert.InRange(backEast, east - 1e-6, east + 1e-6);
            Assert.InRange(backNorth, north - 1e-6, north + 1e-6);
        }
    }

    [Fact]
    public void A_segment_of_no_length_is_a_point()
    {
        var plane = LocalPlane.At(new LonLat(114, 30));
        var end = new LonLat(114.001, 30.002);
        Assert.Equal(plane.Distance(end), plane.DistanceToSegment(end, end), 9);
    }

    [Theory]
    [InlineData("POINT(0.003 0.004)", 0.003, 0.004)]
    [InlineData("LINESTRING(0.002 -1,0.002 1)", 0.002, 0)]
    [InlineData("POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))", 0, 0)] // inside
    [InlineData("POLYGON((0 0,1 0,1 1,0 0))", 0, 0)] // on the border
    [InlineData("POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1),(-0.002 -0.001,0.004 -0.001,0.004 0.003,-0.002 0.003,-0.002 -0.001))", 0, 0.001)] // in the hole
    [InlineData("MULTIPOLYGON(((0.5 0,1 0,1 1,0.5 0)),((0.002 0.001,1 1,0.002 1,0.002 0.001)))", 0.002, 0.001)]
    [InlineData("GEOMETRYCOLLECTION(POINT(0.1 0.1),POINT(0 -0.001))", 0, 0.001)]
    public void The_nearest_point_of_any_geometry_counts(string wkt, double lon, double lat)
    {
        var origin = new LonLat(114, 30);
        var geometry = new WKTReader().Read(wkt);
        geometry.Apply(new NetTopologySuite.Geometries.Utilities.AffineTransformation(1, 0, origin.Lon, 0, 1, origin.Lat));
        var plane = LocalPlane.At(origin);
        var expected = plane.Distance(new LonLat(origin.Lon + lon, origin.Lat + lat));
        Assert.Equal(expected, plane.DistanceToGeometry(geometry), 6);
    }

    [Fact]
    public void An_empty_geometry_is_infinitely_far()
    {
        var plane = LocalPlane.At(new LonLat(114, 30));
        foreach (Geometry empty in new Geometry[] { Point.Empty, Polygon.Empty, MultiPolygon.Empty, LineString.Empty })
            Assert.Equal(double.PositiveInfinity, plane.DistanceToGeometry(empty));
    }
}
