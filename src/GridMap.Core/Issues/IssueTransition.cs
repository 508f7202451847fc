namespace GridMap.Core.Issues;

/// <summary>Who may take a step.</summary>
[Flags]
public enum IssueActor
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>Whoever handles issues where it lies: workers, leaders, supervisors, the office.</summary>
    Handler = 1,

    /// <summary>Whoever directs them: leaders, supervisors, the office.</summary>
    Director = 2,

    /// <summary>Who reported it, by the link that only they have.</summary>
    Reporter = 4,

    /// <summary>The service itself, when the time is over.</summary>
    Clock = 8,
}

/// <summary>What a step must come with.</summary>
[Flags]
public enum IssueNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A reason in words.</summary>
    Note = 1,

    /// <summary>A picture of how it is now, or a reason why there is none, which is counted apart.</summary>
    AfterPhoto = 2,

    /// <summary>The person who is to do it.</summary>
    Person = 4,

    /// <summary>The issue that is the same.</summary>
    Original = 8,

    /// <summary>Another person than who rectified.</summary>
    Another = 16,

    /// <summary>To be within so many days of the write-off (<see cref="IssueTransitions.ReopenDays"/>).</summary>
    Recent = 32,
}

/// <summary>One row of the table of transitions. Immutable.</summary>
/// <param name="Name">The word in the URL.</param>
/// <param name="Result">pass or fail where the transition has a result; null where it has none.</param>
/// <param name="From">The state that it leaves.</param>
/// <param name="To">The state that it enters; the same one where only the clock or the people change.</param>
/// <param name="Actors">Who may.</param>
/// <param name="Needs">What it must come with.</param>
public sealed record IssueTransition(string Name, string? Result, IssueState From, IssueState To, IssueActor Actors, IssueNeeds Needs = IssueNeeds.None)
{
    /// <summary>Mended on the spot (即交即办): taken up and rectified in one step.</summary>
    public bool IsOnSpot => Name == "rectify" && From != IssueState.Claimed;
}
