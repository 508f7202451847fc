using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Resources;

/// <summary>Resources planned and used, rolled up. Thread safe.</summary>
internal sealed class ResourceTables(Database database, CampaignBooks books, Households households, DataFolder data)
{
    private const string Sql =
        """
        select coalesce(p.grid_id, u.grid_id) as grid, coalesce(p.resource, u.resource) as resource,
               coalesce(p.quantity, 0) as planned, coalesce(u.used, 0) as used, coalesce(p.version, 0) as version
        from (select * from resource_plan where campaign_id = @id) p
        full join (select grid_id, resource, sum(quantity) as used from resource_use where campaign_id = @id group by grid_id, resource) u
            on u.grid_id = p.grid_id and u.resource = p.resource
        """;

    /// <summary>The kinds of a campaign, in the office's order.</summary>
    public static async Task<List<ResourceKind>> KindsAsync(NpgsqlConnection connection, long id, NpgsqlTransaction? transaction = null) =>
        [.. await connection.QueryAsync<ResourceKind>("select code, name, name_en, unit from campaign_resource where campaign_id = @id order by sort", new { id }, transaction)];

    /// <summary>The table of a level.</summary>
    /// <exception cref="ProblemException">400: a level finer than the zones. 404: no such campaign.</exception>
    public async Task<ResourceTable> OfAsync(Caller caller, long id, int? level, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var at = level ?? campaign.ZoneLevel;
        if (at < 1 || at > campaign.ZoneLevel)
            throw new ProblemException(Problem.Bad("level", "bad_level", $"level is 1 to {campaign.ZoneLevel}: the zones of this campaign are on level {campaign.ZoneLevel}."));
        var counted = await households.OfAsync(campaign, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var kinds = await KindsAsync(connection, id);
        var entered = (await connection.QueryAsync<Entered>(new CommandDefinition(Sql, new { id }, cancellationToken: cancel))).ToList();
        var visible = caller.ReachOf(Permission.SeeMap).Roots;
        var reached = visible is null ? null : (await connection.QueryAsync<long>("select reach(@visible)", new { visible })).ToHashSet();

        var shown = grids.Rows(at).Where(grid => reached is null || reached.Contains(grid.Id)).ToList();
        var own = entered.ToDictionary(entry => (entry.Grid, entry.Resource));
        var inside = entered.SelectMany(entry => Chain(grids, entry.Grid).Select(grid => (grid.Id, entry))).ToLookup(pair => pair.Id, pair => pair.entry);
        var rows = shown.ConvertAll(grid => Row(kinds, grid, grids.Parent(grid)?.Code, Count(counted, [grid]), inside[grid.Id], own));
        var rest = reached is null ? entered.Where(entry => !Chain(grids, entry.Grid).Any(grid => grid.Level == at)).ToList() : [];
        return new ResourceTable(
            id, at, kinds, rows,
            rest is [] ? null : Row(kinds, null, null, null, rest, null),
            Row(kinds, null, null, Count(counted, shown), reached is null ? entered : shown.SelectMany(grid => inside[grid.Id]), null));
    }

    /// <summary>The same as a sheet.</summary>
    /// <exception cref="ProblemException">As <see cref="OfAsync"/>; 400: another format.</exception>
    public async Task<IResult> SheetAsync(Caller caller, long id, int? level, string format, CancellationToken cancel)
    {
        var workbook = SheetFile.IsWorkbook(format) ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is json, csv or xlsx."));
        var table = await OfAsync(caller, id, level, cancel);
        string[] headings = ["网格编码", "网格", "上级编码", "户数", .. table.Kinds.SelectMany(kind => (string[])[$"{kind.Name}计划（{kind.Unit}）", $"{kind.Name}已用（{kind.Unit}）", $"{kind.Name}户均"])];
        var rows = table.Rows.Concat(table.NotDivided is { } rest ? [rest with { Name = "未分到网格" }] : []).Append(table.Total with { Name = "合计" })
            .Select(row => (IEnumerable<object?>)
            [
                row.Grid, row.Name, row.Parent, row.Households,
                .. row.Quantities.SelectMany(quantity => (object?[])[quantity.Planned, quantity.Used, quantity.UsedPerHousehold]),
            ]);
        return await SheetFile.AnswerAsync($"resources-{id}", "资源投入", workbook, headings, rows, data, cancel);
    }

    private static ResourceRow Row(
        List<ResourceKind> kinds, CampaignGrid? grid, string? parent, int? households, IEnumerable<Entered> inside, Dictionary<(long, string), Entered>? own)
    {
        var sums = inside.GroupBy(entry => entry.Resource).ToDictionary(group => group.Key, group => (Planned: group.Sum(entry => entry.Planned), Used: group.Sum(entry => entry.Used)));
        return new ResourceRow(grid?.Code, grid?.Name, parent, households, [.. kinds.Select(kind =>
        {
            var (planned, used) = sums.GetValueOrDefault(kind.Code!);
            var mine = grid is null ? null : own?.GetValueOrDefault((grid.Id, kind.Code!));
            return new ResourceQuantity(kind.Code!, planned, used, households is > 0 ? decimal.Round(used / households.Value, 4) : null, mine?.Planned ?? 0, mine?.Version ?? 0);
        })]);
    }

    private static IEnumerable<CampaignGrid> Chain(CampaignGrids grids, long id) => grids.Holder(id) is { } grid ? grids.Ancestors(grid) : [];

    private static int? Count(Dictionary<long, int> counted, List<CampaignGrid> grids)
    {
        var known = grids.Where(grid => counted.ContainsKey(grid.Id)).ToList();
        return known is [] ? null : known.Sum(grid => counted[grid.Id]);
    }

    private sealed record Entered(long Grid, string Resource, decimal Planned, decimal Used, int Version);
}
