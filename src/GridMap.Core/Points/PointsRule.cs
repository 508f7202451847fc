namespace GridMap.Core.Points;

/// <summary>One version of a rule. A change is a new version, so that what was scored by an older one stays explained. Immutable.</summary>
/// <param name="Code">Of the rule, the same in all its versions.</param>
/// <param name="Version">1 is the first.</param>
/// <param name="Occasion">One of <see cref="PointsOccasion.All"/>.</param>
/// <param name="Points">Negative takes.</param>
/// <param name="DailyMost">How often it counts for one holder and day; null: always.</param>
/// <param name="Category">The category, or the parent of those, that it is for; null: for all.</param>
/// <param name="IsActive">False: from this version on it scores nothing.</param>
/// <param name="From">Since when this version holds.</param>
public sealed record PointsRule(string Code, int Version, string Occasion, int Points, int? DailyMost, string? Category, bool IsActive, DateTimeOffset From)
{
    /// <summary>Whether it counts no more on a day on which it has counted so often.</summary>
    public bool IsLimitedAfter(int counted) => counted >= DailyMost;

    /// <summary>The rules as they held at a moment: of each its last version by then, if that is active.</summary>
    public static IReadOnlyList<PointsRule> At(IEnumerable<PointsRule> versions, DateTimeOffset at) =>
        [.. versions.Where(rule => rule.From <= at).GroupBy(rule => rule.Code, StringComparer.Ordinal)
            .Select(same => same.MaxBy(rule => rule.Version)!).Where(rule => rule.IsActive).OrderBy(rule => rule.Code, StringComparer.Ordinal)];
}
