using Dapper;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>What a zone did on a day.</summary>
public sealed record NewWorkLog(
    string? Grid, DateOnly? Day, IReadOnlyList<NewWorkLogEntry>? Entries, int? HeadCount, string? By, string? Note, long? Corrects);

/// <summary>One item's quantity; negative only in a correction.</summary>
public sealed record NewWorkLogEntry(string? Item, decimal Quantity);

/// <summary>The entries that were made.</summary>
public sealed record WorkLogReceipt(IReadOnlyList<long> Ids, DateTimeOffset RecordedAt);

/// <summary>A day whose figures are frozen.</summary>
public sealed record FreezeBody(DateOnly? Day);

/// <summary>The work log (日报) of a campaign: append-only.</summary>
internal static class WorkLog
{
    private const string InsertSql =
        """
        insert into work_log (campaign_id, grid_id, item, day, quantity, by_name, note, corrects)
        values (@id, @grid, @item, @day, @quantity, @by, @note, @corrects)
        returning id
        """;

    private const string ListSql =
        """
        select w.id, v.code as grid, w.day, w.item, w.quantity, w.recorded_at, w.note, w.corrects
        from work_log w
        join campaign c on c.id = w.campaign_id
        join grid_version v on v.grid_id = w.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where w.campaign_id = @id and (@grid::text is null or v.code = @grid) and (@day::date is null or w.day = @day) and w.id < @before
        order by w.id desc
        limit @most
        """;

    public static async Task<Ok<Page<WorkLogItem>>> ListAsync(
        Database database, CampaignStore campaigns, long id, string? grid, DateOnly? day, int? limit, string? cursor, CancellationToken cancel)
    {
        await campaigns.FindAsync(id, cancel);
        var count = Paging.Limit(limit);
        var before = Paging.Key(cursor, 1) is [var key] && long.TryParse(key, out var last) ? last : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Id, string Grid, DateOnly Day, string Item, decimal Quantity, DateTime At, string Note, long? Corrects)>(
            new CommandDefinition(ListSql, new { id, grid, day, before, most = count + 1 }, cancellationToken: cancel));
        var items = rows.Select(row => new WorkLogItem(row.Id, row.Grid, row.Day, row.Item, row.Quantity, row.At, row.Note, row.Corrects)).ToList();
        return TypedResults.Ok(Paging.Cut(items, count, item => [item.Id.ToString()]));
    }

    public static async Task<Created<WorkLogReceipt>> AddAsync(
        Database database, CampaignBooks books, CampaignStore campaigns, TimeProvider clock, long id, NewWorkLog body, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, asKnownNow: false, cancel);
        var (grid, day, entries, by) = Check(book, campaigns.Today, body);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var ids = new List<long>();
        foreach (var entry in entries)
        {
            ids.Add(await connection.ExecuteScalarAsync<long>(
                InsertSql,
                new { id, grid = grid.Id, item = entry.Item, day, quantity = entry.Quantity, by, note = body.Note ?? "", corrects = body.Corrects },
                transaction));
        }

        if (body.HeadCount is { } people)
        {
            await connection.ExecuteAsync(
                "insert into head_count (campaign_id, grid_id, day, people) values (@id, @grid, @day, @people)",
                new { id, grid = grid.Id, day, people }, transaction);
        }

        await BumpAsync(transaction, id);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new
        {
            campaign = id,
            gridIds = book.Ancestors(grid).Reverse().Select(one => one.Id).ToArray(),
            code = grid.Code,
            day,
        });
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Created($"/api/v1/campaigns/{id}/worklog", new WorkLogReceipt(ids, clock.GetUtcNow()));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> FreezeAsync(
        Database database, CampaignStore campaigns, long id, FreezeBody body, CancellationToken cancel)
    {
        var (campaign, _) = await campaigns.FindAsync(id, cancel);
        if (body.Day is not { } day || day < campaign.From || day > campaign.To || day > campaigns.Today)
        {
            return Problem.Bad("day", "bad_day", "day is a day of the campaign, not in the future.").ToResult();
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var added = await connection.ExecuteAsync(
            "insert into frozen_day (campaign_id, day) values (@id, @day) on conflict do nothing", new { id, day }, transaction);
        if (added == 0)
        {
            return Problem.Conflict("already_frozen", $"{day:yyyy-MM-dd} is frozen already; what was frozen stays.").ToResult();
        }

        await BumpAsync(transaction, id);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new { campaign = id, gridIds = Array.Empty<long>(), day });
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>Tells every process that its figures of the campaign are old.</summary>
    internal static Task BumpAsync(NpgsqlTransaction transaction, long id) =>
        transaction.Connection!.ExecuteAsync("update campaign set revision = revision + 1 where id = @id", new { id }, transaction);

    private static (CampaignGrid Grid, DateOnly Day, IReadOnlyList<NewWorkLogEntry> Entries, string By) Check(
        CampaignBook book, DateOnly today, NewWorkLog body)
    {
        var grid = body.Grid is null ? null : book.ByCode(body.Grid);
        if (grid is null)
        {
            throw new ProblemException(Problem.Bad("grid", "bad_grid", "grid is the code of a zone of this campaign, or of a grid round zones."));
        }

        if (body.Day is not { } day || day < book.Campaign.From || day > book.Campaign.To || day > today)
        {
            throw new ProblemException(Problem.Bad("day", "bad_day", "day is a day of the campaign, not in the future."));
        }

        if (body.Entries is not { Count: > 0 } entries)
        {
            throw new ProblemException(Problem.Bad("entries", "bad_entries", "Give at least one entry {item, quantity}."));
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (book.Items.All(item => item.Code != entry.Item))
            {
                throw new ProblemException(Problem.Bad($"entries[{i}].item", "bad_item", $"There is no item {entry.Item} in this campaign."));
            }

            if (decimal.Round(entry.Quantity, 3) != entry.Quantity || Math.Abs(entry.Quantity) >= 100_000_000_000m)
            {
                throw new ProblemException(Problem.Bad($"entries[{i}].quantity", "bad_quantity", "A quantity has at most 3 decimals and 11 digits before them."));
            }

            if (entry.Quantity < 0 && body.Corrects is null)
            {
                throw new ProblemException(Problem.Bad(
                    $"entries[{i}].quantity", "bad_quantity", "Only a correction may be negative: name in `corrects` the entry that it corrects."));
            }
        }

        if (body.HeadCount < 0)
        {
            throw new ProblemException(Problem.Bad("headCount", "bad_head_count", "headCount is 0 or more."));
        }

        var by = (body.By ?? "").Trim();
        return by.Length is > 0 and <= 100
            ? (grid, day, entries, by)
            : throw new ProblemException(Problem.Bad("by", "bad_by", "Say in `by` who did this (1 to 100 characters)."));
    }
}
