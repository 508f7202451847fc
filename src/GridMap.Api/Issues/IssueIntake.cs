using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Issues.Photos;
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
    Database database, PhotoStore photos, SnapshotProvider snapshots, PublicNames names, IOptions<GridMapOptions> settings, TimeProvider clock)
{
    private const string InsertSql =
        """
        insert into issue (number, category, description, contact, point, accuracy, due_at, grid_id, assigned_generation)
        select to_char(now() at time zone @zone, 'YYMMDD') || '-' || lpad(n::text, greatest(5, length(n::text)), '0'),
               c.code, @description, @contact, @point, @accuracy,
               now() + c.limit_value::float8 * case c.limit_unit when 'workdays' then interval '1 day' else interval '1 hour' end,
               @grid, @generation
        from category c, nextval('issue_number') as n where c.code = @category
        returning id, number, reported_at, due_at
        """;

    private const string EventSql =
        """
        insert into issue_event (issue_id, transition, from_state, to_state, by_name, person_id, account_id)
        values (@id, 'report', null, 'reported', @Who, @PersonId, @AccountId) returning id
        """;

    private const string PhotoSql =
        """
        insert into issue_photo (issue_id, event_id, kind, file, media_type, bytes)
        values (@issue, @logged, 'before', @file, @MediaType, @Length)
        """;

    /// <summary>Stores one report, once for each caller's key.</summary>
    /// <exception cref="ProblemException">400, 409 or 422: nothing was stored.</exception>
    public async Task<IssueReceipt> StoreAsync(IssueReport report, Caller caller, string? key, CancellationToken cancel)
    {
        var files = new List<string>();
        var sent = false;
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await PublicationLock.ShareAsync(transaction);
            var once = key is null ? null : new IdempotencyKey(caller.Key, key, report.Hash());
            if (once is not null && await once.FindAsync<IssueReceipt>(transaction) is { } before)
            {
                return before;
            }

            foreach (var photo in report.Photos)
            {
                files.Add(await photos.SaveAsync(photo, cancel));
            }

            var receipt = await InsertAsync(transaction, report, caller, files, cancel);
            if (once is not null)
            {
                await once.KeepAsync(transaction, StatusCodes.Status201Created, receipt);
            }

            // From here on the report may be stored, even if the answer to the commit is lost: its photos stay, and a caller who
            // hangs up does not undo it.
            sent = true;
            await transaction.CommitAsync(CancellationToken.None);
            return receipt;
        }
        finally
        {
            if (!sent)
            {
                photos.Discard(files);
            }
        }
    }

    private async Task<IssueReceipt> InsertAsync(
        NpgsqlTransaction transaction, IssueReport report, Caller caller, List<string> files, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var point = Lattice.Factory.CreatePoint(new Coordinate(report.Point.Lon, report.Point.Lat));
        var assignment = await IssueAssignment.FindAsync(transaction, point, cancel);
        var grid = assignment.Deepest;
        var row = await connection.QuerySingleOrDefaultAsync<(long Id, string Number, DateTime ReportedAt, DateTime DueAt)?>(
            InsertSql,
            new
            {
                report.Category,
                report.Description,
                report.Contact,
                point,
                report.Accuracy,
                grid = grid?.Id,
                generation = assignment.Generation,
                zone = settings.Value.TimeZone,
            },
            transaction);
        if (row is not { } issue)
        {
            throw new ProblemException(Problem.Bad(
                "category", "bad_category", $"There is no category {report.Category}; /api/v1/categories lists them."));
        }

        var logged = await connection.ExecuteScalarAsync<long>(EventSql, new { id = issue.Id, caller.Who, caller.PersonId, caller.AccountId }, transaction);
        for (var i = 0; i < files.Count; i++)
        {
            var photo = report.Photos[i];
            await connection.ExecuteAsync(
                PhotoSql, new { issue = issue.Id, logged, file = files[i], photo.MediaType, photo.Bytes.Length }, transaction);
        }

        await EventOutbox.AddAsync(transaction, EventOutbox.Issue, new IssueNotice(
            issue.Number, "reported", report.Category, "report", grid?.Code, [.. assignment.Chain.Select(link => link.Id)],
            IssueNotice.PublicPosition(report.Point), issue.ReportedAt), grid?.Id);

        // An address is a reporter's too, and the audit cannot be erased.
        await AuditLog.AddAsync(transaction, caller.Kind == CallerKind.Public ? caller with { Address = "" } : caller, new AuditEntry(
            "issue.report", "issue", issue.Number, grid?.Id, After: new { state = "reported", report.Category, grid?.Code }));
        return new IssueReceipt(
            issue.Number, "reported", assignment.Generation, grid is not null, assignment.Chain, Responsible(assignment), issue.DueAt);
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
