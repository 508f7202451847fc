using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>The schedule (推进计划表) of a campaign.</summary>
internal static class Schedule
{
    /// <summary>The entries of a campaign that one may see.</summary>
    internal const string EntriesSql =
        """
        select v.code as grid, s.item, s.week, s.quantity, coalesce(g.goal, '') as goal, s.version + coalesce(g.version, 0) as version
        from schedule_entry s
        join campaign c on c.id = s.campaign_id
        join grid_version v on v.grid_id = s.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        left join schedule_goal g on g.campaign_id = s.campaign_id and g.grid_id = s.grid_id and g.week = s.week
        where s.campaign_id = @id and (@visible::bigint[] is null or s.grid_id in (select reach(@visible)))
        """;

    private const string ListSql = EntriesSql + """

          and (@grid::bigint is null or s.grid_id = @grid) and (@week::date is null or s.week = @week)
          and (@afterGrid::text is null or (v.code, s.item, s.week) > (@afterGrid, @afterItem, @afterWeek::date))
        order by v.code, s.item, s.week
        limit @most
        """;

    private const string StoredSql =
        """
        select x.n::int, s.quantity, s.version + coalesce(g.version, 0)
        from unnest(@grids, @items, @weeks) with ordinality as x (grid, item, week, n)
        join schedule_entry s on s.campaign_id = @id and s.grid_id = x.grid and s.item = x.item and s.week = x.week
        left join schedule_goal g on g.campaign_id = s.campaign_id and g.grid_id = s.grid_id and g.week = s.week
        """;

    private const string ChangeSql =
        """
        insert into schedule_change (campaign_id, grid_id, item, week, quantity_before, quantity, recorded_at, by_name)
        select @id, x.grid, x.item, x.week, coalesce(s.quantity, 0), x.quantity, @now, @by
        from unnest(@grids, @items, @weeks, @quantities) as x (grid, item, week, quantity)
        left join schedule_entry s on s.campaign_id = @id and s.grid_id = x.grid and s.item = x.item and s.week = x.week
        """;

    private const string EntrySql =
        """
        insert into schedule_entry (campaign_id, grid_id, item, week, quantity)
        select @id, x.grid, x.item, x.week, x.quantity
        from unnest(@grids, @items, @weeks, @quantities) as x (grid, item, week, quantity)
        on conflict (campaign_id, grid_id, item, week) do update set quantity = excluded.quantity, version = schedule_entry.version + 1
        """;

    private const string GoalSql =
        """
        insert into schedule_goal (campaign_id, grid_id, week, goal)
        select distinct @id, x.grid, x.week, x.goal
        from unnest(@grids, @weeks, @goals) as x (grid, week, goal) where x.goal is not null
        on conflict (campaign_id, grid_id, week) do update set goal = excluded.goal, version = schedule_goal.version + 1
        where schedule_goal.goal <> excluded.goal
        """;

    // A goal belongs to all items of its grid and week: when it changes, so do their versions.
    private const string BesideSql =
        """
        select v.code as grid, s.item, s.week, s.quantity, g.goal, s.version + g.version as version
        from (select distinct grid, week from unnest(@grids, @weeks, @goals) as y (grid, week, goal) where goal is not null) as x
        join schedule_entry s on s.campaign_id = @id and s.grid_id = x.grid and s.week = x.week
        join schedule_goal g on g.campaign_id = s.campaign_id and g.grid_id = s.grid_id and g.week = s.week
        join campaign c on c.id = s.campaign_id
        join grid_version v on v.grid_id = s.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where not exists (
            select from unnest(@grids, @items, @weeks) as z (grid, item, week) where z.grid = s.grid_id and z.item = s.item and z.week = s.week)
        order by v.code, s.item, s.week
        """;

    public static async Task<Ok<Page<ScheduleEntry>>> ListAsync(
        Caller caller, Database database, CampaignBooks books, long id, string? grid, DateOnly? week, int? limit, string? cursor, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        var asked = grid is null ? null : grids.Named(grid);
        var count = Paging.Limit(limit);
        var after = Paging.Key(cursor, 3);
        await using var connection = await database.OpenAsync(cancel);
        var parameters = new
        {
            id,
            grid = asked?.Id,
            week,
            most = count + 1,
            visible = caller.ReachOf(Permission.SeeMap).Roots,
            afterGrid = after?[0],
            afterItem = after?[1],
            afterWeek = after is null ? (DateOnly?)null : Paging.Day(after[2]),
        };
        var rows = await connection.QueryAsync<ScheduleEntry>(new CommandDefinition(ListSql, parameters, cancellationToken: cancel));
        return TypedResults.Ok(Paging.Cut([.. rows], count, row => [row.Grid!, row.Item!, row.Week.ToString("yyyy-MM-dd")]));
    }

    /// <summary>
    /// All entries or none: 409 names those that somebody else has changed meanwhile. Answers the entries with their new versions,
    /// and after them those whose version moved on because their goal was changed.
    /// </summary>
    public static async Task<Ok<IReadOnlyList<ScheduleEntry>>> PutAsync(
        Caller caller, Database database, CampaignBooks books, long id, IReadOnlyList<ScheduleEntry?> entries, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var forms = ScheduleForm.Read(campaign, grids, entries);
        if (forms is [])
        {
            return TypedResults.Ok<IReadOnlyList<ScheduleEntry>>([]);
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var grid in forms.Select(form => form.Grid).Distinct())
        {
            await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.RunCampaigns), grid.Id, $"Grid {grid.Code}");
        }

        var now = await CampaignStore.MoveOnAsync(transaction, id);
        var before = await StoredAsync(transaction, id, forms);
        RefuseChanged(forms, before);
        var beside = await StoreAsync(transaction, id, forms, now, caller.Who)
            ? await connection.QueryAsync<ScheduleEntry>(BesideSql, Columns(id, forms, now), transaction)
            : [];
        var stored = await StoredAsync(transaction, id, forms);
        var touched = forms.Select(form => form.Grid).Distinct().SelectMany(grids.Ancestors).Select(grid => grid.Id).Distinct();
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(id, [.. touched], null, null));
        await AuditAsync(transaction, caller, id, forms, before, stored);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok<IReadOnlyList<ScheduleEntry>>([.. forms.Select((form, i) => Entry(form, form.Quantity, stored[i].Version)), .. beside]);
    }

    /// <summary>Stores entries whose versions are right, with goals, inside a transaction that holds the campaign.</summary>
    /// <returns>Whether a goal was changed.</returns>
    internal static async Task<bool> StoreAsync(NpgsqlTransaction transaction, long id, IReadOnlyList<ScheduleForm> forms, DateTime now, string by)
    {
        var connection = transaction.Connection!;
        var columns = Columns(id, forms, now, by);
        await connection.ExecuteAsync(ChangeSql, columns, transaction);
        await connection.ExecuteAsync(EntrySql, columns, transaction);
        return await connection.ExecuteAsync(GoalSql, columns, transaction) > 0;
    }

    private static Task AuditAsync(
        NpgsqlTransaction transaction, Caller caller, long id, IReadOnlyList<ScheduleForm> forms,
        Dictionary<int, (decimal Quantity, int Version)> before, Dictionary<int, (decimal Quantity, int Version)> after)
    {
        var grids = forms.Select(form => form.Grid.Id).Distinct().ToList();
        var changes = forms.Select((form, i) => new
        {
            Grid = form.Grid.Code,
            form.Item,
            form.Week,
            before = before.GetValueOrDefault(i).Quantity,
            after = after.GetValueOrDefault(i).Quantity,
        });
        return AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "schedule.change", "campaign", id.ToString(), grids is [var only] ? only : null, After: new { entries = changes }));
    }

    private static object Columns(long id, IReadOnlyList<ScheduleForm> forms, DateTime now, string by = "") => new
    {
        id,
        now,
        by,
        grids = forms.Select(form => form.Grid.Id).ToArray(),
        items = forms.Select(form => form.Item).ToArray(),
        weeks = forms.Select(form => form.Week).ToArray(),
        quantities = forms.Select(form => form.Quantity).ToArray(),
        goals = forms.Select(form => form.Goal).ToArray(),
    };

    private static async Task<Dictionary<int, (decimal Quantity, int Version)>> StoredAsync(
        NpgsqlTransaction transaction, long id, IReadOnlyList<ScheduleForm> forms)
    {
        var rows = await transaction.Connection!.QueryAsync<(int N, decimal Quantity, int Version)>(
            StoredSql, Columns(id, forms, default), transaction);
        return rows.ToDictionary(row => row.N - 1, row => (row.Quantity, row.Version));
    }

    private static void RefuseChanged(List<ScheduleForm> forms, Dictionary<int, (decimal Quantity, int Version)> stored)
    {
        var changed = forms.Select((form, i) => (form, now: stored.GetValueOrDefault(i)))
            .Where(pair => pair.form.Version != pair.now.Version)
            .Select(pair => Entry(pair.form, pair.now.Quantity, pair.now.Version) with { Goal = null })
            .ToList();
        if (changed is [])
        {
            return;
        }

        var first = changed[0];
        var problem = Problem.Conflict(
            "changed_meanwhile",
            $"{first.Grid}, {first.Item}, {first.Week:yyyy-MM-dd}: somebody else changed this entry, {changed.Count} in all. " +
            "Read them again and repeat your change; nothing was stored.");
        throw new ProblemException(problem with { Extensions = new Dictionary<string, object?> { ["conflicts"] = changed } });
    }

    private static ScheduleEntry Entry(ScheduleForm form, decimal quantity, int version) =>
        new(form.Grid.Code, form.Item, form.Week, quantity, form.Goal, version);
}
