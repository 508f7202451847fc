using System.Globalization;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Issues.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Boards;

/// <summary>A pair of before and after that the office shows to the public.</summary>
/// <param name="Number">The issue's number.</param>
/// <param name="Category">Its category.</param>
/// <param name="GridName">Where it lies; null outside.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="ClosedAt">When it was written off; null when it was opened again.</param>
/// <param name="Before">How it was.</param>
/// <param name="After">How it is now.</param>
public sealed record Exposure(
    string Number, string Category, string? GridName, DateTimeOffset ReportedAt, DateTimeOffset? ClosedAt, IReadOnlyList<TrackedPhoto> Before, IReadOnlyList<TrackedPhoto> After);

/// <summary>Whether an issue is shown to the public with its photos.</summary>
/// <param name="Exposed">True shows it, false takes it back.</param>
public sealed record ExposureBody(bool? Exposed);

/// <summary>The exposure board (曝光台): before and after, as the office chooses. Thread safe.</summary>
internal sealed class Exposures(Database database, PhotoLinks links)
{
    private const string ListSql =
        """
        select i.id, i.number, i.category, v.name as grid_name, i.reported_at, i.closed_at, i.exposed_at
        from issue i
        left join lateral (
            select name from grid_version v where v.grid_id = i.grid_id
            and v.from_generation <= i.assigned_generation and (v.to_generation is null or v.to_generation > i.assigned_generation)
        ) v on true
        where i.exposed_at is not null and (@before::timestamptz is null or (i.exposed_at, i.id) < (@before, @beforeId))
          and (@visible::bigint[] is null or i.grid_id in (select reach(@visible)))
        order by i.exposed_at desc, i.id desc limit @most
        """;

    /// <summary>What is shown, chosen last first.</summary>
    public async Task<Page<Exposure>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancel)
    {
        var (before, beforeId) = Paging.Key(cursor, 2) switch
        {
            null => ((DateTime?)null, (long?)null),
            [var time, var id] when DateTimeOffset.TryParseExact(time, "O", null, DateTimeStyles.None, out var at) && long.TryParse(id, out var number) => (at.UtcDateTime, number),
            _ => throw Paging.BadCursor(),
        };
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { before, beforeId, most = limit + 1, visible = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel))).ToList();
        var page = Paging.Cut(rows, limit, row => [row.ExposedAt.ToString("O"), row.Id.ToString(CultureInfo.InvariantCulture)]);
        var files = (await connection.QueryAsync<(long Issue, string Kind, string File)>(new CommandDefinition(
            "select issue_id, kind, file from issue_photo where issue_id = any(@ids) order by id", new { ids = page.Items.Select(row => row.Id).ToArray() }, cancellationToken: cancel)))
            .ToLookup(file => (file.Issue, file.Kind), file => file.File);
        var items = new List<Exposure>();
        foreach (var row in page.Items)
        {
            items.Add(new Exposure(
                row.Number, row.Category, row.GridName, row.ReportedAt, row.ClosedAt,
                await SignedAsync(files[(row.Id, IssuePhotos.Before)]), await SignedAsync(files[(row.Id, IssuePhotos.After)])));
        }

        return new Page<Exposure>(items, page.Next);
    }

    /// <summary>Shows an issue, or takes it back.</summary>
    /// <exception cref="ProblemException">400, 403, 404; 409 when it has no photos of before and after.</exception>
    public async Task SetAsync(Caller caller, string number, ExposureBody body, CancellationToken cancel)
    {
        var exposed = body.Exposed ?? throw new ProblemException(Problem.Bad("exposed", "exposed_required", "exposed is true or false."));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<(long Id, long? Grid, bool IsPair)?>(
            """
            select id, grid_id, exists (select from issue_photo p where p.issue_id = i.id and p.kind = 'before') and exists (select from issue_photo p where p.issue_id = i.id and p.kind = 'after')
            from issue i where number = @number for update
            """,
            new { number }, transaction) ?? throw IssueEndpoints.Unknown(number);
        if (!await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.SeeMap), row.Grid))
            throw IssueEndpoints.Hidden(number);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.DirectIssues), row.Grid, $"Issue {number}");
        if (exposed && !row.IsPair)
            throw new ProblemException(Problem.Conflict("no_pair", "Only what has a photo of before and one of after can be shown."));
        await connection.ExecuteAsync("update issue set exposed_at = case when @exposed then coalesce(exposed_at, now()) end where id = @Id", new { exposed, row.Id }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("issue.expose", "issue", number, row.Grid, After: new { exposed }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task<IReadOnlyList<TrackedPhoto>> SignedAsync(IEnumerable<string> files)
    {
        var photos = new List<TrackedPhoto>();
        foreach (var file in files)
            photos.Add(new TrackedPhoto(await links.SignAsync(file, small: false), await links.SignAsync(file, small: true)));
        return photos;
    }

    private sealed record Row(long Id, string Number, string Category, string? GridName, DateTime ReportedAt, DateTime? ClosedAt, DateTime ExposedAt);
}
