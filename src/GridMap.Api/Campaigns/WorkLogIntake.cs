using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>The entries that were made.</summary>
public sealed record WorkLogReceipt(IReadOnlyList<long> Ids, DateTimeOffset RecordedAt);

/// <summary>Takes what is sent for the work log (日报) of a campaign: append-only, once by its key, photos with it. Thread safe.</summary>
internal sealed class WorkLogIntake(
    Database database, CampaignBooks books, CampaignStore campaigns, SnapshotProvider snapshots, PhotoWorkshop workshop, PhotoStore store, TimeProvider clock)
{
    private const string InsertSql =
        """
        insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name, by_role, note, corrects, person_id, account_id)
        values (@id, @grid, @item, @day, @quantity, @now, @by, @role, @note, @corrects, @PersonId, @AccountId)
        returning id
        """;

    private const string InsertPeopleSql =
        """
        insert into head_count (campaign_id, grid_id, day, people, recorded_at, corrects)
        values (@id, @grid, @day, @people, @now, @corrects)
        """;

    private const string CorrectedSql =
        """
        select w.grid_id, w.item, w.day, w.corrects is not null,
               w.quantity + coalesce((select sum(c.quantity) from work_log c where c.corrects = w.id), 0),
               coalesce((select sum(h.people) from head_count h where h.campaign_id = w.campaign_id and h.grid_id = w.grid_id and h.day = @day), 0)::int
        from work_log w
        where w.id = @corrects and w.campaign_id = @id
        """;

    /// <summary>Stores a log.</summary>
    /// <exception cref="ProblemException">400, 413, 415: what is wrong with it. 403: the grid is out of reach. 404: no such campaign. 409, 422: its key.</exception>
    public async Task<WorkLogReceipt> AddAsync(HttpContext context, Caller caller, long id, string? idempotencyKey, CancellationToken cancel)
    {
        var sent = await WorkLogSending.ReadAsync(context, cancel);
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var form = WorkLogForm.Read(campaign, grids, campaigns.Today, sent.Log, caller);
        var photos = await sent.PhotosAsync(workshop, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var once = idempotencyKey is null ? null : new IdempotencyKey(caller.Key, idempotencyKey, Hash(id, sent.Log, photos));
        if (once is not null && await once.FindAsync<WorkLogReceipt>(transaction) is { } before)
        {
            return before;
        }

        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.LogWork), form.Grid.Id, $"Grid {form.Grid.Code}");
        var now = await CampaignStore.MoveOnAsync(transaction, id);
        if (form.Corrects is { } corrects)
        {
            var item = await CheckCorrectionAsync(transaction, id, form, corrects);
            form = form.Entries is [] ? form with { Entries = [(item, 0)] } : form;
        }

        var role = RoleOf(snapshots.Current, form.Grid, caller.PersonId, form.By, clock.GetUtcNow());
        var receipt = new WorkLogReceipt(await InsertAsync(transaction, id, form, caller, role, now), now);
        await AddPhotosAsync(transaction, receipt.Ids[0], photos, cancel);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(
            id, [.. grids.Ancestors(form.Grid).Reverse().Select(grid => grid.Id)], form.Grid.Code, form.Day), form.Grid.Id);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "worklog.add", "campaign", id.ToString(), form.Grid.Id, After: new { receipt.Ids, form.Grid.Code, form.Day, form.By, form.Corrects, form.HeadCount, photos = photos.Count }));
        if (once is not null)
        {
            await once.KeepAsync(transaction, StatusCodes.Status201Created, receipt);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return receipt;
    }

    /// <summary>What two sendings of the same log have in common. Without photos as ever: a log that waited over a renewal is the same log.</summary>
    private static byte[] Hash(long id, NewWorkLog log, IReadOnlyList<Photo> photos) =>
        SHA256.HashData([.. JsonSerializer.SerializeToUtf8Bytes((id, log).ToTuple()), .. photos.SelectMany(photo => photo.SentHash)]);

    private async Task AddPhotosAsync(NpgsqlTransaction transaction, long entry, IReadOnlyList<Photo> photos, CancellationToken cancel)
    {
        foreach (var photo in photos)
        {
            var file = await store.SaveAsync(transaction, photo, cancel);
            await transaction.Connection!.ExecuteAsync(
                "insert into work_log_photo (entry_id, file, bytes) values (@entry, @file, @Length)", new { entry, file, photo.Bytes.Length }, transaction);
        }
    }

    private static async Task<IReadOnlyList<long>> InsertAsync(NpgsqlTransaction transaction, long id, WorkLogForm form, Caller caller, string? role, DateTime now)
    {
        var connection = transaction.Connection!;
        var ids = new List<long>();
        foreach (var (item, quantity) in form.Entries)
        {
            ids.Add(await connection.ExecuteScalarAsync<long>(
                InsertSql,
                new { id, grid = form.Grid.Id, item, form.Day, quantity, now, form.By, role, form.Note, form.Corrects, caller.PersonId, caller.AccountId },
                transaction));
        }

        if (form.HeadCount is { } people)
        {
            await connection.ExecuteAsync(InsertPeopleSql, new { id, grid = form.Grid.Id, form.Day, people, now, form.Corrects }, transaction);
        }

        return ids;
    }

    /// <summary>The campaign is locked: nobody else corrects the same entry meanwhile.</summary>
    /// <returns>The item that is corrected.</returns>
    private static async Task<string> CheckCorrectionAsync(NpgsqlTransaction transaction, long id, WorkLogForm form, long corrects)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<(long Grid, string Item, DateOnly Day, bool IsCorrection, decimal Left, int People)?>(
            CorrectedSql, new { id, corrects, form.Day }, transaction);
        if (row is not { IsCorrection: false } corrected)
        {
            throw Bad("corrects", "bad_corrects", $"{corrects} is no entry of this campaign, or a correction itself; name the entry that was wrong.");
        }

        if (corrected.Grid != form.Grid.Id || form.Entries.Any(entry => entry.Item != corrected.Item) || form.Day < corrected.Day)
        {
            throw Bad(
                "corrects", "bad_corrects",
                $"Entry {corrects} is about {corrected.Item} on {corrected.Day:yyyy-MM-dd}; a correction is about the same grid and item, on that day or later.");
        }

        if (corrected.Left + form.Entries.Sum(entry => entry.Quantity) < 0)
        {
            throw Bad("entries[0].quantity", "bad_quantity", $"Entry {corrects} has {corrected.Left} left; a correction cannot take more away.");
        }

        if (corrected.People + (form.HeadCount ?? 0) < 0)
        {
            throw Bad("headCount", "bad_head_count", $"{corrected.People} people were logged that day; a correction cannot take more away.");
        }

        return corrected.Item;
    }

    /// <summary>The duty that who is signed in, or else somebody of that name, has on the grid, or else on one round it; null when nobody there has the name.</summary>
    private static string? RoleOf(Snapshot snapshot, CampaignGrid grid, long? person, string name, DateTimeOffset now)
    {
        for (var at = snapshot.ById(grid.Id); at is not null; at = snapshot.Parent(at))
        {
            if (at.DutiesAt(now).FirstOrDefault(duty => person is null ? duty.PersonName == name : duty.PersonId == person) is { } duty)
            {
                return duty.Role;
            }
        }

        return null;
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
