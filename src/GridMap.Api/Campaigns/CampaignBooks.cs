using System.Collections.Concurrent;
using Dapper;
using GridMap.Api.Calendars;
using GridMap.Api.Storage;
using GridMap.Core.Progress;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>Loads campaigns' quantities, and keeps each until its revision moves on. Thread safe.</summary>
internal sealed class CampaignBooks(Database database, CampaignStore campaigns, CalendarStore calendars)
{
    private const string GridsSql =
        """
        with recursive part as (
            select v.grid_id, v.code, v.name, v.level, v.parent_id, true as is_zone
            from unnest(@zones) as z (grid_id) join grid_version v on v.grid_id = z.grid_id
            where v.from_generation <= @generation and (v.to_generation is null or v.to_generation > @generation)
            union
            select v.grid_id, v.code, v.name, v.level, v.parent_id, false
            from part join grid_version v on v.grid_id = part.parent_id
            where v.from_generation <= @generation and (v.to_generation is null or v.to_generation > @generation)
        )
        select grid_id as id, code, name, level::int as level, parent_id, is_zone from part
        """;

    // What is planned is planned for zones, those before a re-base too. An entry of a grid round them is a target that the schedule holds their sum to.
    private const string OfZones =
        """
        and s.grid_id in (select v.grid_id from grid_version v where v.level = (select zone_level from campaign where id = @id))
        """;

    private const string PlansSql =
        $"""
        select s.grid_id, i.sort, s.week, s.quantity
        from schedule_entry s join campaign_item i on i.campaign_id = s.campaign_id and i.code = s.item
        where s.campaign_id = @id {OfZones}
        """;

    private const string PlanChangesSql =
        $"""
        select s.grid_id, i.sort, s.week, s.quantity_before, s.quantity, s.recorded_at
        from schedule_change s join campaign_item i on i.campaign_id = s.campaign_id and i.code = s.item
        where s.campaign_id = @id and s.recorded_at > @after {OfZones}
        """;

    private const string LogsSql =
        """
        select w.grid_id, i.sort, w.day, w.quantity, w.recorded_at
        from work_log w join campaign_item i on i.campaign_id = w.campaign_id and i.code = w.item
        where w.campaign_id = @id
        """;

    private readonly ConcurrentDictionary<long, Shelf> shelves = new();

    /// <summary>The book of a campaign as it stands in the database now.</summary>
    public async Task<CampaignBook> GetAsync(long id, CancellationToken cancel)
    {
        var (campaign, revision) = await campaigns.FindAsync(id, cancel);
        var shelf = shelves.GetOrAdd(id, _ => new Shelf());
        if (shelf.Book is { } book && book.Revision >= revision && book.Campaign.Today == campaign.Today)
        {
            return book;
        }

        // One load at a time: a hundred viewers who hear of the same entry cost one.
        await shelf.Gate.WaitAsync(cancel);
        try
        {
            return shelf.Book is { } loaded && loaded.Revision >= revision && loaded.Campaign.Today == campaign.Today
                ? loaded
                : shelf.Book = await LoadAsync(id, cancel);
        }
        finally
        {
            shelf.Gate.Release();
        }
    }

    /// <summary>A campaign with its zones and the grids round them, without quantities: what an entry is checked against.</summary>
    public async Task<(CampaignAnswer Campaign, CampaignGrids Grids)> GridsAsync(long id, CancellationToken cancel)
    {
        var (campaign, _) = await campaigns.FindAsync(id, cancel);
        var shelf = shelves.GetOrAdd(id, _ => new Shelf());
        if (shelf.Grids is { } kept && kept.Generation == campaign.Generation)
        {
            return (campaign, kept.Grids);
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var generation = await connection.ExecuteScalarAsync<int>("select generation from campaign where id = @id", new { id }, transaction);
        var zones = (await connection.QueryAsync<long>("select grid_id from campaign_zone where campaign_id = @id", new { id }, transaction)).ToArray();
        var formers = await connection.QueryAsync<(long Grid, long Heir)>("select grid_id, heir_id from campaign_former where campaign_id = @id", new { id }, transaction);
        var grids = await ReadGridsAsync(transaction, zones, generation, formers.ToDictionary(row => row.Grid, row => row.Heir));
        campaign = campaign with { Generation = generation };
        shelf.Grids = new KeptGrids(campaign.Generation, grids);
        return (campaign, grids);
    }

    /// <summary>Zones and the grids round them, as they are on a generation.</summary>
    internal static async Task<CampaignGrids> ReadGridsAsync(NpgsqlTransaction transaction, long[] zones, int generation, IReadOnlyDictionary<long, long>? formers = null) =>
        new([.. await transaction.Connection!.QueryAsync<CampaignGrid>(GridsSql, new { zones, generation }, transaction)], formers);

    private async Task<CampaignBook> LoadAsync(long id, CancellationToken cancel)
    {
        // The revision is read first: a book may know more than its revision says, and is then loaded once more, but never less.
        var (_, revision) = await campaigns.FindAsync(id, cancel);
        var (campaign, grids) = await GridsAsync(id, cancel);
        var calendar = await calendars.LoadAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);

        // One moment for all: else a log could be counted and its freeze not.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var frozen = new FrozenDays((await connection.QueryAsync<(DateOnly Day, DateTime At)>(
            "select day, frozen_at from frozen_day where campaign_id = @id", new { id }, transaction))
            .Select(row => KeyValuePair.Create(row.Day, new DateTimeOffset(row.At))));
        var entered = new EnteredQuantities(campaign, calendar, frozen);
        await ReadAsync(transaction, PlansSql, id, default, row => entered.Of(row.GetInt64(0)).AddPlan(
            row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetDecimal(3)), cancel);
        if (frozen.Earliest is { } earliest)
        {
            await ReadAsync(transaction, PlanChangesSql, id, earliest.UtcDateTime, row => entered.Of(row.GetInt64(0)).NotePlanChange(
                row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetDecimal(3), row.GetDecimal(4), row.GetDateTime(5)), cancel);
        }

        await ReadAsync(transaction, LogsSql, id, default, row => entered.AddLog(
            row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetDecimal(3), row.GetDateTime(4)), cancel);
        return new CampaignBook(campaign, revision, calendar, grids, entered.Build(), entered.FirstLogs, frozen);
    }

    // Past Dapper: hundreds of thousands of rows come through here.
    private static async Task ReadAsync(
        NpgsqlTransaction transaction, string sql, long id, DateTime after, Action<NpgsqlDataReader> each, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("id", id);
        if (after != default)
        {
            command.Parameters.AddWithValue("after", after);
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            each(reader);
        }
    }

    private sealed record KeptGrids(int Generation, CampaignGrids Grids);

    /// <summary>What is kept of one campaign; both are swapped whole.</summary>
    private sealed class Shelf
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public volatile CampaignBook? Book;
        public volatile KeptGrids? Grids;
    }
}
