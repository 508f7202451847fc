using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;

namespace GridMap.Api.Issues;

/// <summary>What a caller gets for a report.</summary>
/// <param name="Number">The issue's number, for following it.</param>
/// <param name="State">reported.</param>
/// <param name="Generation">The generation that assigned it; null before the first.</param>
/// <param name="Assigned">False when the point lies outside the territory: it is kept and listed as such.</param>
/// <param name="Chain">Outermost first; empty when not assigned.</param>
/// <param name="Responsible">Of the innermost grid that has somebody.</param>
/// <param name="DueAt">When it should be done.</param>
public sealed record IssueReceipt(
    string Number, [property: IssueState] string State, int? Generation, bool Assigned, IReadOnlyList<GridReference> Chain,
    IReadOnlyList<Responsible> Responsible, DateTimeOffset DueAt);

/// <summary>An issue in a list: public fields only.</summary>
public record IssueItem(
    string Number, string Category, [property: IssueState] string State, DateTimeOffset ReportedAt, DateTimeOffset DueAt, bool Overdue,
    string? Grid, string? GridName, Position Point, int Days);

/// <summary>An issue with its course. Names, words and the exact point are there only for those who may see them.</summary>
public sealed record IssueDetail(
    string Number, string Category, string State, DateTimeOffset ReportedAt, DateTimeOffset DueAt, bool Overdue,
    string? Grid, string? GridName, Position Point, int Days,
    IReadOnlyList<GridReference> Chain, IReadOnlyList<IssueEventItem> Events, IReadOnlyList<IssuePhotoItem> Photos,
    string? Description, string? Contact)
    : IssueItem(Number, Category, State, ReportedAt, DueAt, Overdue, Grid, GridName, Point, Days);

/// <summary>One step in an issue's course.</summary>
public sealed record IssueEventItem(DateTimeOffset At, string Transition, string? FromState, [property: IssueState] string ToState, string? By, string? Note);

/// <summary>A photo of an issue.</summary>
public sealed record IssuePhotoItem(string Kind, string Url, string MediaType);

/// <summary>Issues by state.</summary>
public sealed record IssueTally(int Reported, int Claimed, int Rectified, int WrittenOff, int Overdue)
{
    public static IssueTally Zero { get; } = new(0, 0, 0, 0, 0);

    public static IssueTally operator +(IssueTally a, IssueTally b) => new(
        a.Reported + b.Reported, a.Claimed + b.Claimed, a.Rectified + b.Rectified, a.WrittenOff + b.WrittenOff, a.Overdue + b.Overdue);
}

/// <summary>The tally of one grid with everything inside it.</summary>
public sealed record GridTally(
    long GridId, string Code, int Level, int Reported, int Claimed, int Rectified, int WrittenOff, int Overdue);

/// <summary>Tallies of every grid that has an issue, of the points outside the territory, and of all.</summary>
public sealed record IssueCounts(
    DateTimeOffset AsOf, int Generation, IReadOnlyList<GridTally> Items, IssueTally Outside, IssueTally Total);
