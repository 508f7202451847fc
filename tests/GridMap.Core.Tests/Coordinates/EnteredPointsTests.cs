using GridMap.Core.Coordinates;

namespace GridMap.Core.Tests.Coordinates;

/// <summary>Many positions are entered as each alone is.</summary>
public sealed class EnteredPointsTests
{
    private static readonly double[] Awkward =
    [
        0, -0.0, 85, -85, 90, -90, 180, -180, 179.999999999, 180.000000001, 85.000000001, 90.000000001, 84.9999999963, 1.5 / Lattice.UnitsPerDegree,
        2.5 / Lattice.UnitsPerDegree, -0.4 / Lattice.UnitsPerDegree, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue,
    ];

    [Theory]
    [InlineData(Datum.Wgs84)]
    [InlineData(Datum.Cgcs2000)]
    [InlineData(Datum.Gcj02)]
    [InlineData(Datum.Bd09)]
    public void Each_becomes_what_it_becomes_alone_and_the_first_that_is_refused_is_named(Datum datum)
    {
        var random = new Random(1);
        for (var round = 0; round < 3_000; round++)
        {
            var positions = new LonLat[random.Next(0, 12)];
            for (var i = 0; i < positions.Length; i++)
            {
                positions[i] = random.Next(10) == 0
                    ? new LonLat(Awkward[random.Next(Awkward.Length)], Awkward[random.Next(Awkward.Length)])
                    : new LonLat(random.NextDouble() * 360 - 180, random.NextDouble() * 168 - 84);
            }

            var alone = Array.ConvertAll(positions, position => EnteredPoint.Enter(position.Lon, position.Lat, datum));
            var refused = Array.FindIndex(alone, entered => !entered.IsAccepted);
            Assert.Equal(refused < 0 ? EntryRefusal.None : alone[refused].Refusal, EnteredPoints.Enter(positions, datum, out var first));
            Assert.Equal(refused, first);
            foreach (var i in Enumerable.Range(0, refused < 0 ? positions.Length : refused))
            {
                Assert.Equal(Bits(alone[i].Position), Bits(positions[i]));
            }
        }
    }

    // Equality takes the two zeros for one.
    private static (long, long) Bits(LonLat position) => (BitConverter.DoubleToInt64Bits(position.Lon), BitConverter.DoubleToInt64Bits(position.Lat));
}
