using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Coordinates;

public class EntryTests
{
    [Theory]
    [InlineData(double.NaN, 30, EntryRefusal.NotFinite)]
    [InlineData(114, double.NegativeInfinity, EntryRefusal.NotFinite)]
    [InlineData(180.0000001, 30, EntryRefusal.OutOfRange)]
    [InlineData(30, 114, EntryRefusal.OutOfRange)] // the order exchanged
    [InlineData(114, 90.1, EntryRefusal.OutOfRange)]
    [InlineData(114, 85.00000001, EntryRefusal.Beyond85)]
    [InlineData(114, -90, EntryRefusal.Beyond85)]
    [InlineData(114, 85, EntryRefusal.None)]
    [InlineData(-180, -85, EntryRefusal.None)]
    public void A_position_is_let_in_or_refused_with_the_reason(double lon, double lat, EntryRefusal expected)
    {
        foreach (var datum in new[] { Datum.Wgs84, Datum.Cgcs2000, Datum.Gcj02 })
        {
            var entered = EnteredPoint.Enter(lon, lat, datum);
            Assert.Equal(expected, entered.Refusal);
            Assert.Equal(expected == EntryRefusal.None, entered.IsAccepted);
        }
    }

    [Fact]
    public void A_position_comes_out_snapped_on_WGS84()
    {
        Assert.Equal(new LonLat(114.3, 30.6).Snap(), EnteredPoint.Enter(114.3, 30.6, Datum.Wgs84).Position);
        var gcj02 = Gcj02.FromWgs84(new LonLat(114.3, 30.6));
        Assert.Equal(new LonLat(114.3, 30.6).Snap(), EnteredPoint.Enter(gcj02.Lon, gcj02.Lat, Datum.Gcj02).Position);
        Assert.Equal(-180, EnteredPoint.Enter(180, 10, Datum.Wgs84).Position.Lon);
        Assert.InRange(EnteredPoint.Enter(-180, 10, Datum.Bd09).Position.Lon, 179.99, 180);
    }

    [Fact]
    public void Every_refusal_has_a_code_and_a_sentence()
    {
        var refusals = Enum.GetValues<EntryRefusal>();
        Assert.Equal(refusals.Length, refusals.Select(refusal => refusal.Code()).Distinct().Count());
        Assert.All(refusals, refusal => Assert.EndsWith(".", refusal.Message()));
        Assert.Equal("crosses_antimeridian", EntryRefusal.CrossesAntimeridian.Code());
        Assert.Equal("beyond_85", EntryRefusal.Beyond85.Code());
    }

    [Theory]
    [InlineData("POLYGON((179 0,-179 0,-179 1,179 1,179 0))", EntryRefusal.CrossesAntimeridian)]
    [InlineData("POLYGON((179 0,180 0,180 1,179 0))", EntryRefusal.CrossesAntimeridian)] // touches it from the west
    [InlineData("POLYGON((170 0,190 0,190 10,170 0))", EntryRefusal.OutOfRange)]
    [InlineData("POLYGON((10 80,11 80,11 85.1,10 80))", EntryRefusal.Beyond85)]
    [InlineData("POLYGON((0 0,9 0,9 9,0 0),(1 1,2 1,2 86,1 1))", EntryRefusal.Beyond85)]
    [InlineData("MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((0 0,200 0,9 9,0 0)))", EntryRefusal.OutOfRange)]
    [InlineData("POLYGON EMPTY", EntryRefusal.Empty)]
    [InlineData("MULTIPOLYGON EMPTY", EntryRefusal.Empty)]
    [InlineData("POLYGON((1 1,1.000000001 1,1 1.000000001,1 1))", EntryRefusal.Empty)] // within one lattice square
    [InlineData("POLYGON((1 1,2 2,1 1,2 2,1 1))", EntryRefusal.Empty)] // there and back again
    [InlineData("LINESTRING(0 0,1 1)", EntryRefusal.NotPolygonal)]
    [InlineData("GEOMETRYCOLLECTION(POLYGON((0 0,9 0,9 9,0 0)))", EntryRefusal.NotPolygonal)]
    public void A_geometry_is_refused_with_the_reason(string wkt, EntryRefusal expected)
    {
        var entered = LatticeGeometry.Enter(new WKTReader().Read(wkt), Datum.Wgs84);
        Assert.Equal(expected, entered.Refusal);
        Assert.Null(entered.Geometry);
    }

    [Fact]
    public void A_refusal_says_where()
    {
        var entered = LatticeGeometry.Enter(new WKTReader().Read("POLYGON((10 80,11 80,11 85.1,10 80))"), Datum.Wgs84);
        Assert.Equal(new Coordinate(11, 85.1), entered.RefusedAt);
        var notFinite = new GeometryFactory().CreatePolygon([new(0, 0), new(1, 0), new(1, double.NaN), new(0, 0)]);
        Assert.Equal(EntryRefusal.NotFinite, LatticeGeometry.Enter(notFinite, Datum.Gcj02).Refusal);
    }

    [Fact]
    public void West_of_minus_180_starts_at_180()
    {
        var entered = LatticeGeometry.Enter(new WKTReader().Read("POLYGON((180 0,-179.7 0,-179.7 0.3,180 0))"), Datum.Wgs84);
        Assert.Equal(EntryRefusal.None, entered.Refusal);
        Assert.Equal(new Envelope(-180, Lattice.Snap(-179.7), 0, Lattice.Snap(0.3)), entered.Geometry!.EnvelopeInternal);
    }

    [Fact]
    public void Vertices_are_snapped_and_lose_duplicates_and_heights()
    {
        var given = new WKTReader().Read("POLYGON Z((114 30 5,114.3 30 5,114.3 30.3 5,114.3000000001 30.3 5,114 30.3 5,114 30.3 6,114 30 5))");
        var entered = LatticeGeometry.Enter(given, Datum.Wgs84);
        var expected = new[] { new Coordinate(114, 30), new(Lattice.Snap(114.3), 30), new(Lattice.Snap(114.3), Lattice.Snap(30.3)), new(114, Lattice.Snap(30.3)), new(114, 30) };
        Assert.Equal(expected, entered.Geometry!.Coordinates);
        Assert.All(entered.Geometry.Coordinates, coordinate => Assert.IsType<Coordinate>(coordinate));
        Assert.Equal(Lattice.Srid, entered.Geometry.SRID);
        Assert.Equal(2, entered.DuplicatesDropped);
        Assert.Equal(5, entered.VerticesMoved);
        Assert.Equal(0, entered.VerticesAdded);
        Assert.InRange(entered.MaxMovedMetres, 1e-6, 0.0006); // half a lattice square's diagonal at most
    }

    [Fact]
    public void What_came_out_goes_in_unchanged()
    {
        var first = LatticeGeometry.Enter(new WKTReader().Read("POLYGON((112.3 30.1,114.7 30.2,114.1 31.9,112.3 30.1))"), Datum.Bd09);
        var second = LatticeGeometry.Enter(first.Geometry!, Datum.Cgcs2000);
        Assert.True(first.Geometry!.EqualsExact(second.Geometry));
        Assert.Equal((0, 0d, 0, 0, 0), (second.VerticesMoved, second.MaxMovedMetres, second.DuplicatesDropped, second.RingsDropped, second.VerticesAdded));
        Assert.True(first.VerticesAdded > 0);
    }

    [Fact]
    public void Rings_that_vanish_on_the_lattice_are_dropped_and_counted()
    {
        const string Speck = "(1 1,1.000000001 1,1 1.000000001,1 1)";
        var holed = LatticeGeometry.Enter(new WKTReader().Read($"POLYGON((0 0,0.4 0,0.4 0.4,0 0),{Speck})"), Datum.Wgs84);
        Assert.Equal(0, ((Polygon)holed.Geometry!.GetGeometryN(0)).NumInteriorRings);
        Assert.Equal(1, holed.RingsDropped);
        var parts = LatticeGeometry.Enter(
            new WKTReader().Read($"MULTIPOLYGON(({Speck},(1 1,1.1 1,1.1 1.1,1 1)),((0 0,0.4 0,0.4 0.4,0 0)))"), Datum.Wgs84);
        Assert.Equal(1, parts.Geometry!.NumGeometries);
        Assert.Equal(2, parts.RingsDropped);
    }

    [Fact]
    public void Both_directions_of_a_long_edge_get_the_same_vertices_and_no_piece_is_too_long()
    {
        var random = new Random(21);
        for (var i = 0; i < 2000; i++)
        {
            var a = new LatticePoint(random.NextInt64(-170L << 27, 170L << 27), random.NextInt64(-85L << 27, 85L << 27));
            var b = i % 2 == 0
                ? new LatticePoint(random.NextInt64(-170L << 27, 170L << 27), random.NextInt64(-85L << 27, 85L << 27))
                : new LatticePoint(a.X + random.NextInt64(-1L << 28, 1L << 28), a.Y + random.NextInt64(-1L << 28, 1L << 28));
            List<LatticePoint> there = [a], back = [b];
            Assert.Equal(EdgeDensifier.CountBetween(a, b), EdgeDensifier.AppendBetween(a, b, there));
            EdgeDensifier.AppendBetween(b, a, back);
            there.Add(b);
            back.Add(a);
            back.Reverse();
            Assert.Equal(there, back);
            for (var k = 1; k < there.Count; k++)
            {
                Assert.InRange(Math.Abs(there[k].X - there[k - 1].X), 0, 1L << 26);
                Assert.InRange(Math.Abs(there[k].Y - there[k - 1].Y), 0, 1L << 26);
                AssertBesideLine(a, b, there[k]);
            }
        }
    }

    [Theory]
    [InlineData(1L << 26, 0)]
    [InlineData((1L << 26) + 1, 1)]
    [InlineData(1L << 27, 1)]
    [InlineData((1L << 27) + 1, 2)]
    [InlineData(0, 0)]
    public void An_edge_of_half_a_degree_is_left_alone(long units, int added)
    {
        Assert.Equal(added, EdgeDensifier.CountBetween(new(0, 0), new(units, 5)));
        Assert.Equal(added, EdgeDensifier.CountBetween(new(5, -units), new(0, 0)));
    }

    [Fact]
    public void Edges_without_end_are_refused()
    {
        var zigzag = Enumerable.Range(0, 1000).Select(i => new Coordinate(i % 2 == 0 ? -80 : 80, i * 0.001)).ToList();
        zigzag.Add(zigzag[0]);
        Assert.Equal(EntryRefusal.EdgesTooLong, LatticeGeometry.Enter(new GeometryFactory().CreatePolygon([.. zigzag]), Datum.Wgs84).Refusal);
    }

    /// <summary>The vertex lies within half a unit of the line, along each axis.</summary>
    private static void AssertBesideLine(LatticePoint a, LatticePoint b, LatticePoint vertex)
    {
        double length = Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y));
        var cross = (Int128)(b.X - a.X) * (vertex.Y - a.Y) - (Int128)(b.Y - a.Y) * (vertex.X - a.X);
        Assert.InRange(Math.Abs((double)cross) / length, 0, 1);
    }
}
