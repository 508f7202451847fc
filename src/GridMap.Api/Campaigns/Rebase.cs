using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Editing;
using GridMap.Core.Progress;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>What to do with grids whose ground came to no grid of the campaign.</summary>
/// <param name="Heirs">By the code of the grid that is gone, the code of the one that takes over.</param>
public sealed record RebaseBody(IReadOnlyDictionary<string, string>? Heirs);

/// <summary>A grid of a campaign, by name.</summary>
public sealed record RebaseGrid(string Code, string Name);

/// <summary>What moves from a grid that is gone.</summary>
/// <param name="From">Which is gone.</param>
/// <param name="To">Its heir.</param>
/// <param name="Planned">By item, in their order.</param>
/// <param name="Done">The same.</param>
public sealed record RebaseMove(RebaseGrid From, RebaseGrid To, IReadOnlyList<decimal> Planned, IReadOnlyList<decimal> Done);

/// <summary>A campaign on other boundaries.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="From">The generation that it was on.</param>
/// <param name="To">The one that it is on then.</param>
/// <param name="ZonesBefore">How many zones it had.</param>
/// <param name="ZonesAfter">How many it has then.</param>
/// <param name="Added">Zones that are new: nothing is planned for them yet.</param>
/// <param name="Moved">What moves by entries.</param>
public sealed record RebaseAnswer(
    long Campaign, int From, int To, int ZonesBefore, int ZonesAfter, IReadOnlyList<RebaseGrid> Added, IReadOnlyList<RebaseMove> Moved);

/// <summary>
/// Moves a campaign onto the boundaries of today. A zone that is still there keeps all that is its own, split or not; what was entered
/// for one that is gone moves to its heir by entries, so that every frozen day says what it said.
/// </summary>
internal static class Rebase
{
    public static async Task<Ok<RebaseAnswer>> PostAsync(
        Caller caller, Database database, CampaignBooks books, CampaignStore campaigns, long id, RebaseBody body, bool? dryRun, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var now = await CampaignStore.MoveOnAsync(transaction, id);
        await CampaignStore.RequireAsync(transaction, caller, id);
        var (campaign, before) = await books.GridsAsync(id, cancel);
        var to = await connection.ExecuteScalarAsync<int>("select max(number) from generation where effective_from <= now()", transaction: transaction);
        if (to <= campaign.Generation)
            throw new ProblemException(Problem.Conflict("newest_already", $"Campaign {id} is on generation {campaign.Generation} already, which is the newest."));

        var zones = (await connection.QueryAsync<long>(RebaseSql.Zones, new { id, from = campaign.Generation, to, level = campaign.ZoneLevel }, transaction)).ToArray();
        var after = await CampaignBooks.ReadGridsAsync(transaction, zones, to);
        var heirs = await HeirsAsync(transaction, campaign.Generation, to, before, after, body.Heirs);
        var answer = await AnswerAsync(transaction, campaign, before, after, to, heirs);
        if (dryRun == true)
            return TypedResults.Ok(answer);

        var rebase = await connection.ExecuteScalarAsync<long>(
            "insert into campaign_rebase (campaign_id, from_generation, to_generation, at, by_name) values (@id, @Generation, @to, @now, @Who) returning id",
            new { id, campaign.Generation, to, now, caller.Who }, transaction);
        var gone = heirs.Keys.Select(grid => grid.Id).ToArray();
        var heirIds = heirs.Values.Select(grid => grid.Id).ToArray();
        foreach (var sql in RebaseSql.Moves)
            await connection.ExecuteAsync(sql, new { id, gone, heirs = heirIds, zones, now, by = caller.Who, note = $"区划调整 {campaign.Generation} → {to}", today = campaigns.Today }, transaction);
        await connection.ExecuteAsync(
            """
            insert into campaign_former (campaign_id, grid_id, heir_id, rebase_id) select @id, x.gone, x.heir, @rebase from unnest(@gone, @heirIds) as x (gone, heir)
            on conflict (campaign_id, grid_id) do update set heir_id = excluded.heir_id, rebase_id = excluded.rebase_id
            """,
            new { id, gone, heirIds, rebase }, transaction);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(id, [], null, null));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("campaign.rebase", "campaign", id.ToString(), Before: new { campaign.Generation }, After: answer));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok(answer);
    }

    /// <summary>The heir of each grid of the campaign that is gone.</summary>
    private static async Task<Dictionary<CampaignGrid, CampaignGrid>> HeirsAsync(
        NpgsqlTransaction transaction, int from, int to, CampaignGrids before, CampaignGrids after, IReadOnlyDictionary<string, string>? chosen)
    {
        var lineage = (await transaction.Connection!.QueryAsync<(long From, long To, double Share)>(
            "select from_id, to_id, share from lineage where generation > @from and generation <= @to", new { from, to }, transaction))
            .Select(row => new LineageShare(row.From, row.To, row.Share)).ToLookup(share => share.FromId);
        var heirs = new Dictionary<CampaignGrid, CampaignGrid>();
        var without = new List<CampaignGrid>();
        foreach (var grid in before.All.Where(grid => after.ById(grid.Id) is null))
        {
            var heir = chosen?.GetValueOrDefault(grid.Code) is { } code
                ? after.ByCode(code) ?? throw new ProblemException(Problem.Bad($"heirs.{grid.Code}", "bad_grid", $"The campaign has no grid {code} on generation {to}."))
                : Heirs.Of(grid.Id, lineage, id => after.ById(id) is not null) is { } id ? after.ById(id)! : null;
            if (heir is null)
                without.Add(grid);
            else
                heirs[grid] = heir;
        }

        if (without is [])
            return heirs;
        var problem = Problem.Conflict(
            "no_heir",
            $"No ground of {string.Join(", ", without.Take(20).Select(grid => grid.Code))} came to a grid of this campaign. Say in `heirs` which grid takes over: {{\"heirs\": {{\"{without[0].Code}\": \"code\"}}}}.");
        throw new ProblemException(problem with { Extensions = new Dictionary<string, object?> { ["withoutHeir"] = without.ConvertAll(Named) } });
    }

    private static async Task<RebaseAnswer> AnswerAsync(
        NpgsqlTransaction transaction, CampaignAnswer campaign, CampaignGrids before, CampaignGrids after, int to, Dictionary<CampaignGrid, CampaignGrid> heirs)
    {
        var entered = (await transaction.Connection!.QueryAsync<(long Grid, string Item, decimal Planned, decimal Done)>(
            RebaseSql.Entered, new { campaign.Id, gone = heirs.Keys.Select(grid => grid.Id).ToArray() }, transaction)).ToLookup(row => row.Grid);
        return new RebaseAnswer(
            campaign.Id, campaign.Generation, to, before.AllZones.Count(), after.AllZones.Count(),
            [.. after.AllZones.Where(zone => before.ById(zone.Id) is null).Select(Named)],
            [.. heirs.OrderBy(pair => pair.Key.Code, StringComparer.Ordinal).Select(pair => new RebaseMove(
                Named(pair.Key), Named(pair.Value), [.. entered[pair.Key.Id].Select(row => row.Planned)], [.. entered[pair.Key.Id].Select(row => row.Done)]))]);
    }

    private static RebaseGrid Named(CampaignGrid grid) => new(grid.Code, grid.Name);
}
