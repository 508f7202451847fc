using GridMap.Core.Issues;

namespace GridMap.Core.Points;

/// <summary>Whose points they are: a person's, or, of a reporter who is not known, the report's own, which its link opens. One of the two is set.</summary>
public readonly record struct PointsHolder(long? Person, long? Issue)
{
    /// <summary>A person's.</summary>
    public static PointsHolder OfPerson(long person) => new(person, null);

    /// <summary>Of who reported an issue and is not known.</summary>
    public static PointsHolder OfReport(long issue) => new(null, issue);
}

/// <summary>A step of an issue with what decides points. Immutable.</summary>
/// <param name="Id">Of the issue's event; they rise.</param>
/// <param name="Issue">The issue.</param>
/// <param name="At">When.</param>
/// <param name="Transition">The word.</param>
/// <param name="To">Where it led.</param>
public sealed record PointsStep(long Id, long Issue, DateTimeOffset At, string Transition, IssueState To)
{
    /// <summary>The issue's category.</summary>
    public required string Category { get; init; }

    /// <summary>The parent of that; null: none.</summary>
    public string? ParentCategory { get; init; }

    /// <summary>Who took the step; null: nobody who is known as a person.</summary>
    public long? Actor { get; init; }

    /// <summary>Who reported the issue; null: nobody who is known as a person.</summary>
    public long? Reporter { get; init; }

    /// <summary>Who mended it last before this step.</summary>
    public long? Mender { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? MendedAt { get; init; }

    /// <summary>Until when it should be mended, as it stood at this step.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether an earlier step took the report up.</summary>
    public bool WasTakenUp { get; init; }

    /// <summary>Whether a rejection says that the report was false.</summary>
    public bool IsFalse { get; init; }

    /// <summary>Of a step that opens again: the event that had closed it.</summary>
    public long? Closing { get; init; }
}
