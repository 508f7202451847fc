namespace GridMap.Core.Issues;

/// <summary>One row of the table of transitions.</summary>
/// <param name="Name">The word in the URL.</param>
/// <param name="Result">pass or fail where the transition has a result; null where it has none.</param>
/// <param name="From">The state that it leaves.</param>
/// <param name="To">The state that it enters.</param>
/// <param name="ByAnother">Whether who does it must not be who rectified.</param>
public sealed record IssueTransition(string Name, string? Result, IssueState From, IssueState To, bool ByAnother = false);

/// <summary>The one table that says how an issue moves on. Immutable.</summary>
public static class IssueTransitions
{
    /// <summary>Every allowed transition.</summary>
    public static IReadOnlyList<IssueTransition> Table { get; } =
    [
        new("claim", null, IssueState.Reported, IssueState.Claimed),
        new("rectify", null, IssueState.Claimed, IssueState.Rectified),
        new("verify", "pass", IssueState.Rectified, IssueState.WrittenOff, ByAnother: true),
        new("verify", "fail", IssueState.Rectified, IssueState.Claimed, ByAnother: true),
    ];

    /// <summary>Whether any row has this name.</summary>
    public static bool IsKnown(string name) => Table.Any(row => row.Name == name);

    /// <summary>Whether the transition must say pass or fail.</summary>
    public static bool HasResult(string name) => Table.Any(row => row.Name == name && row.Result is not null);

    /// <summary>The row for a state; null when the state does not allow it.</summary>
    public static IssueTransition? Find(string name, string? result, IssueState from) =>
        Table.FirstOrDefault(row => row.Name == name && row.Result == result && row.From == from);

    /// <summary>What a state allows, for refusals that say what to do instead.</summary>
    public static IEnumerable<string> AllowedFrom(IssueState state) =>
        Table.Where(row => row.From == state).Select(row => row.Name).Distinct();
}
