using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Calendars;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace GridMap.Api.Arrangements;

/// <summary>A rule that was read.</summary>
internal sealed record RecurringRule(long Id, CampaignGrid? Grid, Recurrence Rule, string Words, DateOnly From, DateOnly To, int Version);

/// <summary>Arrangements that come back by a rule: each Tuesday, the 1st and the 15th.</summary>
internal static class Recurrences
{
    private const int MostRules = 200;

    public static async Task<Ok<Page<RecurringItem>>> ListAsync(Database database, CampaignBooks books, long id, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        return TypedResults.Ok(new Page<RecurringItem>([.. (await ReadAsync(connection, grids, id)).Select(Item)], null));
    }

    public static async Task<Created<RecurringItem>> AddAsync(
        Caller caller, Database database, CampaignBooks books, long id, RecurringBody body, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var form = Form(campaign, grids, body);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RequireAsync(transaction, caller, id, form.Grid);
        await CampaignStore.MoveOnAsync(transaction, id);
        if (await connection.ExecuteScalarAsync<int>("select count(*)::int from recurring_arrangement where campaign_id = @id", new { id }, transaction) >= MostRules)
            throw new ProblemException(Problem.Conflict("too_many", $"A campaign has at most {MostRules} recurring arrangements; delete one that has passed."));
        var added = form with
        {
            Id = await connection.ExecuteScalarAsync<long>(
                "insert into recurring_arrangement (campaign_id, grid_id, rule, words, from_day, to_day) values (@id, @grid, @rule, @Words, @From, @To) returning id",
                new { id, grid = form.Grid?.Id, rule = form.Rule.Rule, form.Words, form.From, form.To }, transaction),
        };
        await AuditAsync(transaction, caller, "recurring.add", id, null, added);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Created($"/api/v1/campaigns/{id}/recurring/{added.Id}", Item(added));
    }

    public static async Task<Ok<RecurringItem>> PutAsync(
        Caller caller, Database database, CampaignBooks books, long id, long rule, RecurringBody body, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var form = Form(campaign, grids, body) with { Id = rule };
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var before = await LockAsync(transaction, caller, grids, id, rule);
        await RequireAsync(transaction, caller, id, form.Grid);
        if (before.Version != body.Version)
            throw new ProblemException(Problem.Conflict("changed_meanwhile", $"It is at version {before.Version} now, not {body.Version ?? 0}: look at it again."));
        var after = form with { Version = before.Version + 1 };
        await connection.ExecuteAsync(
            "update recurring_arrangement set grid_id = @grid, rule = @text, words = @Words, from_day = @From, to_day = @To, version = version + 1 where id = @rule",
            new { rule, grid = form.Grid?.Id, text = form.Rule.Rule, form.Words, form.From, form.To }, transaction);
        await AuditAsync(transaction, caller, "recurring.change", id, before, after);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok(Item(after));
    }

    public static async Task<NoContent> DeleteAsync(Caller caller, Database database, CampaignBooks books, long id, long rule, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var before = await LockAsync(transaction, caller, grids, id, rule);
        await connection.ExecuteAsync("delete from recurring_arrangement where id = @rule", new { rule }, transaction);
        await AuditAsync(transaction, caller, "recurring.delete", id, before, null);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>The rules of a campaign, the oldest first.</summary>
    internal static async Task<IReadOnlyList<RecurringRule>> ReadAsync(NpgsqlConnection connection, CampaignGrids grids, long id, NpgsqlTransaction? transaction = null)
    {
        var rows = await connection.QueryAsync<(long Id, long? Grid, string Rule, string Words, DateOnly From, DateOnly To, int Version)>(
            "select id, grid_id, rule, words, from_day, to_day, version from recurring_arrangement where campaign_id = @id order by id", new { id }, transaction);
        // One whose grid these boundaries do not know waits for them: it is not for everybody meanwhile.
        return [.. rows.Where(row => row.Grid is not { } grid || grids.ById(grid) is not null).Select(row => new RecurringRule(
            row.Id, row.Grid is { } grid ? grids.ById(grid) : null,
            Recurrence.TryParse(row.Rule, out var rule) ? rule : throw new InvalidOperationException($"Recurring arrangement {row.Id} has the rule {row.Rule}."),
            row.Words, row.From, row.To, row.Version))];
    }

    private static RecurringRule Form(CampaignAnswer campaign, CampaignGrids grids, RecurringBody body)
    {
        var grid = body.Grid is null ? null : grids.Named(body.Grid);
        if (!Recurrence.TryParse(body.Rule, out var rule))
        {
            throw Bad(
                "rule", "bad_rule",
                "rule is a recurrence rule of RFC 5545 that names days: FREQ=WEEKLY;BYDAY=TU for each Tuesday, FREQ=MONTHLY;BYMONTHDAY=1,15 for the 1st and 15th; without COUNT and UNTIL.");
        }

        var words = InputText.Clean(body.Words, "words", ArrangementForm.MaxWords);
        if (words.Length == 0)
            throw Bad("words", "words_required", "Say in words what is done.");
        var (from, to) = (body.From ?? campaign.From, body.To ?? campaign.To);
        if (from < campaign.From || to > campaign.To || to < from)
            throw Bad("from", "bad_span", $"from and to are days of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}, from not after to.");
        return rule.Days(from, to).Any()
            ? new RecurringRule(0, grid, rule, words, from, to, 1)
            : throw Bad("rule", "no_day", $"This rule falls on no day between {from:yyyy-MM-dd} and {to:yyyy-MM-dd}.");
    }

    /// <summary>Holds a rule, and who changes it to the grids that it is for.</summary>
    private static async Task<RecurringRule> LockAsync(NpgsqlTransaction transaction, Caller caller, CampaignGrids grids, long id, long rule)
    {
        await CampaignStore.MoveOnAsync(transaction, id);
        var found = (await ReadAsync(transaction.Connection!, grids, id, transaction)).FirstOrDefault(one => one.Id == rule)
            ?? throw new ProblemException(Problem.NotFound("unknown_recurring", $"Campaign {id} has no recurring arrangement {rule}."));
        await RequireAsync(transaction, caller, id, found.Grid);
        return found;
    }

    private static Task RequireAsync(NpgsqlTransaction transaction, Caller caller, long id, CampaignGrid? grid) =>
        grid is null
            ? CampaignStore.RequireAsync(transaction, caller, id)
            : Refusals.RequireAsync(transaction, caller.ReachOf(Permission.RunCampaigns), grid.Id, $"Grid {grid.Code}");

    private static Task AuditAsync(NpgsqlTransaction transaction, Caller caller, string action, long id, RecurringRule? before, RecurringRule? after) =>
        AuditLog.AddAsync(transaction, caller, new AuditEntry(
            action, "campaign", id.ToString(), (after ?? before)!.Grid?.Id, before is null ? null : Item(before), after is null ? null : Item(after)));

    private static RecurringItem Item(RecurringRule rule) => new(rule.Id, rule.Grid?.Code, rule.Rule.Rule, rule.Words, rule.From, rule.To, rule.Version);

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
