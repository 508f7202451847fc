using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Boards;

/// <summary>
/// What the office shows of an issue: one photo of before and one of after, each as a copy with what is covered burnt in. The photos themselves stay with
/// who handles issues; a copy that is not shown any more is taken away at once, so that its address, signed for some hours, leads nowhere. Thread safe.
/// </summary>
internal sealed class ExposureChoices(Database database, PhotoStore store, PhotoWorkshop workshop, PhotoLinks links, TimeProvider clock)
{
    private const string Sql =
        """
        select i.id, i.grid_id as grid, i.exposed_at, e.version, e.before_photo, b.file as before_file, e.before_boxes::text, e.before_shown,
               e.after_photo, a.file as after_file, e.after_boxes::text, e.after_shown, e.chosen_at, e.chosen_by
        from issue i
        left join issue_exposure e on e.issue_id = i.id
        left join issue_photo b on b.id = e.before_photo
        left join issue_photo a on a.id = e.after_photo
        where i.number = @number
        """;

    private const string StoreSql =
        """
        insert into issue_exposure as e (issue_id, before_photo, before_boxes, before_shown, after_photo, after_boxes, after_shown, chosen_by)
        values (@Id, @beforePhoto, @beforeBoxes::jsonb, @beforeShown, @afterPhoto, @afterBoxes::jsonb, @afterShown, @Who)
        on conflict (issue_id) do update set version = e.version + 1, before_photo = @beforePhoto, before_boxes = @beforeBoxes::jsonb, before_shown = @beforeShown,
            after_photo = @afterPhoto, after_boxes = @afterBoxes::jsonb, after_shown = @afterShown, chosen_at = now(), chosen_by = @Who
        """;

    /// <summary>What was chosen.</summary>
    /// <exception cref="ProblemException">403, 404.</exception>
    public async Task<IssueExposure> FindAsync(Caller caller, string number, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await RowAsync(transaction, caller, number, isLocked: false);
        if (row.Version is null)
            return new IssueExposure(null, row.ExposedAt, null, null, null, null);
        return new IssueExposure(
            row.Version, row.ExposedAt,
            new ExposedPhoto(row.BeforeFile!, Boxes(row.BeforeBoxes), row.BeforeShown is null ? null : await links.SignAsync(row.BeforeShown)),
            new ExposedPhoto(row.AfterFile!, Boxes(row.AfterBoxes), row.AfterShown is null ? null : await links.SignAsync(row.AfterShown)),
            row.ChosenAt, row.ChosenBy);
    }

    /// <summary>Shows an issue, or takes it back.</summary>
    /// <exception cref="ProblemException">400, 403, 404; 409 when it has no photos of before and after; 412 when somebody chose otherwise meanwhile.</exception>
    public async Task SetAsync(Caller caller, string number, ExposureBody body, CancellationToken cancel)
    {
        var exposed = body.Exposed ?? throw new ProblemException(Problem.Bad("exposed", "exposed_required", "exposed is true or false."));
        if (body.Before is null != body.After is null)
            throw new ProblemException(Problem.Bad(body.Before is null ? "before" : "after", "pair_required", "Choose both, a photo of before and one of after."));
        (Side, Side)? sides = exposed ? await DrawAsync(caller, number, body, cancel) : null;
        var gone = await StoreAsync(caller, number, body, sides, cancel);
        if (gone.Count > 0)
            await store.DropAsync(gone, clock.GetUtcNow(), CancellationToken.None);
    }

    // The pictures are made before anything is locked: it takes a second.
    private async Task<(Side Before, Side After)> DrawAsync(Caller caller, string number, ExposureBody body, CancellationToken cancel)
    {
        var chosen = (Before: PhotoBoxes.Check(body.Before?.Boxes, "before"), After: PhotoBoxes.Check(body.After?.Boxes, "after"));
        Row row;
        List<(long Id, string Kind, string File)> photos;
        await using (var connection = await database.OpenAsync(cancel))
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            row = await RowAsync(transaction, caller, number, isLocked: false);
            photos = [.. await connection.QueryAsync<(long Id, string Kind, string File)>("select id, kind, file from issue_photo where issue_id = @Id order by id", new { row.Id }, transaction)];
        }

        var before = photos.Where(photo => photo.Kind == IssuePhotos.Before).ToList();
        var after = photos.Where(photo => photo.Kind == IssuePhotos.After).ToList();
        if (before.Count == 0 || after.Count == 0)
            throw new ProblemException(Problem.Conflict("no_pair", "Only what has a photo of before and one of after can be shown."));
        if (body is { Before: { } first, After: { } second })
        {
            CheckVersion(row, body, number);
            return (await CoverAsync(Find(before, first.Photo, "before"), chosen.Before, cancel), await CoverAsync(Find(after, second.Photo, "after"), chosen.After, cancel));
        }

        return row.Version is null
            ? (await CoverAsync((before[0].Id, before[0].File), [], cancel), await CoverAsync((after[^1].Id, after[^1].File), [], cancel))
            : (await CoverAsync(Find(before, row.BeforeFile, "before"), Boxes(row.BeforeBoxes), cancel), await CoverAsync(Find(after, row.AfterFile, "after"), Boxes(row.AfterBoxes), cancel));
    }

    private async Task<Side> CoverAsync((long Id, string File) photo, IReadOnlyList<PhotoBox> boxes, CancellationToken cancel)
    {
        var path = store.PathOf(photo.File, small: false);
        if (!File.Exists(path))
            throw new ProblemException(Problem.NotFound("unknown_photo", $"The photo {photo.File} is not there any more."));
        return new Side(photo.Id, boxes, await workshop.CoverAsync(path, boxes, cancel));
    }

    /// <returns>Files that nobody is shown any more.</returns>
    private async Task<IReadOnlyCollection<string>> StoreAsync(Caller caller, string number, ExposureBody body, (Side Before, Side After)? sides, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await RowAsync(transaction, caller, number, isLocked: true);
        string?[] shown = [];
        if (sides is { } pair)
        {
            // Without a choice of its own it must not undo one that was made while the copies were.
            if (body.Before is not null || (row.Version is not null && !(pair.Before.Is(row.BeforePhoto, row.BeforeBoxes) && pair.After.Is(row.AfterPhoto, row.AfterBoxes))))
                CheckVersion(row, body, number);
            await CheckPhotosAsync(transaction, row.Id, pair);
            var (beforeShown, afterShown) = (await store.SaveAsync(transaction, pair.Before.Copy, cancel), await store.SaveAsync(transaction, pair.After.Copy, cancel));
            shown = [beforeShown, afterShown];
            await connection.ExecuteAsync(
                StoreSql,
                new
                {
                    row.Id,
                    caller.Who,
                    beforeShown,
                    afterShown,
                    beforePhoto = pair.Before.Photo,
                    afterPhoto = pair.After.Photo,
                    beforeBoxes = JsonSerializer.Serialize(pair.Before.Boxes, JsonSerializerOptions.Web),
                    afterBoxes = JsonSerializer.Serialize(pair.After.Boxes, JsonSerializerOptions.Web),
                },
                transaction);
        }
        else
        {
            await connection.ExecuteAsync("update issue_exposure set version = version + 1, before_shown = null, after_shown = null where issue_id = @Id and before_shown is not null", new { row.Id }, transaction);
        }

        await connection.ExecuteAsync("update issue set exposed_at = case when @exposed then coalesce(exposed_at, now()) end where id = @Id", new { exposed = sides is not null, row.Id }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "issue.expose", "issue", number, row.Grid, After: new { exposed = sides is not null, covered = sides is { } both ? (int?)(both.Before.Boxes.Count + both.After.Boxes.Count) : null }));
        await transaction.CommitAsync(CancellationToken.None);
        return [.. ((string?[])[row.BeforeShown, row.AfterShown]).OfType<string>().Except(shown.OfType<string>())];
    }

    private static async Task<Row> RowAsync(NpgsqlTransaction transaction, Caller caller, string number, bool isLocked)
    {
        var connection = transaction.Connection!;

        // Locked by a statement of its own: what waits within the join would see the issue as it is then, and the choice as it was before.
        if (isLocked)
            await connection.ExecuteAsync("select from issue where number = @number for update", new { number }, transaction);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(Sql, new { number }, transaction) ?? throw IssueEndpoints.Unknown(number);
        if (!await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.SeeMap), row.Grid))
            throw IssueEndpoints.Hidden(number);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.DirectIssues), row.Grid, $"Issue {number}");
        return row;
    }

    // The reporter may have been erased while the copies were made.
    private static async Task CheckPhotosAsync(NpgsqlTransaction transaction, long issue, (Side Before, Side After) pair)
    {
        var there = await transaction.Connection!.ExecuteScalarAsync<int>(
            "select count(*)::int from issue_photo where issue_id = @issue and id = any(@photos)", new { issue, photos = (long[])[pair.Before.Photo, pair.After.Photo] }, transaction);
        if (there < 2)
            throw new ProblemException(Problem.Conflict("no_pair", "A photo of the pair was taken away meanwhile."));
    }

    private static void CheckVersion(Row row, ExposureBody body, string number)
    {
        if (row.Version != body.Version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status412PreconditionFailed, "exposure_changed", $"What is shown of issue {number} is at version {row.Version ?? 0}, not {body.Version ?? 0}: look at it again.", "version"));
        }
    }

    private static (long Id, string File) Find(List<(long Id, string Kind, string File)> photos, string? file, string side)
    {
        var found = photos.Find(photo => photo.File == file);
        return found.File is null ? throw new ProblemException(Problem.Bad(side, "unknown_photo", $"{side}.photo is the last part of the address of one of the issue's photos of {side}.")) : (found.Id, found.File);
    }

    private static IReadOnlyList<PhotoBox> Boxes(string? json) => json is null ? [] : JsonSerializer.Deserialize<PhotoBox[]>(json, JsonSerializerOptions.Web) ?? [];

    private sealed record Side(long Photo, IReadOnlyList<PhotoBox> Boxes, Photo Copy)
    {
        public bool Is(long? photo, string? boxes) => photo == Photo && ExposureChoices.Boxes(boxes).SequenceEqual(Boxes);
    }

    private sealed record Row(
        long Id, long? Grid, DateTime? ExposedAt, int? Version, long? BeforePhoto, string? BeforeFile, string? BeforeBoxes, string? BeforeShown,
        long? AfterPhoto, string? AfterFile, string? AfterBoxes, string? AfterShown,
        DateTime? ChosenAt, string? ChosenBy);
}
