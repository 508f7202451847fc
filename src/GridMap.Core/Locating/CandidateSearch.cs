using GridMap.Core.Coordinates;

namespace GridMap.Core.Locating;

/// <summary>Finds the grids that may be meant by a point. Stateless and thread safe.</summary>
internal static class CandidateSearch
{
    private const int Millionths = 1_000_000;

    /// <summary>Without accuracy: the grids of the answering grid's level that touch the point.</summary>
    /// <param name="locator">The grids.</param>
    /// <param name="point">A lattice point.</param>
    /// <param name="match">How it lies to the answering grid.</param>
    /// <param name="grid">The answering grid.</param>
    public static IReadOnlyList<Candidate> At(GridLocator locator, LonLat point, PointMatch match, int grid) => match switch
    {
        PointMatch.Outside => [],
        // Grids of a level do not overlap: inside of one there is no other.
        PointMatch.Interior => [new Candidate(grid, 0, null)],
        _ => [.. locator.Touching(point, locator.Grids[grid].Level).Select(touching => new Candidate(touching, 0, null))],
    };

    /// <summary>With accuracy: the grids within reach, of the answering grid's level and of the deepest level that is within reach.</summary>
    /// <param name="locator">The grids.</param>
    /// <param name="surroundings">Those of the point.</param>
    /// <param name="radius">Accuracy in metres.</param>
    /// <param name="answer">The grid that answers for the point; -1 outside.</param>
    public static (IReadOnlyList<Candidate> Candidates, decimal? OutsideShare) Within(
        GridLocator locator, Surroundings surroundings, double radius, int answer)
    {
        var answeringLevel = answer < 0 ? 0 : locator.Grids[answer].Level;
        var reached = new List<Candidate>();
        foreach (var level in locator.Levels)
        {
            if (reached.Count == 0 || level.Level == answeringLevel)
                reached.AddRange(Reached(level, surroundings, radius));
        }
        Candidate[] candidates = [.. reached
            .OrderBy(c => c.Distance)
            .ThenByDescending(c => locator.Grids[c.Grid].Level)
            .ThenBy(c => locator.Grids[c.Grid].Code, StringComparer.Ordinal)];
        var shares = InMillionths(OwnShares(locator, candidates, new AccuracyCircle(surroundings, radius)));
        for (var i = 0; i < candidates.Length; i++)
            candidates[i] = candidates[i] with { Share = shares[i] };
        return (candidates, shares[^1]);
    }

    private static List<Candidate> Reached(LevelIndex level, Surroundings surroundings, double radius)
    {
        var reached = new List<Candidate>();
        foreach (var item in level.Meeting(surroundings.BoxAround(radius)))
        {
            var distance = surroundings.DistanceTo(level.Rings(item));
            if (distance <= radius)
                reached.Add(new Candidate(level.Grid(item), distance, null));
        }
        return reached;
    }

    /// <summary>Each candidate's share of the circle without what belongs to a candidate inside it; then the share of the outside.</summary>
    private static double[] OwnShares(GridLocator locator, Candidate[] candidates, AccuracyCircle circle)
    {
        var shares = new double[candidates.Length + 1];
        var positions = new Dictionary<int, int>(candidates.Select((c, i) => KeyValuePair.Create(c.Grid, i)));
        for (var i = 0; i < candidates.Length; i++)
        {
            var grid = candidates[i].Grid;
            var share = circle.AreaWithin(locator.Rings(grid)) / circle.Area;
            shares[i] += share;
            foreach (var ancestor in locator.Chain(grid)[..^1])
            {
                if (positions.TryGetValue(ancestor, out var container))
                    shares[container] -= share;
            }
        }
        for (var i = 0; i < candidates.Length; i++)
            shares[i] = Math.Max(0, shares[i]);
        shares[^1] = Math.Max(0, 1 - shares.Sum());
        return shares;
    }

    /// <summary>Shares of a whole as millionths that sum to exactly 1: rounded down, and what is left over goes where most was cut off.</summary>
    private static decimal[] InMillionths(double[] shares)
    {
        var whole = shares.Sum();
        var exact = Array.ConvertAll(shares, share => share / whole * Millionths);
        var rounded = Array.ConvertAll(exact, value => (int)value);
        var left = Millionths - rounded.Sum();
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => exact[i] - rounded[i]).Take(left))
            rounded[i]++;
        return Array.ConvertAll(rounded, value => value / (decimal)Millionths);
    }
}
