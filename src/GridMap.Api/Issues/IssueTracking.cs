using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;

namespace GridMap.Api.Issues;

/// <summary>An issue as who reported or follows it sees it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Category">Its category.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="DueAt">When it should be done.</param>
/// <param name="DueIsCertain">False when a year was counted through whose days of rest are not known.</param>
/// <param name="Overdue">Whether that has passed.</param>
/// <param name="IsPaused">Whether the clock stands.</param>
/// <param name="GridName">Where it lies.</param>
/// <param name="Steps">Its course, without names.</param>
/// <param name="Before">Photos of the report; one's own only, or what the office shows to all.</param>
/// <param name="After">Photos of how it is now; likewise.</param>
/// <param name="IsOwn">False for who only follows it.</param>
/// <param name="CanReopen">Whether "not fixed" can be said now.</param>
/// <param name="ReopenUntil">Until when; null when it is not closed.</param>
/// <param name="Satisfaction">1 to 5, as it was said; null when it was not.</param>
/// <param name="Points">What the report earned; null for who only follows it.</param>
public sealed record TrackedIssue(
    string Number, string Category, [property: IssueState] string State, DateTimeOffset ReportedAt, DateTimeOffset DueAt, bool DueIsCertain, bool Overdue, bool IsPaused,
    string? GridName, IReadOnlyList<TrackedStep> Steps, IReadOnlyList<SignedPhoto> Before, IReadOnlyList<SignedPhoto> After, bool IsOwn, bool CanReopen, DateTimeOffset? ReopenUntil,
    int? Satisfaction, TrackedPoints? Points);

/// <summary>What a report earned.</summary>
/// <param name="Earned">Points, after corrections; may be negative.</param>
/// <param name="Balance">What is left of them for who holds the link; null: they went to the account of who reported it.</param>
public sealed record TrackedPoints(long Earned, long? Balance);

/// <summary>One step of its course.</summary>
/// <param name="At">When.</param>
/// <param name="Transition">What.</param>
/// <param name="ToState">Where it led.</param>
/// <param name="Note">Why it was rejected or given back; null for the words of others.</param>
public sealed record TrackedStep(DateTimeOffset At, string Transition, [property: IssueState] string ToState, string? Note);

/// <summary>What the reporter thinks of it.</summary>
/// <param name="Score">1 (not at all satisfied) to 5.</param>
/// <param name="Note">In words.</param>
public sealed record SatisfactionBody(int? Score, string? Note = null);

/// <summary>The link to follow an issue that somebody else reported.</summary>
public sealed record FollowReceipt(string Number, string Track);

/// <summary>What the holder of a secret link sees and says. Thread safe.</summary>
internal sealed class IssueTracking(Database database, PhotoLinks links)
{
    private const int MaxNote = 400;

    private const string Sql =
        """
        select i.id, i.number, i.category, i.state, i.reported_at, i.due_at, i.due_certain, i.closed_at is null and i.paused_at is null and i.due_at < now() as overdue,
               i.paused_at is not null as is_paused, i.closed_at, i.satisfaction, v.name as grid_name, i.track_hash is not distinct from @track as is_own, e.before_shown, e.after_shown
        from issue i
        left join issue_exposure e on e.issue_id = i.id and i.exposed_at is not null
        left join lateral (
            select name from grid_version v where v.grid_id = i.grid_id
            and v.from_generation <= i.assigned_generation and (v.to_generation is null or v.to_generation > i.assigned_generation)
        ) v on true
        where i.track_hash = @track or i.id = (select issue_id from issue_follower where track_hash = @track)
        """;

    private const string PointsSql =
        """
        select coalesce(sum(e.points) filter (where r.occasion in ('accepted', 'false')), 0)::bigint as earned,
               case when count(*) filter (where r.occasion in ('accepted', 'false') and e.holder_person is not null) = 0
                    then coalesce(sum(e.points) filter (where e.holder_issue = @Id), 0)::bigint end as balance
        from points_entry e left join points_rule r on r.code = e.rule_code and r.version = e.rule_version
        where e.issue_id = @Id or e.holder_issue = @Id
        """;

    /// <summary>The refusal of a link that leads nowhere.</summary>
    public static ProblemException Unknown() => new(Problem.NotFound(
        "unknown_link", "This link leads to no issue. It may have been copied in part, or the reporter's data were erased."));

    /// <exception cref="ProblemException">404.</exception>
    public async Task<TrackedIssue> FindAsync(byte[] track, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Sql, new { track }, cancellationToken: cancel)) ?? throw Unknown();
        var steps = await connection.QueryAsync<(DateTime At, string Transition, string To, string Note, string? Result)>(new CommandDefinition(
            "select at, transition, to_state, note, details ->> 'result' from issue_event where issue_id = @Id order by id", new { row.Id }, cancellationToken: cancel));
        var files = (await connection.QueryAsync<(string Kind, string File)>(new CommandDefinition(
            "select kind, file from issue_photo where issue_id = @Id order by id", new { row.Id }, cancellationToken: cancel))).ToList();
        // Anybody can follow: photos are the reporter's. All others see what the office shows, and that in its copies.
        if (!row.IsOwn)
            files = row is { BeforeShown: { } before, AfterShown: { } after } ? [(IssuePhotos.Before, before), (IssuePhotos.After, after)] : [];
        var points = row.IsOwn ? await connection.QuerySingleAsync<TrackedPoints>(new CommandDefinition(PointsSql, new { row.Id }, cancellationToken: cancel)) : null;
        var until = row.State == "writtenOff" ? row.ClosedAt?.AddDays(IssueTransitions.ReopenDays) : null;
        return new TrackedIssue(
            row.Number, row.Category, row.State, row.ReportedAt, row.DueAt, row.DueCertain, row.Overdue, row.IsPaused, row.GridName,
            [.. steps.Select(step => new TrackedStep(step.At, step.Transition, step.To, row.IsOwn && step.Transition is "reject" or "reopen" ? step.Note : null))],
            await PhotosAsync(files, IssuePhotos.Before), await PhotosAsync(files, IssuePhotos.After),
            row.IsOwn, row.IsOwn && until > DateTime.UtcNow, until, row.Satisfaction, points);
    }

    /// <summary>Writes down what the reporter thinks; said again, the later word counts.</summary>
    /// <exception cref="ProblemException">400; 404; 409 when it is not written off.</exception>
    public async Task RateAsync(Caller caller, byte[] track, SatisfactionBody body, CancellationToken cancel)
    {
        if (body.Score is not (>= 1 and <= 5))
            throw new ProblemException(Problem.Bad("score", "bad_score", "score is 1 to 5."));
        var note = InputText.Clean(body.Note, "note", MaxNote);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var found = await connection.QuerySingleOrDefaultAsync<(string Number, string State, long? Grid)?>(
            "select number, state, grid_id from issue where track_hash = @track for update", new { track }, transaction) ?? throw Unknown();
        if (found.State != "writtenOff")
            throw new ProblemException(Problem.Conflict("not_written_off", "It can be judged when it is written off."));
        await connection.ExecuteAsync("update issue set satisfaction = @Score, satisfaction_note = @note where track_hash = @track", new { body.Score, note, track }, transaction);
        await AuditLog.AddAsync(transaction, caller with { Address = "" }, new AuditEntry("issue.rate", "issue", found.Number, found.Grid, After: new { body.Score }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>A link of one's own to an issue that somebody else reported.</summary>
    /// <exception cref="ProblemException">404: there is none, or the map is closed and it lies beyond the caller's grids.</exception>
    public async Task<FollowReceipt> FollowAsync(Caller caller, string number, CancellationToken cancel)
    {
        var word = TrackLink.NewWord();
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.ExecuteAsync(new CommandDefinition(
            "insert into issue_follower (track_hash, issue_id) select @track, id from issue where number = @number and (@visible::bigint[] is null or grid_id in (select reach(@visible)))",
            new { track = TrackLink.Hash(word), number, visible = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel));
        return rows > 0 ? new FollowReceipt(number, TrackLink.PathOf(word)) : throw IssueEndpoints.Unknown(number);
    }

    private async Task<IReadOnlyList<SignedPhoto>> PhotosAsync(List<(string Kind, string File)> files, string kind)
    {
        var photos = new List<SignedPhoto>();
        foreach (var (_, file) in files.Where(file => file.Kind == kind))
            photos.Add(await links.SignAsync(file));
        return photos;
    }

    private sealed record Row(
        long Id, string Number, string Category, string State, DateTime ReportedAt, DateTime DueAt, bool DueCertain, bool Overdue, bool IsPaused, DateTime? ClosedAt, short? Satisfaction,
        string? GridName, bool IsOwn, string? BeforeShown, string? AfterShown);
}
