using GridMap.Core.Coordinates;

namespace GridMap.Core.Tests.Coordinates;

public class GaussKrugerZoneTests
{
    private const double Metres = 1e-4;
    private const double Degrees = 1e-9;

    [Fact]
    public void Projections_agree_with_PROJ_both_ways_to_a_tenth_of_a_millimetre()
    {
        foreach (var row in Fixture.Rows("gauss_kruger.csv"))
        {
            Assert.True(GaussKrugerZone.TryFromEpsg((int)row[0], out var zone));
            var projected = zone.FromLonLat(new LonLat(row[1], row[2]));
            Assert.InRange(projected.Easting, row[3] - Metres, row[3] + Metres);
            Assert.InRange(projected.Northing, row[4] - Metres, row[4] + Metres);
            var position = zone.ToLonLat(new GaussKrugerPosition(row[3], row[4]));
            // A degree of longitude shrinks towards the pole, and with it what 0.1 mm is worth.
            var lonTolerance = Degrees / Math.Cos(double.DegreesToRadians(row[2]));
            Assert.InRange(position.Lon, row[1] - lonTolerance, row[1] + lonTolerance);
            Assert.InRange(position.Lat, row[2] - Degrees, row[2] + Degrees);
        }
    }

    [Theory]
    [InlineData(4513, 25, 75, true, "CGCS2000 / 3-degree Gauss-Kruger zone 25")]
    [InlineData(4533, 45, 135, true, "CGCS2000 / 3-degree Gauss-Kruger zone 45")]
    [InlineData(4534, 25, 75, false, "CGCS2000 / 3-degree Gauss-Kruger CM 75E")]
    [InlineData(4547, 38, 114, false, "CGCS2000 / 3-degree Gauss-Kruger CM 114E")]
    [InlineData(4554, 45, 135, false, "CGCS2000 / 3-degree Gauss-Kruger CM 135E")]
    public void Codes_name_the_zones_that_EPSG_prints(int epsg, int number, int meridian, bool prefix, string name)
    {
        Assert.True(GaussKrugerZone.TryFromEpsg(epsg, out var zone));
        Assert.Equal((epsg, number, meridian, prefix, name), (zone.Epsg, zone.Number, zone.CentralMeridian, zone.HasZonePrefix, zone.Name));
    }

    [Fact]
    public void All_lists_each_code_once()
    {
        Assert.Equal(Enumerable.Range(4513, 42), GaussKrugerZone.All.Select(zone => zone.Epsg));
    }

    [Theory]
    [InlineData(4512)]
    [InlineData(4555)]
    [InlineData(4490)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Other_codes_are_refused(int epsg) => Assert.False(GaussKrugerZone.TryFromEpsg(epsg, out _));

    [Theory]
    [InlineData(114.3, false, 4547)]
    [InlineData(114.3, true, 4526)]
    [InlineData(115.4999, false, 4547)]
    [InlineData(115.5, false, 4548)]
    [InlineData(112.5, false, 4547)]
    [InlineData(73.5, true, 4513)]
    [InlineData(136.4999, false, 4554)]
    [InlineData(73.4999, true, null)]
    [InlineData(136.5, false, null)]
    [InlineData(-114.3, false, null)]
    [InlineData(double.NaN, false, null)]
    public void The_natural_zone_is_the_one_with_the_nearest_meridian(double lon, bool prefix, int? epsg) =>
        Assert.Equal(epsg, GaussKrugerZone.Natural(lon, prefix)?.Epsg);

    [Fact]
    public void A_zone_serves_several_threads_at_once()
    {
        Assert.True(GaussKrugerZone.TryFromEpsg(4547, out var zone));
        var positions = Enumerable.Range(0, 20_000).Select(i => new LonLat(112.5 + i * 1.5e-4, 20 + i * 1e-3)).ToArray();
        var alone = positions.Select(zone.FromLonLat).ToArray();
        var together = new GaussKrugerPosition[positions.Length];
        var back = new LonLat[positions.Length];
        Parallel.For(0, positions.Length, i =>
        {
            together[i] = zone.FromLonLat(positions[i]);
            back[i] = zone.ToLonLat(together[i]);
        });
        Assert.Equal(alone, together);
        for (var i = 0; i < positions.Length; i++)
            Assert.InRange(Math.Abs(back[i].Lon - positions[i].Lon) + Math.Abs(back[i].Lat - positions[i].Lat), 0, 2 * Degrees);
    }
}
