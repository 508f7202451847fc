using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Inbox;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>Whom to remind.</summary>
/// <param name="Day">The workday without a log; today when it is left out.</param>
/// <param name="Grids">Codes of zones.</param>
public sealed record NewReminder(DateOnly? Day, IReadOnlyList<string?>? Grids);

/// <summary>What became of it, by code of the zone.</summary>
/// <param name="Told">Those who answer for it were told now.</param>
/// <param name="Already">They were told today before.</param>
/// <param name="Logged">It has a log by now.</param>
/// <param name="Nobody">Nobody answers for it.</param>
public sealed record ReminderReceipt(IReadOnlyList<string> Told, IReadOnlyList<string> Already, IReadOnlyList<string> Logged, IReadOnlyList<string> Nobody);

/// <summary>Reminds (催报) those who answer for zones without a log. A zone's row for the day is taken once, in the transaction of its notices. Thread safe.</summary>
internal sealed class WorkLogReminders(Database database, CampaignBooks books, CampaignStore campaigns, MissingLogTables missing)
{
    private const int MaxGrids = 1000;

    // In one order, so that two who remind of the same zones wait for each other and not both at once.
    private const string TakeSql =
        """
        insert into work_log_reminder (campaign_id, grid_id, sent_on, day, by_name)
        select @id, x.grid, @today, @day, @by from unnest(@grids) as x (grid)
        where not exists (select from work_log w where w.campaign_id = @id and w.grid_id = x.grid and w.day = @day)
          and exists (select from duty d where d.grid_id = x.grid and d.role = any(@Answering) and d.from_at <= now() and (d.to_at is null or d.to_at > now()))
        order by x.grid
        on conflict do nothing
        returning grid_id
        """;

    private const string HoldersSql =
        """
        select distinct grid_id, person_id from duty
        where grid_id = any(@told) and role = any(@Answering) and from_at <= now() and (to_at is null or to_at > now())
        order by grid_id, person_id
        """;

    private const string RestSql =
        """
        select x.grid, exists (select from work_log_reminder r where r.campaign_id = @id and r.grid_id = x.grid and r.sent_on = @today),
               exists (select from work_log w where w.campaign_id = @id and w.grid_id = x.grid and w.day = @day)
        from unnest(@grids) as x (grid)
        """;

    /// <summary>Who logs for a grid, leaders first.</summary>
    internal static string[] Answering { get; } = [Role.GridLeader, Role.GridWorker];

    /// <summary>Somebody reminds.</summary>
    /// <exception cref="ProblemException">400: no workday of the campaign, no such zones. 403: one is out of reach; nobody was told. 404: no such campaign.</exception>
    public async Task<ReminderReceipt> SendAsync(Caller caller, long id, NewReminder body, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var day = missing.DayIn(book, body.Day, "day");
        if (!book.Calendar.IsWorkday(day))
        {
            throw new ProblemException(Problem.Bad("day", "no_workday", $"{day:yyyy-MM-dd} is a day of rest: no log is missing."));
        }

        var zones = ReadZones(book, body);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var zone in zones)
        {
            await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.DirectIssues), zone.Id, $"Zone {zone.Code}");
        }

        var told = await TellAsync(transaction, caller, book.Campaign, zones, day);
        var rest = await RestAsync(transaction, id, zones.ExceptBy(told, zone => zone.Id).ToDictionary(zone => zone.Id), day);
        await transaction.CommitAsync(CancellationToken.None);
        return new ReminderReceipt(
            [.. zones.Where(zone => told.Contains(zone.Id)).Select(zone => zone.Code)],
            [.. rest.Where(one => one is { Reminded: true, Logged: false }).Select(one => one.Code)],
            [.. rest.Where(one => one.Logged).Select(one => one.Code)],
            [.. rest.Where(one => one is { Reminded: false, Logged: false }).Select(one => one.Code)]);
    }

    /// <summary>The service reminds of all zones of a campaign that have no log today.</summary>
    /// <returns>How many zones.</returns>
    public async Task<int> SendAsync(long id, CancellationToken cancel)
    {
        var book = await books.GetAsync(id, cancel);
        var zones = MissingLogTables.Missing(book, book.Grids.Rows(book.Campaign.ZoneLevel), campaigns.Today).ToList();
        if (zones is [])
        {
            return 0;
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var told = await TellAsync(transaction, Caller.Program, book.Campaign, zones, campaigns.Today);
        await transaction.CommitAsync(CancellationToken.None);
        return told.Count;
    }

    private static List<CampaignGrid> ReadZones(CampaignBook book, NewReminder body)
    {
        if (body.Grids is not { Count: > 0 and <= MaxGrids } codes)
        {
            throw new ProblemException(Problem.Bad("grids", "bad_grids", $"grids are the codes of 1 to {MaxGrids} zones."));
        }

        return [.. codes.Select((code, i) => code is not null && book.Grids.ByCode(code) is { IsZone: true } zone
            ? zone
            : throw new ProblemException(Problem.Bad($"grids[{i}]", "bad_grid", $"No zone of this campaign has the code {code}."))).Distinct()];
    }

    private async Task<IReadOnlyCollection<long>> TellAsync(
        NpgsqlTransaction transaction, Caller caller, CampaignAnswer campaign, IReadOnlyCollection<CampaignGrid> zones, DateOnly day)
    {
        var byId = zones.ToDictionary(zone => zone.Id);
        var told = (await transaction.Connection!.QueryAsync<long>(
            TakeSql, new { id = campaign.Id, grids = byId.Keys.ToArray(), today = campaigns.Today, day, by = caller.Who, Answering }, transaction)).ToArray();
        if (told is [])
        {
            return told;
        }

        foreach (var (grid, person) in (await transaction.Connection!.QueryAsync<(long, long)>(HoldersSql, new { told, Answering }, transaction)).ToList())
        {
            var zone = byId[grid];
            await InboxWriter.TellAsync(
                transaction, person, "worklog.missing", new { grid = zone.Code, gridName = zone.Name, day, campaign = campaign.Name, campaignEn = campaign.NameEn },
                $"/worklog/{campaign.Id}/{zone.Code}/{day:yyyy-MM-dd}");
        }

        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "worklog.remind", "campaign", campaign.Id.ToString(), told is [var only] ? only : null,
            After: new { day, grids = told.Select(grid => byId[grid].Code).Order(StringComparer.Ordinal) }));
        return told;
    }

    private async Task<List<(string Code, bool Reminded, bool Logged)>> RestAsync(
        NpgsqlTransaction transaction, long id, Dictionary<long, CampaignGrid> rest, DateOnly day)
    {
        var rows = await transaction.Connection!.QueryAsync<(long Grid, bool Reminded, bool Logged)>(
            RestSql, new { id, grids = rest.Keys.ToArray(), today = campaigns.Today, day }, transaction);
        return [.. rows.Select(row => (rest[row.Grid].Code, row.Reminded, row.Logged)).OrderBy(row => row.Code, StringComparer.Ordinal)];
    }
}
