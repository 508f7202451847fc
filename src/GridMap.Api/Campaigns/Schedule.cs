using Dapper;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>What is planned of an item for a grid and week (Mondays); version 0 for one that is new.</summary>
public sealed record ScheduleEntry(string? Grid, string? Item, DateOnly Week, decimal Quantity, int Version);

/// <summary>The schedule (推进计划表) of a campaign.</summary>
internal static class Schedule
{
    private const string ListSql =
        """
        select v.code as grid, s.item, s.week, s.quantity, s.version
        from schedule_entry s
        join campaign c on c.id = s.campaign_id
        join grid_version v on v.grid_id = s.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where s.campaign_id = @id and (@grid::text is null or v.code = @grid) and (@week::date is null or s.week = @week)
          and (@afterGrid::text is null or (v.code, s.item, s.week) > (@afterGrid, @afterItem, @afterWeek::date))
        order by v.code, s.item, s.week
        limit @most
        """;

    private const string PutSql =
        """
        insert into schedule_entry (campaign_id, grid_id, item, week, quantity)
        select @id, @grid, @item, @week, @quantity where @version = 0
        on conflict do nothing
        returning version
        """;

    private const string UpdateSql =
        """
        update schedule_entry set quantity = @quantity, version = version + 1
        where campaign_id = @id and grid_id = @grid and item = @item and week = @week and version = @version
        returning version
        """;

    public static async Task<Ok<Page<ScheduleEntry>>> ListAsync(
        Database database, CampaignStore campaigns, long id, string? grid, DateOnly? week, int? limit, string? cursor, CancellationToken cancel)
    {
        await campaigns.FindAsync(id, cancel);
        var count = Paging.Limit(limit);
        var after = Paging.Key(cursor, 3);
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<ScheduleEntry>(new CommandDefinition(
            ListSql,
            new { id, grid, week, afterGrid = after?[0], afterItem = after?[1], afterWeek = after?[2], most = count + 1 },
            cancellationToken: cancel));
        return TypedResults.Ok(Paging.Cut([.. rows], count, row => [row.Grid!, row.Item!, row.Week.ToString("yyyy-MM-dd")]));
    }

    /// <summary>All entries or none: 409 names the first that somebody else has changed meanwhile.</summary>
    public static async Task<Ok<IReadOnlyList<ScheduleEntry>>> PutAsync(
        Database database, CampaignBooks books, long id, IReadOnlyList<ScheduleEntry> entries, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, asKnownNow: false, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stored = new List<ScheduleEntry>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            stored.Add(await StoreAsync(transaction, book, entries[i], i));
        }

        await WorkLog.BumpAsync(transaction, id);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new { campaign = id, gridIds = Array.Empty<long>() });
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok<IReadOnlyList<ScheduleEntry>>(stored);
    }

    private static async Task<ScheduleEntry> StoreAsync(NpgsqlTransaction transaction, CampaignBook book, ScheduleEntry entry, int i)
    {
        var grid = entry.Grid is null ? null : book.ByCode(entry.Grid);
        if (grid is null)
        {
            throw new ProblemException(Problem.Bad($"[{i}].grid", "bad_grid", $"{entry.Grid} is no grid of this campaign."));
        }

        if (book.Items.All(item => item.Code != entry.Item))
        {
            throw new ProblemException(Problem.Bad($"[{i}].item", "bad_item", $"There is no item {entry.Item} in this campaign."));
        }

        if (entry.Week.DayOfWeek != DayOfWeek.Monday)
        {
            throw new ProblemException(Problem.Bad($"[{i}].week", "bad_week", $"{entry.Week:yyyy-MM-dd} is no Monday; a week is named by its Monday."));
        }

        if (entry.Quantity < 0 || decimal.Round(entry.Quantity, 3) != entry.Quantity || entry.Quantity >= 100_000_000_000m)
        {
            throw new ProblemException(Problem.Bad($"[{i}].quantity", "bad_quantity", "A quantity is 0 or more, with at most 3 decimals."));
        }

        var parameters = new
        {
            id = book.Campaign.Id,
            grid = grid.Id,
            item = entry.Item,
            week = entry.Week,
            quantity = entry.Quantity,
            version = entry.Version,
        };
        var version = await transaction.Connection!.ExecuteScalarAsync<int?>(entry.Version == 0 ? PutSql : UpdateSql, parameters, transaction);
        return version is { } now
            ? entry with { Version = now }
            : throw new ProblemException(Problem.Conflict(
                "changed_meanwhile",
                $"{entry.Grid}, {entry.Item}, {entry.Week:yyyy-MM-dd}: somebody else changed this entry. Read it again and repeat your change; nothing was stored."));
    }
}
