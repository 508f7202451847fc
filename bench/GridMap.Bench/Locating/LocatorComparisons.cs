using GridMap.Bench.Territories;
using GridMap.Core.Coordinates;
using GridMap.Core.Locating;

namespace GridMap.Bench.Locating;

/// <summary>
/// The contenders of one territory. Each has points of its own, so that none finds in the cache what another has just fetched; all points
/// are anywhere in the territory and off the lattice.
/// </summary>
internal sealed class LocatorComparisons(TerritoryPlan plan, GridLocator locator)
{
    private const int Points = 1 << 18;

    private readonly PointerChase chase = new(256 << 20);
    private readonly int[] answers = new int[Points];

    /// <summary>Lookups in a batch, one after the other, and one waiting for the other, beside an access to memory.</summary>
    public SideBySideResult AgainstMemory()
    {
        LonLat[] together = Anywhere(1), alone = Anywhere(2), waiting = Anywhere(3);
        return SideBySide.Run(
            new Comparison($"{plan.Name}: innermost grid of a point anywhere, and memory", Points, [
                ("batch (LocateInnermost of a span)", () => Together(together)),
                ("one by one (LocateInnermost of a point)", () => OneByOne(alone)),
                ("each waiting for the one before", () => Waiting(waiting)),
                ("one dependent access to memory (256 MB)", () => chase.Follow(Points))]),
            sameAnswers: false);
    }

    /// <summary>
    /// The same points by NetTopologySuite: by turns, where each finds the caches full of the other's, or warm, where each has just been
    /// through the points.
    /// </summary>
    public SideBySideResult AgainstPlain(ILocator plain, bool warm)
    {
        var points = Anywhere(4)[..(Points / 8)];
        var own = new int[points.Length];
        return SideBySide.Run(new Comparison($"{plan.Name}: the same points by NetTopologySuite, {(warm ? "each with warm caches" : "by turns")}", points.Length, [
            ("one by one (LocateInnermost of a point)", () => OneByOne(points)),
            ("batch (LocateInnermost of a span)", () =>
            {
                locator.LocateInnermost(points, own);
                return own.Sum(grid => (long)grid);
            }),
            ("STRtree + IndexedPointInAreaLocator", () =>
            {
                plain.LocateInnermost(points, own);
                return own.Sum(grid => (long)grid);
            })]), warm: warm);
    }

    /// <summary>What the lookup of one point needs beyond its grid.</summary>
    public SideBySideResult FullAnswers()
    {
        var some = Anywhere(5)[..20_000];
        return SideBySide.Run(new Comparison($"{plan.Name}: full answers", some.Length, [
            ("Lookup.Answer", () => some.Sum(p => (long)Lookup.Answer(locator, p.Snap()).Location.Grid)),
            ("Lookup.Answer with an accuracy of 30 m", () => some.Sum(p => (long)Lookup.Answer(locator, p.Snap(), 30).Location.Grid))]));
    }

    private LonLat[] Anywhere(int seed) => Territories.Points.Anywhere(plan, Points, seed);

    private long Together(LonLat[] points)
    {
        locator.LocateInnermost(points, answers);
        return answers[^1];
    }

    private long OneByOne(LonLat[] points)
    {
        long sum = 0;
        foreach (var point in points)
            sum += locator.LocateInnermost(point);
        return sum;
    }

    private long Waiting(LonLat[] points)
    {
        // Which point comes next is not known before the last answer is.
        var last = 0;
        for (var i = 0; i < points.Length; i++)
            last = locator.LocateInnermost(points[i ^ (last & 1)]);
        return last;
    }
}
