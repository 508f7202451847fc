using System.Collections.Concurrent;
using Dapper;
using GridMap.Api.Calendars;
using GridMap.Api.Storage;
using GridMap.Core.Calendars;
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
            from campaign_zone z join grid_version v on v.grid_id = z.grid_id
            where z.campaign_id = @id and v.from_generation <= @generation and (v.to_generation is null or v.to_generation > @generation)
            union
            select v.grid_id, v.code, v.name, v.level, v.parent_id, false
            from part join grid_version v on v.grid_id = part.parent_id
            where v.from_generation <= @generation and (v.to_generation is null or v.to_generation > @generation)
        )
        select grid_id as id, code, name, level::int, parent_id, is_zone from part
        """;

    private readonly ConcurrentDictionary<(long Id, bool AsKnownNow), CampaignBook> kept = new();

    /// <summary>The book of a campaign as it stands in the database now.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="asKnownNow">True counts later entries for frozen days too.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<CampaignBook> GetAsync(long id, bool asKnownNow, CancellationToken cancel)
    {
        var (campaign, revision) = await campaigns.FindAsync(id, cancel);
        return kept.TryGetValue((id, asKnownNow), out var book) && book.Revision == revision && book.Campaign.Today == campaign.Today
            ? book
            : await LoadAsync(campaign, revision, asKnownNow, cancel);
    }

    private async Task<CampaignBook> LoadAsync(CampaignAnswer campaign, long revision, bool asKnownNow, CancellationToken cancel)
    {
        var calendar = await calendars.LoadAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);

        // One moment for all four: else a log could be counted and its freeze not.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var grids = await connection.QueryAsync<CampaignGrid>(GridsSql, new { campaign.Id, campaign.Generation }, transaction);
        var frozen = (await connection.QueryAsync<(DateOnly Day, DateTime At)>(
            "select day, frozen_at from frozen_day where campaign_id = @Id", new { campaign.Id }, transaction))
            .ToDictionary(row => row.Day, row => new DateTimeOffset(row.At));
        var entered = new Dictionary<long, QuantitySeries>();
        await AddPlansAsync(connection, transaction, campaign, calendar, entered);
        var logged = await AddLogsAsync(connection, transaction, campaign, asKnownNow ? [] : frozen, entered);
        var book = new CampaignBook(campaign, revision, calendar, grids, entered, logged, frozen);
        kept[(campaign.Id, asKnownNow)] = book;
        return book;
    }

    private static async Task AddPlansAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CampaignAnswer campaign, WorkCalendar calendar, Dictionary<long, QuantitySeries> entered)
    {
        var days = new CampaignDays(campaign.From, campaign.To);
        var rows = await connection.QueryAsync<(long Grid, string Item, DateOnly Week, decimal Quantity)>(
            "select grid_id, item, week, quantity from schedule_entry where campaign_id = @Id", new { campaign.Id }, transaction);
        var items = Positions(campaign);
        foreach (var (grid, item, week, quantity) in rows)
        {
            SeriesOf(entered, grid, campaign).AddPlan(items[item], days, week, quantity, calendar);
        }
    }

    private static async Task<Dictionary<long, HashSet<int>>> AddLogsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CampaignAnswer campaign, Dictionary<DateOnly, DateTimeOffset> frozen,
        Dictionary<long, QuantitySeries> entered)
    {
        var days = new CampaignDays(campaign.From, campaign.To);
        var frozenAt = frozen.ToDictionary(pair => days.IndexOf(pair.Key), pair => pair.Value.UtcDateTime);
        var rows = await connection.QueryAsync<(long Grid, string Item, DateOnly Day, decimal Quantity, DateTime RecordedAt)>(
            "select grid_id, item, day, quantity, recorded_at from work_log where campaign_id = @Id", new { campaign.Id }, transaction);
        var items = Positions(campaign);
        var logged = new Dictionary<long, HashSet<int>>();
        foreach (var (grid, item, day, quantity, recordedAt) in rows)
        {
            var at = days.IndexOf(day);
            SeriesOf(entered, grid, campaign).AddDone(
                items[item], at, quantity,
                frozenAt.Count == 0 ? null : later => !frozenAt.TryGetValue(later, out var closed) || recordedAt <= closed);
            if (!logged.TryGetValue(grid, out var set))
            {
                logged[grid] = set = [];
            }

            set.Add(at);
        }

        return logged;
    }

    private static Dictionary<string, int> Positions(CampaignAnswer campaign) =>
        campaign.Items.Select((item, i) => (item.Code, i)).ToDictionary();

    private static QuantitySeries SeriesOf(Dictionary<long, QuantitySeries> entered, long grid, CampaignAnswer campaign)
    {
        if (!entered.TryGetValue(grid, out var series))
        {
            entered[grid] = series = new QuantitySeries(campaign.Items.Count, campaign.To.DayNumber - campaign.From.DayNumber + 1);
        }

        return series;
    }
}
