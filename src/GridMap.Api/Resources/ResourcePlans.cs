using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Grids;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace GridMap.Api.Resources;

/// <summary>Which resources a campaign counts, and what is planned of them.</summary>
internal static class ResourcePlans
{
    private const int MostKinds = 20;
    private const int MaxText = 50;

    /// <summary>What a campaign counts unless the office says otherwise.</summary>
    internal static readonly IReadOnlyList<ResourceKind> Usual =
    [
        new("cleaners", "保洁员", "Cleaners", "人"), new("volunteers", "志愿者", "Volunteers", "人次"),
        new("vehicles", "车辆", "Vehicles", "台班"), new("money", "经费", "Money", "元"),
    ];

    private const string StoredSql =
        """
        select x.n::int, p.quantity, p.version
        from unnest(@grids, @resources) with ordinality as x (grid, resource, n)
        join resource_plan p on p.campaign_id = @id and p.grid_id = x.grid and p.resource = x.resource
        """;

    /// <summary>Stores plans, whatever was planned before.</summary>
    internal const string StoreSql =
        """
        insert into resource_plan (campaign_id, grid_id, resource, quantity)
        select @id, x.grid, x.resource, x.quantity from unnest(@grids, @resources, @quantities) as x (grid, resource, quantity)
        on conflict (campaign_id, grid_id, resource) do update set quantity = excluded.quantity, version = resource_plan.version + 1
        """;

    /// <summary>All or none: 409 names those that somebody else has changed meanwhile.</summary>
    public static async Task<Ok<IReadOnlyList<ResourcePlanEntry>>> PutAsync(
        Caller caller, Database database, CampaignBooks books, long id, IReadOnlyList<ResourcePlanEntry?> entries, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await CampaignStore.MoveOnAsync(transaction, id);
        var forms = Read(await ResourceTables.KindsAsync(connection, id, transaction), grids, entries);
        foreach (var grid in forms.Select(form => form.Grid).Distinct())
            await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.RunCampaigns), grid.Id, $"Grid {grid.Code}");
        var columns = new
        {
            id,
            grids = forms.ConvertAll(form => form.Grid.Id).ToArray(),
            resources = forms.ConvertAll(form => form.Entry.Resource!).ToArray(),
            quantities = forms.ConvertAll(form => form.Entry.Planned).ToArray(),
        };
        var stored = (await connection.QueryAsync<(int N, decimal Planned, int Version)>(StoredSql, columns, transaction)).ToDictionary(row => row.N - 1, row => (row.Planned, row.Version));
        var changed = forms.Select((form, i) => (form.Entry, Now: stored.GetValueOrDefault(i))).Where(pair => pair.Entry.Version != pair.Now.Version)
            .Select(pair => pair.Entry with { Planned = pair.Now.Planned, Version = pair.Now.Version }).ToList();
        if (changed is [var first, ..])
        {
            var problem = Problem.Conflict(
                "changed_meanwhile", $"{first.Grid}, {first.Resource}: somebody else changed this entry, {changed.Count} in all. Read them again and repeat your change; nothing was stored.");
            throw new ProblemException(problem with { Extensions = new Dictionary<string, object?> { ["conflicts"] = changed } });
        }

        await connection.ExecuteAsync(StoreSql, columns, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "resources.plan", "campaign", id.ToString(), columns.grids.Distinct().ToList() is [var only] ? only : null,
            Before: new { planned = forms.Select((_, i) => stored.GetValueOrDefault(i).Planned) }, After: new { entries = forms.Select(form => form.Entry) }));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok<IReadOnlyList<ResourcePlanEntry>>([.. forms.Select(form => form.Entry with { Version = form.Entry.Version + 1 })]);
    }

    /// <summary>Writes the kinds, whole. One that has entries stays.</summary>
    public static async Task<Ok<IReadOnlyList<ResourceKind>>> PutKindsAsync(
        Caller caller, Database database, long id, IReadOnlyList<ResourceKind?> wanted, CancellationToken cancel)
    {
        var kinds = ReadKinds(wanted);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await CampaignStore.MoveOnAsync(transaction, id);
        await CampaignStore.RequireAsync(transaction, caller, id);
        var codes = kinds.ConvertAll(kind => kind.Code!).ToArray();
        var kept = await connection.QueryFirstOrDefaultAsync<string?>(
            """
            select resource from (
                select resource from resource_plan where campaign_id = @id union select resource from resource_use where campaign_id = @id) used
            where resource <> all (@codes) limit 1
            """,
            new { id, codes }, transaction);
        if (kept is not null)
            throw new ProblemException(Problem.Conflict("resource_in_use", $"{kept} has entries, which stay: leave it in the list."));
        var before = await ResourceTables.KindsAsync(connection, id, transaction);
        await connection.ExecuteAsync("delete from campaign_resource where campaign_id = @id and code <> all (@codes)", new { id, codes }, transaction);
        await StoreKindsAsync(transaction, id, kinds);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("resources.kinds", "campaign", id.ToString(), Before: new { kinds = before }, After: new { kinds }));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok<IReadOnlyList<ResourceKind>>(kinds);
    }

    /// <summary>Writes kinds over those of the same codes.</summary>
    internal static Task StoreKindsAsync(NpgsqlTransaction transaction, long id, IEnumerable<ResourceKind> kinds) =>
        transaction.Connection!.ExecuteAsync(
            """
            insert into campaign_resource (campaign_id, code, name, name_en, unit, sort) values (@id, @Code, @Name, @NameEn, @Unit, @sort)
            on conflict (campaign_id, code) do update set name = @Name, name_en = @NameEn, unit = @Unit, sort = @sort
            """,
            kinds.Select((kind, sort) => new { id, kind.Code, kind.Name, kind.NameEn, kind.Unit, sort }), transaction);

    private static List<(CampaignGrid Grid, ResourcePlanEntry Entry)> Read(List<ResourceKind> kinds, CampaignGrids grids, IReadOnlyList<ResourcePlanEntry?> entries)
    {
        var forms = new List<(CampaignGrid Grid, ResourcePlanEntry Entry)>();
        var seen = new HashSet<(long, string)>();
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i] ?? throw Bad($"[{i}]", "bad_entry", "An entry has grid, resource, planned and version.");
            var grid = grids.Named(entry.Grid, $"[{i}].grid");
            if (kinds.TrueForAll(kind => kind.Code != entry.Resource))
                throw Bad($"[{i}].resource", "bad_resource", $"resource is one of {string.Join(", ", kinds.Select(kind => kind.Code))}.");
            if (entry.Planned < 0 || !Quantities.Fit(entry.Planned))
                throw Bad($"[{i}].planned", "bad_quantity", $"planned is 0 or more, with at most 3 decimals, below {Quantities.Limit}.");
            if (!seen.Add((grid.Id, entry.Resource!)))
                throw Bad($"[{i}]", "duplicate_entry", $"{grid.Code}, {entry.Resource} stands twice.");
            forms.Add((grid, entry));
        }

        return forms;
    }

    private static List<ResourceKind> ReadKinds(IReadOnlyList<ResourceKind?> wanted)
    {
        if (wanted.Count is 0 or > MostKinds)
            throw Bad("", "bad_kinds", $"Give 1 to {MostKinds} kinds, each with code, name and unit.");
        var kinds = new List<ResourceKind>();
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] is not { Code: { } code } kind || !GridCode.TryParse(code, out _))
                throw Bad($"[{i}].code", "bad_code", "A code has 1 to 40 letters, digits, dots, dashes or underscores.");
            if (kinds.Exists(other => other.Code == code))
                throw Bad($"[{i}].code", "duplicate_code", $"The code {code} stands twice.");
            var (name, unit) = (InputText.Line(kind.Name, $"[{i}].name", MaxText), InputText.Line(kind.Unit, $"[{i}].unit", MaxText));
            if (name.Length == 0 || unit.Length == 0)
                throw Bad($"[{i}].{(name.Length == 0 ? "name" : "unit")}", "required", "A kind has a name, and a unit that it is counted in.");
            kinds.Add(new ResourceKind(code, name, InputText.Line(kind.NameEn, $"[{i}].nameEn", MaxText), unit));
        }

        return kinds;
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
