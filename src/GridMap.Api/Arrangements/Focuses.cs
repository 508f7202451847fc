using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Arrangements;

/// <summary>What the months and weeks of a campaign are about: a month's target village, a week's theme.</summary>
internal static class Focuses
{
    private const string Sql = "select span, from_day, grid_id, words, version from campaign_focus where campaign_id = @id order by from_day, span";

    private const string StoreSql =
        """
        insert into campaign_focus (campaign_id, span, from_day, grid_id, words)
        select @id, x.span, x.day, x.grid, x.words from unnest(@spans, @days, @grids, @words) as x (span, day, grid, words)
        on conflict (campaign_id, span, from_day) do update set grid_id = excluded.grid_id, words = excluded.words, version = campaign_focus.version + 1
        """;

    public static async Task<Ok<Page<CampaignFocus>>> ListAsync(Database database, CampaignBooks books, long id, CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(string Span, DateOnly From, long? Grid, string Words, int Version)>(new CommandDefinition(Sql, new { id }, cancellationToken: cancel));
        return TypedResults.Ok(new Page<CampaignFocus>(
            [.. rows.Select(row => new CampaignFocus(row.Span, row.From, row.Grid is { } grid ? grids.ById(grid)?.Code : null, row.Words, row.Version))], null));
    }

    /// <summary>All or none: 409 names those that somebody else has changed meanwhile.</summary>
    public static async Task<Ok<IReadOnlyList<CampaignFocus>>> PutAsync(
        Caller caller, Database database, CampaignBooks books, long id, IReadOnlyList<CampaignFocus?> wanted, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var forms = Read(campaign, grids, wanted);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await CampaignStore.RequireAsync(transaction, caller, id);
        await CampaignStore.MoveOnAsync(transaction, id);
        var stored = (await connection.QueryAsync<(string Span, DateOnly From, long? Grid, string Words, int Version)>(Sql, new { id }, transaction))
            .ToDictionary(row => (row.Span, row.From), row => row.Version);
        foreach (var form in forms.Where(form => stored.GetValueOrDefault((form.Span!, form.From)) != form.Version))
        {
            throw new ProblemException(Problem.Conflict(
                "changed_meanwhile", $"The {form.Span} from {form.From:yyyy-MM-dd} is at version {stored.GetValueOrDefault((form.Span!, form.From))} now, not {form.Version}: look at it again; nothing was stored."));
        }

        await connection.ExecuteAsync(
            StoreSql,
            new
            {
                id,
                spans = forms.Select(form => form.Span).ToArray(),
                days = forms.Select(form => form.From).ToArray(),
                grids = forms.Select(form => form.Grid is null ? (long?)null : grids.ByCode(form.Grid)!.Id).ToArray(),
                words = forms.Select(form => form.Words).ToArray(),
            },
            transaction);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(id, [], null, null));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("campaign.focus", "campaign", id.ToString(), After: new { focuses = forms }));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok<IReadOnlyList<CampaignFocus>>([.. forms.Select(form => form with { Version = form.Version + 1 })]);
    }

    private static List<CampaignFocus> Read(CampaignAnswer campaign, CampaignGrids grids, IReadOnlyList<CampaignFocus?> wanted)
    {
        var forms = new List<CampaignFocus>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var focus = wanted[i] ?? throw Bad($"[{i}]", "bad_entry", "A focus has span, from, grid, words and version.");
            var isOfMonth = focus.Span == "month";
            if (!isOfMonth && focus.Span != "week")
                throw Bad($"[{i}].span", "bad_span", "span is month or week.");
            var ends = isOfMonth ? focus.From.AddMonths(1) : focus.From.AddDays(7);
            if ((isOfMonth ? focus.From.Day != 1 : focus.From.DayOfWeek != DayOfWeek.Monday) || ends <= campaign.From || focus.From > campaign.To)
                throw Bad($"[{i}].from", "bad_from", $"from is {(isOfMonth ? "the first day of a month" : "the Monday of a week")} of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}.");
            if (focus.Grid is not null)
                grids.Named(focus.Grid, $"[{i}].grid");
            if (forms.Exists(other => other.Span == focus.Span && other.From == focus.From))
                throw Bad($"[{i}]", "duplicate_entry", $"The {focus.Span} from {focus.From:yyyy-MM-dd} stands twice.");
            forms.Add(focus with { Words = InputText.Line(focus.Words, $"[{i}].words", ArrangementForm.MaxWords) });
        }

        return forms;
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
