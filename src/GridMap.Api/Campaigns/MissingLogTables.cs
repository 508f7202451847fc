using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Campaigns;

/// <summary>Who has not logged on a day.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="On">The day.</param>
/// <param name="Level">Of the rows.</param>
/// <param name="Workday">Whether logs were expected; if not, nothing is missing.</param>
/// <param name="Missing">Zones without a log.</param>
/// <param name="Zones">Zones in all, as far as one sees.</param>
/// <param name="Rows">Grids with such zones; the longest silent first.</param>
public sealed record MissingLogs(long Campaign, DateOnly On, int Level, bool Workday, int Missing, int Zones, IReadOnlyList<MissingLogRow> Rows);

/// <summary>A grid in which a zone has not logged.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The name of the grid round it; null without one.</param>
/// <param name="Missing">Zones inside without a log.</param>
/// <param name="Zones">Zones inside.</param>
/// <param name="SilentDays">Workdays in a row, the day itself included, on which not all zones inside logged.</param>
/// <param name="LastDay">The last day on which all did; null for none.</param>
/// <param name="Holders">Who answers for it, leaders first.</param>
/// <param name="MayRemind">Whether one directs there, and may remind those who answer for it: of zones only.</param>
/// <param name="RemindedAt">When they were reminded today; null when they were not, and for a grid round zones.</param>
public sealed record MissingLogRow(
    string Code, string Name, string? Parent, int Missing, int Zones, int SilentDays, DateOnly? LastDay, IReadOnlyList<LogHolder> Holders,
    bool MayRemind, DateTimeOffset? RemindedAt);

/// <summary>Somebody who logs for a grid.</summary>
/// <param name="Role">grid_leader or grid_worker.</param>
/// <param name="Name">Only for those who may see names there.</param>
public sealed record LogHolder(string Role, string? Name);

/// <summary>Finds the zones without a log. Late logs count: who logged late has logged. Thread safe.</summary>
internal sealed class MissingLogTables(Database database, CampaignBooks books, CampaignStore campaigns, SnapshotProvider snapshots, TimeProvider clock)
{
    private const string RemindedSql =
        "select grid_id, sent_at from work_log_reminder where campaign_id = @id and sent_on = @today";

    /// <summary>The grids of a level, the zones' without, that lack a log on a day, today without.</summary>
    /// <exception cref="ProblemException">400: a day outside the campaign or to come, a level finer than the zones. 404: no such campaign.</exception>
    public async Task<MissingLogs> ReadAsync(Caller caller, long id, DateOnly? on, int? level, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var day = DayIn(book, on);
        var at = ProgressTables.Level(book, level);
        var snapshot = snapshots.Current;
        var visible = caller.ReachOf(Permission.SeeMap);
        var zones = book.Grids.Rows(book.Campaign.ZoneLevel).Where(zone => visible.Covers(snapshot, zone.Id)).ToList();
        var missing = Missing(book, zones, day).ToList();
        var reminded = await RemindedAsync(id, cancel);
        var names = caller.ReachOf(Permission.SeePeople);
        var directs = caller.ReachOf(Permission.DirectIssues);
        var rows = missing.SelectMany(zone => book.Grids.Ancestors(zone).Where(grid => grid.Level == at)).Distinct()
            .Select(grid => Row(book, grid, day) with
            {
                Holders = Holders(snapshot, grid, names),
                MayRemind = grid.IsZone && directs.Covers(snapshot, grid.Id),
                RemindedAt = reminded.TryGetValue(grid.Id, out var sent) ? sent : null,
            })
            .OrderByDescending(row => row.SilentDays).ThenByDescending(row => row.Missing).ThenBy(row => row.Code, StringComparer.Ordinal);
        return new MissingLogs(id, day, at, book.Calendar.IsWorkday(day), missing.Count, zones.Count, [.. rows]);
    }

    /// <summary>Those of some zones that have no log for a day; none on a day of rest.</summary>
    internal static IEnumerable<CampaignGrid> Missing(CampaignBook book, IEnumerable<CampaignGrid> zones, DateOnly day) =>
        book.Calendar.IsWorkday(day) ? zones.Where(zone => !book.Logged(zone, day, null)) : [];

    /// <summary>The day that is asked for, today without.</summary>
    /// <exception cref="ProblemException">400: it is outside the campaign, or to come.</exception>
    internal DateOnly DayIn(CampaignBook book, DateOnly? asked, string field = "on")
    {
        var campaign = book.Campaign;
        var day = asked ?? campaign.Today;
        return day >= campaign.From && day <= campaign.To && day <= campaigns.Today
            ? day
            : throw new ProblemException(Problem.Bad(field, $"bad_{field}", $"{field} is a day of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}, not in the future."));
    }

    private static MissingLogRow Row(CampaignBook book, CampaignGrid grid, DateOnly day)
    {
        var zones = book.Grids.Zones(grid);
        var (silent, last) = Silence(book, zones, day);
        return new MissingLogRow(
            grid.Code, grid.Name, book.Grids.Parent(grid)?.Name, zones.Count(zone => !book.Logged(zone, day, null)), zones.Count, silent, last, [],
            MayRemind: false, RemindedAt: null);
    }

    /// <summary>For how many workdays up to a day not all zones logged, and the last day on which all did.</summary>
    private static (int Workdays, DateOnly? Last) Silence(CampaignBook book, IReadOnlyCollection<CampaignGrid> zones, DateOnly day)
    {
        var workdays = 0;
        for (var at = day; at >= book.Campaign.From; at = at.AddDays(-1))
        {
            if (zones.All(zone => book.Logged(zone, at, null)))
            {
                return (workdays, at);
            }

            workdays += book.Calendar.IsWorkday(at) ? 1 : 0;
        }

        return (workdays, null);
    }

    private List<LogHolder> Holders(Snapshot snapshot, CampaignGrid grid, Reach names)
    {
        var named = names.Covers(snapshot, grid.Id);
        return snapshot.ById(grid.Id) is not { } facts ? [] : [.. facts.DutiesAt(clock.GetUtcNow())
            .Where(duty => WorkLogReminders.Answering.Contains(duty.Role)).OrderBy(duty => Array.IndexOf(WorkLogReminders.Answering, duty.Role))
            .Select(duty => new LogHolder(duty.Role, named ? duty.PersonName : null))];
    }

    private async Task<Dictionary<long, DateTimeOffset>> RemindedAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Grid, DateTime At)>(new CommandDefinition(RemindedSql, new { id, today = campaigns.Today }, cancellationToken: cancel));
        return rows.ToDictionary(row => row.Grid, row => new DateTimeOffset(row.At));
    }
}
