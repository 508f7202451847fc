using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Calendars;
using GridMap.Api.Callers;
using GridMap.Api.Categories;
using GridMap.Api.Duties;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>Stores reports: assigned by spatial query, logged, announced and answered in one transaction. Thread safe.</summary>
internal sealed class IssueIntake(
    Database database, PhotoStore photos, SnapshotProvider snapshots, PublicNames names, WorkingTimes times, CategoryLimits limits, IOptions<GridMapOptions> settings, TimeProvider clock)
{
    private const string InsertSql =
        """
        insert into issue (number, category, description, contact, point, accuracy, due_at, due_certain, limit_value, limit_unit, severity, grid_id, assigned_generation, source, qr_grid, track_hash)
        select to_char(now() at time zone @zone, 'YYMMDD') || '-' || lpad(n::text, greatest(5, length(n::text)), '0'),
               @Category, @Description, @Contact, @point, @Accuracy, @due, @certain, @value, @unit, @severity, @grid, @generation, @Source,
               (select grid_id from grid_code where code = @Qr), @track
        from nextval('issue_number') as n
        returning id, number, reported_at
        """;

    private const string EventSql =
        """
        insert into issue_event (issue_id, transition, from_state, to_state, by_name, person_id, account_id)
        values (@id, 'report', null, 'reported', @Who, @PersonId, @AccountId) returning id
        """;

    /// <summary>Stores one report, once for each caller's key.</summary>
    /// <exception cref="ProblemException">400, 409 or 422: nothing was stored.</exception>
    public async Task<IssueReceipt> StoreAsync(IssueReport report, Caller caller, string? key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var once = key is null ? null : new IdempotencyKey(caller.Key, key, report.Hash());
        if (once is not null && await once.FindAsync<IssueReceipt>(transaction) is { } before)
            return before;
        var receipt = await InsertAsync(transaction, report, caller, cancel);
        if (once is not null)
            await once.KeepAsync(transaction, StatusCodes.Status201Created, receipt);
        // A caller who hangs up now does not undo what may be stored already.
        await transaction.CommitAsync(CancellationToken.None);
        return receipt;
    }

    /// <summary>The same inside a transaction that holds the publication lock.</summary>
    internal async Task<IssueReceipt> InsertAsync(NpgsqlTransaction transaction, IssueReport report, Caller caller, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var point = Lattice.Factory.CreatePoint(new Coordinate(report.Point.Lon, report.Point.Lat));
        var assignment = await IssueAssignment.FindAsync(transaction, point, cancel);
        var grid = assignment.Deepest;
        var time = await times.LoadAsync(connection, transaction);
        var now = await connection.ExecuteScalarAsync<DateTime>("select now()", transaction: transaction);
        var limit = await limits.FindAsync(transaction, new LimitQuestion(report.Category, report.Severity, grid?.Id, assignment.Generation, now));
        var due = time.Due(now, limit);
        var word = TrackLink.NewWord();
        var issue = await connection.QuerySingleAsync<(long Id, string Number, DateTime ReportedAt)>(
            InsertSql,
            new
            {
                report.Category,
                report.Description,
                report.Contact,
                point,
                report.Accuracy,
                due = due.At.UtcDateTime,
                certain = due.IsCertain,
                value = limit.Value,
                unit = limit.UnitWord,
                severity = IssueForm.Wire(report.Severity),
                grid = grid?.Id,
                generation = assignment.Generation,
                zone = settings.Value.TimeZone,
                report.Source,
                report.Qr,
                track = TrackLink.Hash(word),
            },
            transaction);
        await connection.ExecuteAsync(
            "insert into issue_due (issue_id, due_at, certain, why) values (@Id, @due, @certain, 'report')", new { issue.Id, due = due.At.UtcDateTime, certain = due.IsCertain }, transaction);
        var logged = await connection.ExecuteScalarAsync<long>(EventSql, new { id = issue.Id, caller.Who, caller.PersonId, caller.AccountId }, transaction);
        await IssuePhotos.AddAsync(transaction, photos, issue.Id, logged, IssuePhotos.Before, report.Photos, cancel);
        await EventOutbox.AddAsync(transaction, EventOutbox.Issue, new IssueNotice(
            issue.Number, "reported", report.Category, "report", grid?.Code, [.. assignment.Chain.Select(link => link.Id)],
            IssueNotice.PublicPosition(report.Point), issue.ReportedAt), grid?.Id);
        await IssueTelling.AnswerableAsync(transaction, [.. assignment.Chain.Reverse().Select(link => link.Id)], "issue.reported", issue.Number, report.Category);

        // An address is a reporter's too, and the audit cannot be erased.
        await AuditLog.AddAsync(transaction, caller.Kind == CallerKind.Public ? caller with { Address = "" } : caller, new AuditEntry(
            "issue.report", "issue", issue.Number, grid?.Id, After: new { state = "reported", report.Category, grid?.Code }));
        return new IssueReceipt(
            issue.Number, "reported", assignment.Generation, grid is not null, assignment.Chain, Responsible(assignment), due.At, TrackLink.PathOf(word), due.IsCertain,
            report.Qr is null || assignment.Chain.Any(link => link.Code == report.Qr));
    }

    /// <summary>The people of the innermost grid of the chain that has somebody.</summary>
    private IReadOnlyList<Responsible> Responsible(IssueAssignment assignment)
    {
        var snapshot = snapshots.Current;
        var now = clock.GetUtcNow();
        return assignment.Chain.Reverse()
            .Select(link => snapshot.ById(link.Id) is { } grid ? names.Of(grid, now) : [])
            .FirstOrDefault(people => people.Count > 0) ?? [];
    }
}
