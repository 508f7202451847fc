using Dapper;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Campaigns;

/// <summary>What a row counts besides quantities, of a grid with everything inside it.</summary>
internal readonly record struct DayCount(int People, int LoggedZones, int Zones, DayTally Issues)
{
    public static DayCount operator +(DayCount a, DayCount b) =>
        new(a.People + b.People, a.LoggedZones + b.LoggedZones, a.Zones + b.Zones, a.Issues + b.Issues);

    public static DayCount operator -(DayCount a, DayCount b) =>
        new(a.People - b.People, a.LoggedZones - b.LoggedZones, a.Zones - b.Zones, a.Issues - b.Issues);

    public ProgressRow Into(ProgressRow row) => row with
    {
        HeadCount = People,
        Logged = Zones > 0 && LoggedZones == Zones,
        LoggedZones = LoggedZones,
        Zones = Zones,
        IssuesOpen = Issues.Open,
        IssuesOverdue = Issues.Overdue,
        IssuesWrittenOff = Issues.WrittenOff,
    };
}

/// <summary>Counts people, zones that logged and issues of one day. Thread safe.</summary>
internal sealed class DayCounts(Database database, DayIssues issues, IOptions<GridMapOptions> options)
{
    private const string PeopleSql =
        """
        select grid_id, sum(people)::int from head_count
        where campaign_id = @id and day = @day and (@by::timestamptz is null or recorded_at <= @by)
        group by grid_id
        """;

    /// <summary>By grid id, every grid with everything inside it.</summary>
    public async Task<Dictionary<long, DayCount>> CountAsync(ProgressDay day, CancellationToken cancel)
    {
        var book = day.Book;
        var counts = (await issues.AtEndOfAsync(EndOf(day.On), book.Campaign.Generation, cancel))
            .ToDictionary(pair => pair.Key, pair => new DayCount(0, 0, 0, pair.Value));
        foreach (var (grid, people) in await PeopleAsync(day, cancel))
        {
            Add(counts, book, grid, new DayCount(people, 0, 0, default));
        }

        foreach (var zone in book.Grids.Rows(book.Campaign.ZoneLevel))
        {
            Add(counts, book, zone.Id, new DayCount(0, book.Logged(zone, day.On, day.KnownAt) ? 1 : 0, 1, default));
        }

        return counts;
    }

    private static void Add(Dictionary<long, DayCount> counts, CampaignBook book, long id, DayCount more)
    {
        foreach (var grid in book.Grids.Holder(id) is { } start ? book.Grids.Ancestors(start) : [])
        {
            counts[grid.Id] = counts.GetValueOrDefault(grid.Id) + more;
        }
    }

    private async Task<IEnumerable<(long Grid, int People)>> PeopleAsync(ProgressDay day, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryAsync<(long Grid, int People)>(new CommandDefinition(
            PeopleSql, new { id = day.Book.Campaign.Id, day = day.On, by = day.KnownAt?.UtcDateTime }, cancellationToken: cancel));
    }

    private DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone).GetUtcOffset(midnight));
    }
}
