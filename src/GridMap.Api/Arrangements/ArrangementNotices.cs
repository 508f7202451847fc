using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Inbox;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Arrangements;

/// <summary>What was arranged for a grid and day, and what is now. A day without words is nobody's.</summary>
internal sealed record ArrangementChange(CampaignGrid Grid, DateOnly Day, string WordsBefore, long? PersonBefore, string Words, long? Person)
{
    public long? Had => WordsBefore.Length == 0 ? null : PersonBefore;

    public long? Has => Words.Length == 0 ? null : Person;
}

/// <summary>Tells those who see to a day from now on, or no longer: one notice a person and request.</summary>
internal static class ArrangementNotices
{
    private const string LogsThereSql =
        """
        select exists (
            select from duty d
            where d.person_id = @person and d.role = any(@Logging) and d.from_at <= now() and (d.to_at is null or d.to_at > now())
              and (d.grid_id is null or @grid in (select reach(array[d.grid_id]))))
        """;

    private static readonly string[] Logging = [.. Role.All.Where(role => Policy.Allows(role, Permission.LogWork))];

    /// <summary>Tells them, in the transaction of the change. Days that are over concern nobody; who makes the change knows it.</summary>
    public static async Task TellAsync(NpgsqlTransaction transaction, Caller caller, CampaignAnswer campaign, DateOnly today, IEnumerable<ArrangementChange> changes)
    {
        var ahead = changes.Where(change => change.Day >= today).OrderBy(change => change.Day).ThenBy(change => change.Grid.Code, StringComparer.Ordinal).ToList();
        foreach (var person in ahead.SelectMany(change => (long?[])[change.Had, change.Has]).OfType<long>().Distinct().Where(person => person != caller.PersonId))
        {
            var named = ahead.FindAll(change => change.Has == person && (change.Had != person || change.Words != change.WordsBefore));
            var taken = ahead.FindAll(change => change.Had == person && change.Has != person);
            if (named is [var first, ..])
                await TellAsync(transaction, person, campaign, taken is [] ? "arrangement.named" : "arrangement.moved", first, first.Words, named, taken);
            else if (taken is [var gone, ..])
                await TellAsync(transaction, person, campaign, "arrangement.taken", gone, gone.WordsBefore, taken, []);
        }
    }

    private static async Task TellAsync(
        NpgsqlTransaction transaction, long person, CampaignAnswer campaign, string kind, ArrangementChange first, string what, List<ArrangementChange> about, List<ArrangementChange> taken)
    {
        var logsThere = first.Grid.IsZone
            && await transaction.Connection!.ExecuteScalarAsync<bool>(LogsThereSql, new { person, grid = first.Grid.Id, Logging }, transaction);
        await InboxWriter.TellAsync(
            transaction, person, kind,
            new
            {
                grid = first.Grid.Code,
                gridName = first.Grid.Name,
                first.Day,
                what,
                days = Days(about),
                zones = about.Select(change => change.Grid).Distinct().Count(),
                taken = Days(taken),
                campaign = campaign.Name,
                campaignEn = campaign.NameEn,
            },
            logsThere ? $"/worklog/{campaign.Id}/{first.Grid.Code}/{first.Day:yyyy-MM-dd}" : $"/grids/{first.Grid.Code}");
    }

    private static int Days(IEnumerable<ArrangementChange> changes) => changes.Select(change => change.Day).Distinct().Count();
}
