using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace GridMap.Api.Resources;

/// <summary>What was used of a campaign's resources: append-only.</summary>
internal static class ResourceUses
{
    private const int MaxName = 100;
    private const int MaxNote = 500;

    private const string ListSql =
        """
        select u.id, v.code as grid, u.day, u.resource, u.quantity, u.recorded_at, u.corrects, u.by_name as "by", u.note
        from resource_use u
        join campaign c on c.id = u.campaign_id
        join grid_version v on v.grid_id = u.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where u.campaign_id = @id and (@inside::bigint[] is null or u.grid_id = any (@inside)) and (@before::bigint is null or u.id < @before)
          and (@visible::bigint[] is null or u.grid_id in (select reach(@visible)))
        order by u.id desc limit @most
        """;

    private const string InsertSql =
        """
        insert into resource_use (campaign_id, grid_id, resource, day, quantity, recorded_at, by_name, note, corrects, person_id, account_id)
        values (@id, @grid, @Resource, @Day, @Quantity, @now, @by, @note, @Corrects, @PersonId, @AccountId)
        returning id
        """;

    private const string CorrectedSql =
        """
        select u.grid_id, u.resource, u.corrects is not null, u.quantity + coalesce((select sum(c.quantity) from resource_use c where c.corrects = u.id), 0)
        from resource_use u where u.id = @corrects and u.campaign_id = @id
        """;

    /// <summary>Entries, the newest first; for those who log there.</summary>
    public static async Task<Ok<Page<ResourceUseItem>>> ListAsync(
        Caller caller, Database database, CampaignBooks books, long id, string? grid, int? limit, string? cursor, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        var inside = grid is null ? null : grids.Inside(grids.Named(grid)).Select(one => one.Id).ToArray();
        var count = Paging.Limit(limit);
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : (long?)null;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { id, inside, before, visible = caller.ReachOf(Permission.LogWork).Roots, most = count + 1 }, cancellationToken: cancel));
        return TypedResults.Ok(Paging.Cut(
            [.. rows.Select(row => new ResourceUseItem(row.Id, row.Grid, row.Day, row.Resource, row.Quantity, row.RecordedAt, row.Corrects, row.By, row.Note))], count, row => [row.Id.ToString()]));
    }

    /// <summary>Adds an entry.</summary>
    public static async Task<Created<ResourceUseReceipt>> AddAsync(
        Caller caller, Database database, CampaignBooks books, CampaignStore campaigns, long id, NewResourceUse body,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var grid = grids.Named(body.Grid);
        if (body.Day is not { } day || day < campaign.From || day > campaign.To || day > campaigns.Today)
            throw Bad("day", "bad_day", $"day is a day of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}, not in the future.");
        if (body.Quantity is not { } quantity || !Quantities.Fit(quantity) || (quantity < 0 && body.Corrects is null))
            throw Bad("quantity", "bad_quantity", $"quantity is a number with at most 3 decimals, below {Quantities.Limit}; only a correction, which names in `corrects` what it corrects, may be negative.");
        var (by, note) = (caller.ByName(body.By, MaxName), InputText.Clean(body.Note, "note", MaxNote));

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var once = idempotencyKey is null ? null : new IdempotencyKey(caller.Key, idempotencyKey, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((id, body).ToTuple())));
        if (once is not null && await once.FindAsync<ResourceUseReceipt>(transaction) is { } earlier)
            return Made(id, earlier);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.LogWork), grid.Id, $"Grid {grid.Code}");
        var now = await CampaignStore.MoveOnAsync(transaction, id);
        var kinds = await ResourceTables.KindsAsync(connection, id, transaction);
        if (kinds.TrueForAll(kind => kind.Code != body.Resource))
            throw Bad("resource", "bad_resource", $"resource is one of {string.Join(", ", kinds.Select(kind => kind.Code))}.");
        if (body.Corrects is { } corrects)
            await CheckCorrectionAsync(transaction, id, grid, body, corrects);
        var receipt = new ResourceUseReceipt(
            await connection.ExecuteScalarAsync<long>(
                InsertSql, new { id, grid = grid.Id, body.Resource, body.Day, body.Quantity, now, by, note, body.Corrects, caller.PersonId, caller.AccountId }, transaction),
            now);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "resources.use", "campaign", id.ToString(), grid.Id, After: new { receipt.Id, grid.Code, body.Day, body.Resource, body.Quantity, body.Corrects }));
        if (once is not null)
            await once.KeepAsync(transaction, StatusCodes.Status201Created, receipt);
        await transaction.CommitAsync(CancellationToken.None);
        return Made(id, receipt);
    }

    // The campaign is held: nobody else corrects the same entry meanwhile.
    private static async Task CheckCorrectionAsync(NpgsqlTransaction transaction, long id, CampaignGrid grid, NewResourceUse body, long corrects)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<(long Grid, string Resource, bool IsCorrection, decimal Left)?>(CorrectedSql, new { id, corrects }, transaction);
        if (row is not { IsCorrection: false } entry || entry.Grid != grid.Id || entry.Resource != body.Resource)
            throw Bad("corrects", "bad_corrects", $"{corrects} is no entry of this grid and resource, or a correction itself; name the entry that was wrong.");
        if (entry.Left + body.Quantity < 0)
            throw Bad("quantity", "bad_quantity", $"Entry {corrects} has {entry.Left} left; a correction cannot take more away.");
    }

    private static Created<ResourceUseReceipt> Made(long id, ResourceUseReceipt receipt) => TypedResults.Created($"/api/v1/campaigns/{id}/resources/uses", receipt);

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));

    private sealed record Row(long Id, string Grid, DateOnly Day, string Resource, decimal Quantity, DateTime RecordedAt, long? Corrects, string By, string Note);
}
