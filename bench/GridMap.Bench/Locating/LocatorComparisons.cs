using System.Diagnostics;
using GridMap.Core.Coordinates;
using GridMap.Core.Locating;
using GridMap.Core.Tests.Locating;

namespace GridMap.Bench.Locating;

/// <summary>The locator against NetTopologySuite, over four levels with some 12,000 innermost grids: hits, misses, borders, a walk.</summary>
internal static class LocatorComparisons
{
    private const int Points = 20_000;

    public static IEnumerable<Comparison> All()
    {
        var grids = NestedCoverage.Create(seed: 1, faces: 13_000, levels: 4, coarseness: 64);
        var start = Stopwatch.GetTimestamp();
        var locator = new GridLocator(grids);
        Console.WriteLine(
            $"{grids.Length:N0} grids, {grids.Count(g => g.Level == 4):N0} of them innermost, {grids.Sum(g => g.Polygon.NumPoints):N0} vertices; " +
            $"the locator is built in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms");
        var plain = new TreeOfLocators(grids);

        var random = new Random(1);
        var anywhere = TestPoints.Anywhere(random, grids, 3 * Points);
        var hits = anywhere.Where(p => locator.Locate(p).Grid >= 0).Take(Points).ToArray();
        var misses = TestPoints.Anywhere(random, grids, 12 * Points).Where(p => locator.Locate(p).Grid < 0).Take(Points).ToArray();
        var borders = Array.ConvertAll(TestPoints.OnEdges(random, grids, Points), p => p.ToLonLat());
        yield return Compare($"innermost grid of a point, {hits.Length:N0} hits anywhere", locator, plain, hits);
        yield return Compare($"{misses.Length:N0} misses within 5 % of the territory", locator, plain, misses);
        yield return Compare($"{borders.Length:N0} points on borders", locator, plain, borders);
        yield return Compare("a walk: hits in order of place", locator, plain, [.. hits.OrderBy(p => Math.Floor(p.Lon * 200)).ThenBy(p => p.Lat)]);
        yield return FullAnswers(locator, hits);
    }

    private static Comparison Compare(string name, GridLocator locator, TreeOfLocators plain, LonLat[] points)
    {
        var grids = new int[points.Length];
        return new Comparison(name, points.Length, [
            ("GridLocator.LocateInnermost", () =>
            {
                locator.LocateInnermost(points, grids);
                return grids.Sum(g => (long)g);
            }),
            ("STRtree + IndexedPointInAreaLocator", () => points.Sum(p => (long)plain.Innermost(p)))]);
    }

    private static Comparison FullAnswers(GridLocator locator, LonLat[] points)
    {
        var some = points[..2_000];
        return new Comparison("full answer, no accuracy; the same with 30 m; of the chain alone", some.Length, [
            ("Lookup.Answer", () => some.Sum(p => (long)Lookup.Answer(locator, p).Location.Grid)),
            ("Lookup.Answer with accuracy", () => some.Sum(p => (long)Lookup.Answer(locator, p, 30).Location.Grid)),
            ("GridLocator.Locate", () => some.Sum(p => (long)locator.Locate(p).Grid))]);
    }
}
