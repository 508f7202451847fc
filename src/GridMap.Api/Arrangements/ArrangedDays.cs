using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Arrangements;

/// <summary>Reads what is arranged for days: what was entered for them, and else what comes back by a rule.</summary>
internal static class ArrangedDays
{
    // Everybody is told of themselves.
    private const string OwnSql =
        """
        select a.grid_id, a.day, a.words, a.version,
               case when shown.names then a.person_id end as person, case when shown.names then p.name end as person_name
        from arrangement a
        left join person p on p.id = a.person_id
        cross join lateral (select @names::bigint[] is null or a.person_id = @self or a.grid_id in (select reach(@names)) as names) shown
        where a.campaign_id = @id and a.day between @from and @to
        """;

    /// <summary>The days of the campaign from one to another; this week's unless they are named.</summary>
    public static (DateOnly First, DateOnly Last) Span(CampaignAnswer campaign, DateOnly? from, DateOnly? to)
    {
        var first = from ?? Weeks.MondayOf(campaign.Today);
        var last = to ?? first.AddDays(6);
        return (first > campaign.From ? first : campaign.From, last < campaign.To ? last : campaign.To);
    }

    /// <summary>All that is arranged from a day to another, in no order; people for those who may see them there.</summary>
    public static async Task<List<(CampaignGrid Grid, ArrangementItem Item)>> ReadAsync(
        NpgsqlConnection connection, CampaignGrids grids, long id, Caller caller, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var own = (await connection.QueryAsync<Row>(new CommandDefinition(
            OwnSql, new { id, from, to, names = caller.ReachOf(Permission.SeePeople).Roots, self = caller.PersonId }, cancellationToken: cancel))).ToList();
        var rules = await Recurrences.ReadAsync(connection, grids, id);
        return
        [
            .. from row in own
               let grid = grids.ById(row.GridId)
               where grid is not null
               select (grid, new ArrangementItem(grid.Code, row.Day, row.Words, row.Person, row.PersonName, row.Version, null)),
            .. ComeBack(grids, rules, own.Select(row => (row.GridId, row.Day)).ToHashSet(), from, to),
        ];
    }

    /// <summary>What comes back in zones on days for which nothing was entered.</summary>
    private static IEnumerable<(CampaignGrid Grid, ArrangementItem Item)> ComeBack(
        CampaignGrids grids, IEnumerable<RecurringRule> rules, HashSet<(long Grid, DateOnly Day)> own, DateOnly first, DateOnly last) =>
        from rule in rules
        let zones = rule.Grid is null ? grids.AllZones : grids.Zones(rule.Grid)
        from day in rule.Rule.Days(rule.From, rule.To < last ? rule.To : last)
        where day >= first
        from zone in zones
        where !own.Contains((zone.Id, day))
        select (zone, new ArrangementItem(zone.Code, day, rule.Words, null, null, 0, rule.Id));

    private sealed record Row(long GridId, DateOnly Day, string Words, int Version, long? Person, string? PersonName);
}
