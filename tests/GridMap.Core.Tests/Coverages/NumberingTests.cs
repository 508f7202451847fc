using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;

namespace GridMap.Core.Tests.Coverages;

/// <summary>The numbering of points and pairs, against dictionaries.</summary>
public sealed class NumberingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    public void Points_and_pairs_are_numbered_as_they_first_come(int expected)
    {
        var random = new Random(7);
        var points = new PointNumbers(expected);
        var pairs = new PairNumbers(expected);
        var knownPoints = new Dictionary<LatticePoint, int>();
        var knownPairs = new Dictionary<(int, int), int>();
        for (var i = 0; i < 40_000; i++)
        {
            var point = new LatticePoint(random.Next(-200, 200) * 1_000_003L, random.Next(-40, 40) * 4096L);
            knownPoints.TryAdd(point, knownPoints.Count);
            Assert.Equal(knownPoints[point], points.NumberOf(point));

            int a = random.Next(300), b = random.Next(300);
            var isNew = knownPairs.TryAdd((Math.Min(a, b), Math.Max(a, b)), knownPairs.Count);
            Assert.Equal(knownPairs[(Math.Min(a, b), Math.Max(a, b))], pairs.NumberOf(a, b, out var saysNew));
            Assert.Equal(isNew, saysNew);
        }

        Assert.Equal(knownPoints.OrderBy(entry => entry.Value).Select(entry => entry.Key), points.Points.ToArray());
    }
}
