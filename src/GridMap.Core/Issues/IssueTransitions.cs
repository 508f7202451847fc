using static GridMap.Core.Issues.IssueActor;
using static GridMap.Core.Issues.IssueNeeds;
using static GridMap.Core.Issues.IssueState;

namespace GridMap.Core.Issues;

/// <summary>The one table that says how an issue moves on, who moves it, and what is required. Immutable.</summary>
public static class IssueTransitions
{
    /// <summary>Days after its write-off in which an issue can be opened again.</summary>
    public const int ReopenDays = 14;

    /// <summary>Every allowed transition.</summary>
    public static IReadOnlyList<IssueTransition> Table { get; } =
    [
        new("file", null, Reported, Filed, Director),
        new("reject", null, Reported, Rejected, Director, Note),
        new("reject", null, Filed, Rejected, Director, Note),
        new("duplicate", null, Reported, Duplicate, Director, Original),
        new("duplicate", null, Filed, Duplicate, Director, Original),
        new("claim", null, Reported, Claimed, Handler),
        new("claim", null, Filed, Claimed, Handler),
        new("assign", null, Reported, Claimed, Director, Person),
        new("assign", null, Filed, Claimed, Director, Person),
        new("assign", null, Claimed, Claimed, Handler, Person),
        new("rectify", null, Reported, Rectified, Handler),
        new("rectify", null, Filed, Rectified, Handler),
        new("rectify", null, Claimed, Rectified, Handler),
        new("verify", "pass", Rectified, WrittenOff, Handler, Another | AfterPhoto),
        new("verify", "fail", Rectified, Claimed, Handler, Another | Note),
        new("pause", null, Filed, Filed, Handler, Note),
        new("pause", null, Claimed, Claimed, Handler, Note),
        new("resume", null, Filed, Filed, Handler),
        new("resume", null, Claimed, Claimed, Handler),
        new("escalate", null, Reported, Reported, Handler | Clock, Note),
        new("escalate", null, Filed, Filed, Handler | Clock, Note),
        new("escalate", null, Claimed, Claimed, Handler | Clock, Note),
        new("reopen", null, WrittenOff, Claimed, Director | Reporter, Note | Recent),
        new("reopen", null, Rejected, Filed, Director, Note),
        new("reopen", null, Duplicate, Filed, Director, Note),
    ];

    /// <summary>Whether any row has this name.</summary>
    public static bool IsKnown(string name) => Table.Any(row => row.Name == name);

    /// <summary>Whether the transition must say pass or fail.</summary>
    public static bool HasResult(string name) => Table.Any(row => row.Name == name && row.Result is not null);

    /// <summary>The row for a state; null when the state does not allow it. A step that skips the claim is one only when that is said.</summary>
    /// <param name="name">The word.</param>
    /// <param name="result">pass, fail or null.</param>
    /// <param name="from">Where the issue stands.</param>
    /// <param name="onSpot">Whether it is said to be mended on the spot.</param>
    public static IssueTransition? Find(string name, string? result, IssueState from, bool onSpot = false) =>
        Table.FirstOrDefault(row => row.Name == name && row.Result == result && row.From == from && (!row.IsOnSpot || onSpot));

    /// <summary>What a state allows, for refusals that say what to do instead.</summary>
    public static IEnumerable<string> AllowedFrom(IssueState state) =>
        Table.Where(row => row.From == state).Select(row => row.IsOnSpot ? "rectify (onSpot)" : row.Name).Distinct();
}
