using GridMap.Core.Calendars;

namespace GridMap.Core.Issues;

/// <summary>What the limit of an issue depends on besides its category.</summary>
/// <param name="Places">Classes of the place: what its grid, or the nearest one around it that says so, calls itself, and the grid's kind.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="At">The time of day of the report, where the office is.</param>
public sealed record IssueCircumstances(IReadOnlyCollection<string> Places, IssueSeverity Severity, TimeOnly At);

/// <summary>A time limit that holds under conditions. Immutable and thread safe.</summary>
/// <param name="Place">A class of place; empty: any.</param>
/// <param name="Severity">Null: any.</param>
/// <param name="Hours">From one time of day up to another, over midnight if the second is earlier; null: any.</param>
/// <param name="Limit">How long it may take then.</param>
public sealed record LimitRule(string Place, IssueSeverity? Severity, (TimeOnly From, TimeOnly To)? Hours, TimeLimit Limit)
{
    /// <summary>Whether all conditions hold.</summary>
    public bool Holds(IssueCircumstances issue) =>
        (Place.Length == 0 || issue.Places.Contains(Place))
        && (Severity is null || Severity == issue.Severity)
        && (Hours is not { } hours || issue.At.IsBetween(hours.From, hours.To));

    /// <summary>The limit of an issue: that of the first rule that holds, else the category's own.</summary>
    public static TimeLimit Pick(TimeLimit own, IEnumerable<LimitRule> rules, IssueCircumstances issue) =>
        rules.FirstOrDefault(rule => rule.Holds(issue))?.Limit ?? own;
}
