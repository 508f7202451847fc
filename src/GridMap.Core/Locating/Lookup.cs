using GridMap.Core.Coordinates;

namespace GridMap.Core.Locating;

/// <summary>
/// Answers one point in full: who answers for it, who else may be meant, who is nearest. Metres are those of the local plane
/// at the point: below 0.1 % off within 1 km. Stateless and thread safe.
/// </summary>
public static class Lookup
{
    /// <summary>The largest accuracy that is accepted, in metres.</summary>
    public const double MaxAccuracy = 10_000;

    // A lattice unit is 0.83 mm: what differs by less was one place before it was snapped.
    private const double TieMetres = 0.001;

    /// <summary>True when the accuracy is one that <see cref="Answer"/> takes: above 0, at most <see cref="MaxAccuracy"/>.</summary>
    public static bool AcceptsAccuracy(double metres) => metres is > 0 and <= MaxAccuracy;

    /// <summary>The full answer for a point.</summary>
    /// <param name="locator">The grids; those of one level do not overlap.</param>
    /// <param name="point">A lattice point in degrees.</param>
    /// <param name="accuracy">Radius in metres of the circle that the true point lies in; null when not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is not one that <see cref="AcceptsAccuracy"/>.</exception>
    public static LookupAnswer Answer(GridLocator locator, LonLat point, double? accuracy = null)
    {
        if (accuracy is { } metres && !AcceptsAccuracy(metres))
            throw new ArgumentOutOfRangeException(nameof(accuracy), metres, $"Accuracy is above 0 and at most {MaxAccuracy} metres.");
        var location = locator.Locate(LatticePoint.From(point), out var grid);
        if (grid >= 0)
            locator.Rings(grid).Prefetch();
        var surroundings = new Surroundings(point);
        var (candidates, outsideShare) = accuracy is { } radius
            ? CandidateSearch.Within(locator, surroundings, radius, grid)
            : (CandidateSearch.At(locator, point, location.Match, grid), null);
        return new LookupAnswer(
            location,
            candidates,
            outsideShare,
            grid < 0 ? Nearest(locator, surroundings) : null,
            BorderDistance(locator, location.Match, grid, surroundings));
    }

    private static double? BorderDistance(GridLocator locator, PointMatch match, int grid, Surroundings surroundings) => match switch
    {
        PointMatch.Outside => null,
        PointMatch.Boundary => 0,
        _ => surroundings.DistanceToBorder(locator.Rings(grid)),
    };

    private static NearestGrid? Nearest(GridLocator locator, Surroundings surroundings)
    {
        var best = double.PositiveInfinity;
        var found = new List<(int Level, int Item, double Distance)>();
        for (var i = 0; i < locator.Levels.Length; i++)
        {
            var level = locator.Levels[i];
            var near = level.Approaching(surroundings);
            while (near.MoveNext(best + TieMetres))
            {
                // No grid covers the point, so that each is as far as its border.
                var distance = surroundings.DistanceToBorder(level.Rings(near.Current), best + TieMetres);
                best = Math.Min(best, distance);
                if (distance <= best + TieMetres)
                    found.Add((i, near.Current, distance));
            }
        }
        // Of equals the innermost level, in it the lowest code.
        (int Level, int Item, double Distance)? answer = null;
        foreach (var grid in found)
        {
            if (grid.Distance <= best + TieMetres && (answer is not { } other || (grid.Level, grid.Item).CompareTo((other.Level, other.Item)) < 0))
                answer = grid;
        }
        return answer is { } nearest ? new NearestGrid(locator.Levels[nearest.Level].Grid(nearest.Item), nearest.Distance) : null;
    }
}
