using GridMap.Core.Coordinates;

namespace GridMap.Core.Tests.Coordinates;

public class DatumTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData("wgs84", Datum.Wgs84)]
    [InlineData("CGCS2000", Datum.Cgcs2000)]
    [InlineData("Gcj02", Datum.Gcj02)]
    [InlineData("bd09", Datum.Bd09)]
    public void Wire_words_are_read_in_any_case(string word, Datum expected)
    {
        Assert.True(Datums.TryParse(word, out var datum));
        Assert.Equal(expected, datum);
        Assert.Equal(word.ToLowerInvariant(), datum.ToWire());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData(" gcj02")]
    [InlineData("gcj-02")]
    [InlineData("EPSG:4326")]
    [InlineData("wgs84,gcj02")]
    public void Other_words_are_refused(string word) => Assert.False(Datums.TryParse(word, out _));

    [Fact]
    public void Conversions_agree_with_gcoord()
    {
        foreach (var row in Fixture.Rows("gcoord.csv"))
        {
            LonLat wgs84 = new(row[0], row[1]), gcj02 = new(row[2], row[3]), bd09 = new(row[4], row[5]);
            AssertNear(gcj02, Datums.FromWgs84(wgs84, Datum.Gcj02), Tolerance);
            AssertNear(bd09, Datums.FromWgs84(wgs84, Datum.Bd09), Tolerance);
            AssertNear(wgs84, Datums.ToWgs84(gcj02, Datum.Gcj02), Tolerance);
            AssertNear(wgs84, Datums.ToWgs84(bd09, Datum.Bd09), Tolerance);
        }
    }

    [Theory]
    [InlineData(Datum.Gcj02)]
    [InlineData(Datum.Bd09)]
    public void Every_point_over_China_makes_the_round_trip_in_both_directions(Datum datum)
    {
        // 0.37 degree hits neither the periods of the shift nor its kink at 105 degrees alone; that line is added.
        for (var lat = 1.0; lat < 55.8; lat += 0.37)
        {
            foreach (var lon in Enumerable.Range(0, 178).Select(i => 72.03 + 0.37 * i).Append(105).Append(105 - 1e-9))
            {
                var position = new LonLat(lon, lat);
                AssertNear(position, Datums.ToWgs84(Datums.FromWgs84(position, datum), datum), Tolerance);
                AssertNear(position, Datums.FromWgs84(Datums.ToWgs84(position, datum), datum), Tolerance);
            }
        }
    }

    [Fact]
    public void Outside_the_box_GCJ02_is_WGS84()
    {
        foreach (var (lon, lat) in new[] { (139.7, 35.7), (72.0, 30.0), (100.0, 0.8), (100.0, 55.9), (-100.0, 40.0), (180.0, 0.0), (0.0, 90.0) })
        {
            Assert.Equal(new LonLat(lon, lat), Gcj02.FromWgs84(new LonLat(lon, lat)));
            if (!(lon > 71.9 && lon < 137.9 && lat > 0.75 && lat < 55.9))
                Assert.Equal(new LonLat(lon, lat), Gcj02.ToWgs84(new LonLat(lon, lat)));
        }
    }

    [Fact]
    public void At_the_edges_of_the_box_points_inside_make_the_round_trip_and_points_outside_stay_near()
    {
        for (var step = -40; step <= 40; step++)
        {
            var across = step * 0.0005;
            LonLat[] edges =
            [
                new(Gcj02.West + across, 30.123), new(Gcj02.East + across, 30.123),
                new(110.456, Gcj02.South + across), new(110.456, Gcj02.North + across),
            ];
            foreach (var position in edges)
            {
                var back = Gcj02.ToWgs84(Gcj02.FromWgs84(position));
                AssertNear(position, back, Gcj02.IsShifted(position) ? Tolerance : 0.012);
            }
        }
    }

    [Theory]
    [InlineData(double.NaN, 30)]
    [InlineData(110, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    public void Not_finite_in_is_not_finite_out(double lon, double lat)
    {
        foreach (var datum in Enum.GetValues<Datum>())
        {
            var (x, y) = Datums.ToWgs84(new LonLat(lon, lat), datum);
            Assert.False(double.IsFinite(x) && double.IsFinite(y));
        }
    }

    [Fact]
    public void Conversion_allocates_nothing()
    {
        var position = new LonLat(114.3, 30.6);
        double sum = 0;
        Convert(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Convert(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);

        void Convert(int times)
        {
            for (var i = 0; i < times; i++)
                sum += EnteredPoint.Enter(position.Lon, position.Lat, Datum.Bd09).Position.Lon + Datums.FromWgs84(position, Datum.Bd09).Lat;
        }
    }

    private static void AssertNear(LonLat expected, LonLat actual, double degrees)
    {
        Assert.InRange(actual.Lon, expected.Lon - degrees, expected.Lon + degrees);
        Assert.InRange(actual.Lat, expected.Lat - degrees, expected.Lat + degrees);
    }
}
