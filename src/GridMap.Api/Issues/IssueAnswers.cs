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
/// <param name="Track">The reporter's own link: who has it follows the issue and may open it again. Told this once.</param>
/// <param name="DueIsCertain">False when it was counted through a year whose days of rest are not known yet.</param>
/// <param name="QrAgrees">False when the place lies outside the grid on whose sticker it was reported.</param>
public sealed record IssueReceipt(
    string Number, [property: IssueState] string State, int? Generation, bool Assigned, IReadOnlyList<GridReference> Chain,
    IReadOnlyList<Responsible> Responsible, DateTimeOffset DueAt, string? Track = null, bool DueIsCertain = true, bool QrAgrees = true);

/// <summary>An issue in a list: public fields only.</summary>
public record IssueItem(
    string Number, string Category, [property: IssueState] string State, DateTimeOffset ReportedAt, DateTimeOffset DueAt, bool Overdue,
    string? Grid, string? GridName, Position Point, int Days, bool Paused = false);

/// <summary>An issue with its course. Names, words and the exact point are there only for those who may see them.</summary>
public sealed record IssueDetail(
    string Number, string Category, string State, DateTimeOffset ReportedAt, DateTimeOffset DueAt, bool Overdue,
    string? Grid, string? GridName, Position Point, int Days, bool Paused,
    IReadOnlyList<GridReference> Chain, IReadOnlyList<IssueEventItem> Events, IReadOnlyList<IssuePhotoItem> Photos,
    string? Description, string? Contact, IssueMarks Marks, IssuePlanItem? Plan)
    : IssueItem(Number, Category, State, ReportedAt, DueAt, Overdue, Grid, GridName, Point, Days, Paused);

/// <summary>What else is known of an issue.</summary>
/// <param name="DueIsCertain">False when the due time was counted through a year whose days of rest are not known.</param>
/// <param name="Source">web, qr, program, hotline, survey, inspection.</param>
/// <param name="OnSpot">Mended on the spot, in one step.</param>
/// <param name="Exception">Why it was written off without a photo; empty for who may not read it, null when there is one.</param>
/// <param name="Returned">How often the check failed.</param>
/// <param name="Reopened">How often it was opened again.</param>
/// <param name="Escalations">How often it was handed up.</param>
/// <param name="Satisfaction">1 to 5, by the reporter.</param>
/// <param name="SatisfactionNote">In the reporter's words.</param>
/// <param name="ClaimedBy">Who took it up.</param>
/// <param name="ClaimedPerson">The number of that person.</param>
/// <param name="DuplicateOf">The issue that is the same.</param>
/// <param name="QrGrid">The grid on whose sticker it was reported.</param>
/// <param name="ExposedAt">When the office showed it to the public.</param>
/// <param name="Severity">minor, normal, severe.</param>
/// <param name="Quantity">How much it was, in the category's unit; null: nobody has said.</param>
public sealed record IssueMarks(
    bool DueIsCertain, string Source, bool OnSpot, string? Exception, int Returned, int Reopened, int Escalations, int? Satisfaction, string? SatisfactionNote,
    string? ClaimedBy, long? ClaimedPerson, string? DuplicateOf, string? QrGrid, DateTimeOffset? ExposedAt, string Severity, decimal? Quantity);

/// <summary>One step in an issue's course.</summary>
public sealed record IssueEventItem(DateTimeOffset At, string Transition, string? FromState, [property: IssueState] string ToState, string? By, string? Note);

/// <summary>A photo of an issue.</summary>
public sealed record IssuePhotoItem(string Kind, string Url, string MediaType, string SmallUrl);

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
