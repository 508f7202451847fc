using Dapper;
using GridMap.Api.Arrangements;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>The zones that somebody logs for, on a day.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="Day">The day; for one to come only <see cref="OwnZone.Arranged"/> says something of it.</param>
/// <param name="Today">The office's, clamped into the campaign.</param>
/// <param name="Workday">Whether a log is expected that day.</param>
/// <param name="FrozenAt">When the day was frozen: what is logged now is late; null while it is live.</param>
/// <param name="Logged">How many of the zones have a log for the day.</param>
/// <param name="Zones">Those of one's own duties first, then those without a log, by code.</param>
public sealed record OwnWorkLog(
    long Campaign, DateOnly Day, DateOnly Today, bool Workday, DateTimeOffset? FrozenAt, int Logged, IReadOnlyList<OwnZone> Zones);

/// <summary>A zone that somebody logs for.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The name of the grid round it; null without one.</param>
/// <param name="Own">Whether one holds a duty on this very zone.</param>
/// <param name="Logged">Whether anything was logged for the day.</param>
/// <param name="HeadCount">People out that day (人次); null when none was told.</param>
/// <param name="Percent">Where it stands now, late logs included; null without a plan.</param>
/// <param name="Light">The same as a light.</param>
/// <param name="LastDay">The last day before this one that has a log; null without any.</param>
/// <param name="Arranged">What is to be done there that day; empty when nothing is arranged.</param>
/// <param name="Items">In the campaign's order. Null where there are too many zones for one answer: ask again with grid.</param>
public sealed record OwnZone(
    string Code, string Name, string? Parent, bool Own, bool Logged, int? HeadCount, decimal? Percent, Light Light, DateOnly? LastDay,
    IReadOnlyList<OwnArrangement> Arranged, IReadOnlyList<OwnZoneItem>? Items);

/// <summary>What is arranged for such a zone and day.</summary>
/// <param name="Words">What is done.</param>
/// <param name="Mine">Whether it is the caller who sees to it.</param>
/// <param name="PersonName">Who sees to it; only for those who may see the people there.</param>
/// <param name="Recurring">Whether it comes back by a rule.</param>
public sealed record OwnArrangement(string Words, bool Mine, string? PersonName, bool Recurring);

/// <summary>An item of such a zone; late logs included.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Done">Logged for the day.</param>
/// <param name="Last">Logged for the zone's last day; null without one.</param>
/// <param name="WeekPlanned">Planned for the day's week.</param>
/// <param name="WeekDone">Logged for that week's days.</param>
public sealed record OwnZoneItem(string Item, decimal Done, decimal? Last, decimal WeekPlanned, decimal WeekDone);

/// <summary>Reads what the page of the work log opens with, all of it from the campaign's book. Thread safe.</summary>
internal sealed class OwnWorkLogs(Database database, CampaignBooks books, SnapshotProvider snapshots)
{
    /// <summary>So many zones come with their items at once; who logs for more looks for one.</summary>
    private const int MostWithItems = 60;

    private const string PeopleSql =
        "select grid_id, sum(people)::int from head_count where campaign_id = @id and day = @day group by grid_id";

    /// <summary>The zones within the caller's reach on a day, today without.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="asked">The day.</param>
    /// <param name="code">Narrows to one zone.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">400: a day outside the campaign, no such zone. 404: no such campaign.</exception>
    public async Task<OwnWorkLog> ReadAsync(Caller caller, long id, DateOnly? asked, string? code, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var campaign = book.Campaign;
        var day = asked ?? campaign.Today;
        if (day < campaign.From || day > campaign.To)
        {
            throw new ProblemException(Problem.Bad("day", "bad_day", $"day is a day of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}."));
        }

        if (code is not null && book.Grids.ByCode(code) is not { IsZone: true })
        {
            throw new ProblemException(Problem.Bad("grid", "bad_grid", $"No zone of this campaign has the code {code}."));
        }

        var snapshot = snapshots.Current;
        var reach = caller.ReachOf(Permission.LogWork);
        var held = caller.Roles.Where(role => Policy.Allows(role.Role, Permission.LogWork)).Select(role => role.GridId).ToHashSet();
        var zones = book.Grids.Rows(campaign.ZoneLevel)
            .Where(zone => (code is null || zone.Code == code) && reach.Covers(snapshot, zone.Id))
            .OrderByDescending(zone => held.Contains(zone.Id)).ThenBy(zone => book.Logged(zone, day, null)).ThenBy(zone => zone.Code, StringComparer.Ordinal)
            .ToList();
        var people = await PeopleAsync(id, day, cancel);
        var arranged = await ArrangedAsync(caller, book.Grids, id, day, cancel);
        var now = new ProgressDay(book, campaign.Today, asKnownNow: true);
        return new OwnWorkLog(
            id, day, campaign.Today, book.Calendar.IsWorkday(day), book.Frozen.MomentOf(day), zones.Count(zone => book.Logged(zone, day, null)),
            [.. zones.Select((zone, i) => Zone(now, zone, day, held.Contains(zone.Id), people, [.. arranged[zone.Id]], withItems: i < MostWithItems))]);
    }

    private static OwnZone Zone(
        ProgressDay now, CampaignGrid zone, DateOnly day, bool own, Dictionary<long, int> people, IReadOnlyList<OwnArrangement> arranged, bool withItems)
    {
        var book = now.Book;
        var series = book.Of(zone);
        var (percent, spi) = now.Shares(series);
        var last = LastDay(book, zone, day);
        return new OwnZone(
            zone.Code, zone.Name, book.Grids.Parent(zone)?.Name, own, book.Logged(zone, day, null), people.TryGetValue(zone.Id, out var count) ? count : null,
            percent, book.Limits.Of(spi), last, arranged, withItems ? [.. book.Items.Select((item, i) => Item(book, series, i, day, last))] : null);
    }

    private static OwnZoneItem Item(CampaignBook book, QuantitySeries series, int item, DateOnly day, DateOnly? last)
    {
        var monday = Weeks.MondayOf(day);
        var (before, end) = (book.Days.IndexOf(monday) - 1, book.Days.IndexOf(monday.AddDays(6)));
        return new OwnZoneItem(
            book.Items[item].Code, On(day), last is { } one ? On(one) : null,
            series.PlannedBy(item, end) - series.PlannedBy(item, before), series.DoneBy(item, end) - series.DoneBy(item, before));

        decimal On(DateOnly on) => series.DoneBy(item, book.Days.IndexOf(on)) - series.DoneBy(item, book.Days.IndexOf(on) - 1);
    }

    private static DateOnly? LastDay(CampaignBook book, CampaignGrid zone, DateOnly day)
    {
        for (var at = day.AddDays(-1); at >= book.Campaign.From; at = at.AddDays(-1))
        {
            if (book.Logged(zone, at, null))
            {
                return at;
            }
        }

        return null;
    }

    private async Task<Dictionary<long, int>> PeopleAsync(long id, DateOnly day, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Grid, int People)>(new CommandDefinition(PeopleSql, new { id, day }, cancellationToken: cancel));
        return rows.ToDictionary(row => row.Grid, row => row.People);
    }

    private async Task<ILookup<long, OwnArrangement>> ArrangedAsync(Caller caller, CampaignGrids grids, long id, DateOnly day, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await ArrangedDays.ReadAsync(connection, grids, id, caller, day, day, cancel)).Where(pair => pair.Item.Words.Length > 0).ToLookup(
            pair => pair.Grid.Id,
            pair => new OwnArrangement(pair.Item.Words, pair.Item.Person is { } person && person == caller.PersonId, pair.Item.PersonName, pair.Item.Recurring is not null));
    }
}
