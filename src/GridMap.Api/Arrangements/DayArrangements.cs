using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Arrangements;

/// <summary>What is arranged for each day: what was entered for it, and else what comes back by a rule.</summary>
internal static class DayArrangements
{
    private const string StoredSql =
        """
        select x.n::int, a.words, a.version, a.person_id
        from unnest(@grids, @days) with ordinality as x (grid, day, n)
        join arrangement a on a.campaign_id = @id and a.grid_id = x.grid and a.day = x.day
        """;

    private const string StoreSql =
        """
        insert into arrangement (campaign_id, grid_id, day, words, person_id)
        select @id, x.grid, x.day, x.words, x.person
        from unnest(@grids, @days, @words, @people) as x (grid, day, words, person)
        on conflict (campaign_id, grid_id, day) do update set
            words = excluded.words, person_id = excluded.person_id, version = arrangement.version + 1, changed_at = now()
        """;

    private const string NobodySql =
        """
        select x.n::int from unnest(@people) with ordinality as x (person, n)
        where x.person is not null and not exists (
            select from duty d where d.person_id = x.person and d.from_at <= now() and (d.to_at is null or d.to_at > now()))
        order by x.n limit 1
        """;

    public static async Task<Ok<Page<ArrangementItem>>> ListAsync(
        Caller caller, Database database, CampaignBooks books, long id, string? grid, DateOnly? from, DateOnly? to, int? limit, string? cursor,
        CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var (first, last) = ArrangedDays.Span(campaign, from, to);
        var inside = grid is null ? null : grids.Inside(grids.Named(grid)).Select(one => one.Id).ToHashSet();
        var count = Paging.Limit(limit);
        var after = Paging.Key(cursor, 3) is [var code, var day, var rule] ? (code, Paging.Day(day), Paging.Number(rule)) : ((string Code, DateOnly Day, long Rule)?)null;

        await using var connection = await database.OpenAsync(cancel);
        var visible = caller.ReachOf(Permission.SeeMap).Roots;
        var reached = visible is null ? null : (await connection.QueryAsync<long>("select reach(@visible)", new { visible })).ToHashSet();
        var arranged = await ArrangedDays.ReadAsync(connection, grids, id, caller, first, last, cancel);
        var items = arranged
            .Where(pair => (inside is null || inside.Contains(pair.Grid.Id)) && (reached is null || reached.Contains(pair.Grid.Id)))
            .Select(pair => pair.Item)
            .OrderBy(item => item.Grid, StringComparer.Ordinal).ThenBy(item => item.Day).ThenBy(item => item.Recurring ?? 0)
            .Where(item => after is not { } read || Compare(item, read) > 0)
            .Take(count + 1)
            .ToList();
        return TypedResults.Ok(Paging.Cut(items, count, item => [item.Grid, item.Day.ToString("yyyy-MM-dd"), (item.Recurring ?? 0).ToString()]));
    }

    /// <summary>All or none: 409 names those that somebody else has changed meanwhile. Who sees to a day to come is told.</summary>
    public static async Task<Ok<IReadOnlyList<ArrangementItem>>> PutAsync(
        Caller caller, Database database, CampaignBooks books, CampaignStore campaigns, long id, IReadOnlyList<ArrangementEntry?> entries, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var forms = ArrangementForm.Read(campaign, grids, entries);
        if (forms is [])
            return TypedResults.Ok<IReadOnlyList<ArrangementItem>>([]);

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var grid in forms.Select(form => form.Grid).Distinct())
            await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.RunCampaigns), grid.Id, $"Grid {grid.Code}");
        await CampaignStore.MoveOnAsync(transaction, id);
        var columns = new
        {
            id,
            grids = forms.Select(form => form.Grid.Id).ToArray(),
            days = forms.Select(form => form.Day).ToArray(),
            words = forms.Select(form => form.Words).ToArray(),
            people = forms.Select(form => form.Person).ToArray(),
        };
        var before = (await connection.QueryAsync<(int N, string Words, int Version, long? Person)>(StoredSql, columns, transaction))
            .ToDictionary(row => row.N - 1, row => new Stored(row.Words, row.Version, row.Person));
        RefuseChanged(forms, before);
        if (await connection.ExecuteScalarAsync<int?>(NobodySql, columns, transaction) is { } nobody)
            throw new ProblemException(Problem.Bad($"[{nobody - 1}].person", "bad_person", "Nobody of this number holds a duty on a grid now."));
        await connection.ExecuteAsync(StoreSql, columns, transaction);
        await ArrangementNotices.TellAsync(transaction, caller, campaign, campaigns.Today, forms.Select((form, i) => new ArrangementChange(
            form.Grid, form.Day, Of(before, i).Words, Of(before, i).Person, form.Words, form.Person)));
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(id, [.. columns.grids.Distinct()], null, null));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "arrangement.change", "campaign", id.ToString(), columns.grids.Distinct().ToList() is [var only] ? only : null,
            Before: new { entries = forms.Select((form, i) => new { Grid = form.Grid.Code, form.Day, Of(before, i).Words }) },
            After: new { entries = forms.Select(form => new { Grid = form.Grid.Code, form.Day, form.Words, form.Person }) }));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok<IReadOnlyList<ArrangementItem>>([.. forms.Select(form => new ArrangementItem(
            form.Grid.Code, form.Day, form.Words, form.Person, null, form.Version + 1, null))]);
    }

    private static void RefuseChanged(List<ArrangementForm> forms, Dictionary<int, Stored> stored)
    {
        var changed = forms.Select((form, i) => (form, now: Of(stored, i)))
            .Where(pair => pair.form.Version != pair.now.Version)
            .Select(pair => new ArrangementItem(pair.form.Grid.Code, pair.form.Day, pair.now.Words, null, null, pair.now.Version, null))
            .ToList();
        if (changed is not [var first, ..])
            return;
        var problem = Problem.Conflict(
            "changed_meanwhile",
            $"{first.Grid}, {first.Day:yyyy-MM-dd}: somebody else changed this arrangement, {changed.Count} in all. Read them again and repeat your change; nothing was stored.");
        throw new ProblemException(problem with { Extensions = new Dictionary<string, object?> { ["conflicts"] = changed } });
    }

    private static int Compare(ArrangementItem item, (string Code, DateOnly Day, long Rule) last) =>
        string.CompareOrdinal(item.Grid, last.Code) is var byGrid and not 0 ? byGrid : (item.Day, item.Recurring ?? 0).CompareTo((last.Day, last.Rule));

    private static Stored Of(Dictionary<int, Stored> stored, int i) => stored.GetValueOrDefault(i) ?? Stored.Nothing;

    private sealed record Stored(string Words, int Version, long? Person)
    {
        public static Stored Nothing { get; } = new("", 0, null);
    }
}
