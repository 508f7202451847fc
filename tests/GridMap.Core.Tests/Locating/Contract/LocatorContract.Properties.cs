using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;

namespace GridMap.Core.Tests.Locating;

/// <summary>What every locator answers alike: random nested coverages, with exact ties drawn on purpose.</summary>
public abstract partial class LocatorContract
{
    // `make prove` asks for the same properties at ten times the size.
    private static readonly int Scale = Environment.GetEnvironmentVariable("GRIDMAP_PROVE") == "1" ? 10 : 1;

    public static TheoryData<int, int, int, long, double> Coverages => new()
    {
        { 1, 400, 4, 64, 0.25 },
        { 2, 250, 3, 1, 0.25 }, // not coarsened: ties are the vertices
        { 3, 120, 4, 4096, 0.25 },
        { 4, 160, 3, 64, 4 }, // edges of up to half a degree: the largest products
    };

    [Theory]
    [MemberData(nameof(Coverages))]
    public void Implementations_agree_on_every_random_point_tie_and_near_miss(int seed, int faces, int levels, long coarseness, double size)
    {
        var grids = NestedCoverage.Create(seed, faces, levels, coarseness, size);
        var random = new Random(seed);
        var onEdges = TestPoints.OnEdges(random, grids, 8_000 * Scale);
        var ties = Array.ConvertAll(onEdges, p => p.ToLonLat());
        var points = (LonLat[])[.. ties, .. TestPoints.OneUnitBeside(random, onEdges), .. TestPoints.Anywhere(random, grids, 14_000 * Scale)];

        var locator = Build(grids);
        var answers = LocateAll(locator, points);

        Assert.All(answers.Take(ties.Length), a => Assert.Equal(PointMatch.Boundary, a.Match));
        foreach (var reference in References(locator, grids))
        {
            var expected = LocateAll(reference, points);
            var mismatches = Enumerable.Range(0, points.Length)
                .Where(i => answers[i].Match != expected[i].Match || !answers[i].Chain.SequenceEqual(expected[i].Chain))
                .Select(i => $"{points[i]}: {Describe(locator, answers[i])}, but {reference.GetType().Name} says {Describe(reference, expected[i])}");
            Assert.Empty(mismatches);
        }
    }

    [Theory]
    [MemberData(nameof(Coverages))]
    public void Implementations_agree_on_all_grids_of_each_level_that_touch_a_point(int seed, int faces, int levels, long coarseness, double size)
    {
        var grids = NestedCoverage.Create(seed, faces, levels, coarseness, size);
        var random = new Random(seed + 100);
        var points = (LonLat[])[
            .. TestPoints.OnEdges(random, grids, 150 * Scale).Select(p => p.ToLonLat()),
            .. TestPoints.Anywhere(random, grids, 50 * Scale)];

        var locator = Build(grids);
        foreach (var reference in References(locator, grids))
        {
            foreach (var point in points)
            {
                for (var level = 1; level <= levels; level++)
                    Assert.Equal(reference.Touching(point, level), locator.Touching(point, level));
            }
        }
    }

    [Fact]
    public void Implementations_agree_on_a_ring_of_thousands_of_vertices()
    {
        var random = new Random(4);
        var star = Star(random, vertices: 5_000);
        var comb = $"POLYGON ((0 0, {string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"{4 * i} 9000, {4 * i + 2} 10"))}, 4000 0, 0 0))";
        GridShape[] grids = [.. LatticeWkt.GridsOf(("comb", 1, null, comb)), new GridShape(2, "star", 2, 1, star)];
        var onEdges = TestPoints.OnEdges(random, grids, 400 * Scale);
        var points = (LonLat[])[
            .. onEdges.Select(p => p.ToLonLat()),
            .. TestPoints.OneUnitBeside(random, onEdges),
            .. TestPoints.Anywhere(random, [grids[0]], 200 * Scale),
            .. TestPoints.Anywhere(random, [grids[1]], 200 * Scale)];

        var locator = Build(grids);
        var answers = LocateAll(locator, points);
        foreach (var reference in References(locator, grids))
        {
            Assert.Equal(
                LocateAll(reference, points).Select((a, i) => $"{points[i]} {Describe(reference, a)}"),
                answers.Select((a, i) => $"{points[i]} {Describe(locator, a)}"));
        }
    }

    /// <summary>The implementations of this project other than the one under test, which must not be its own oracle.</summary>
    protected virtual IEnumerable<ILocator> References(ILocator locator, IReadOnlyList<GridShape> grids)
    {
        if (locator is not GridLocator)
            yield return new GridLocator(grids);
        if (locator is not NtsLocator)
            yield return new NtsLocator(grids);
    }

    private static PointLocation[] LocateAll(ILocator locator, LonLat[] points)
    {
        var locations = new PointLocation[points.Length];
        locator.LocateAll(points, locations);
        return locations;
    }

    private static string Describe(ILocator locator, PointLocation location) => $"{location.Match} {Path(locator, location)}";

    /// <summary>A star-shaped ring: random radii at growing angles, so that it cannot cross itself.</summary>
    private static NetTopologySuite.Geometries.MultiPolygon Star(Random random, int vertices)
    {
        var corners = Enumerable.Range(0, vertices).Select(i =>
        {
            var angle = 2 * Math.PI * i / vertices;
            var radius = 10_000_000 + 10_000_000 * random.NextDouble();
            return $"{Math.Round(radius * Math.Cos(angle) / 16) * 16} {Math.Round(radius * Math.Sin(angle) / 16) * 16}";
        }).ToList();
        return LatticeWkt.Polygon($"POLYGON (({string.Join(", ", corners)}, {corners[0]}))");
    }
}
