using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Grids;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;

namespace GridMap.Api.Surveys;

/// <summary>Words of an answer; never public.</summary>
/// <param name="Id">To make an issue of them.</param>
/// <param name="Item">The question's number.</param>
/// <param name="Words">As they were written.</param>
/// <param name="At">When.</param>
/// <param name="Grid">The code of the grid where they count; null: in none.</param>
/// <param name="GridName">Its name.</param>
/// <param name="Issue">The number of the issue that was made of them; null: none.</param>
public sealed record SurveyText(long Id, int Item, string Words, DateTimeOffset At, string? Grid, string? GridName, string? Issue);

/// <summary>What issue is made of a suggestion.</summary>
/// <param name="Category">The code of a category.</param>
/// <param name="Lon">Degrees; without a place the middle of the suggestion's grid is taken.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Crs">wgs84 (default), cgcs2000, gcj02, bd09.</param>
/// <param name="Description">In words; without it those of the suggestion.</param>
public sealed record SuggestionIssueBody(string? Category, double? Lon = null, double? Lat = null, string? Crs = null, string? Description = null);

/// <summary>The words that residents wrote, and the issues that come of them. Thread safe.</summary>
internal sealed class SurveyTexts(Database database, SnapshotProvider snapshots, IssueIntake intake)
{
    private const int MaxDescription = 4000;

    private const string ListSql =
        """
        select i.id, i.ordinal::int as item, i.words, a.at, a.grid_id, issue.number as issue
        from survey_answer_item i
        join survey_answer a on a.id = i.answer_id
        left join survey_suggestion s on s.answer_item_id = i.id
        left join issue on issue.id = s.issue_id
        where i.survey_id = @id and i.words is not null and (@before::bigint is null or i.id < @before) and (@item::int is null or i.ordinal = @item)
          and (@open::boolean is null or @open = (s.issue_id is null))
          and (@reach::bigint[] is null or a.grid_id in (select reach(@reach)))
          and (@grid::text is null or a.grid_id in (select reach(array(select grid_id from grid_code where code = @grid))))
        order by i.id desc limit @most
        """;

    /// <summary>A page of what was written, the newest first, on the grids that the caller reaches.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<Page<SurveyText>> ListAsync(Caller caller, long id, string? grid, int? item, bool? open, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : (long?)null;
        await using var connection = await database.OpenAsync(cancel);
        await SurveyRow.FindAsync(connection, null, id);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { id, grid, item, open, before, most = limit + 1, reach = caller.ReachOf(Permission.DirectIssues).Roots }, cancellationToken: cancel));
        var snapshot = snapshots.Current;
        return Paging.Cut(
            [.. rows.Select(row =>
            {
                var home = row.GridId is { } at ? snapshot.Home(at) : null;
                return new SurveyText(row.Id, row.Item, row.Words, row.At, home?.Code, home?.Name, row.Issue);
            })],
            limit, text => [text.Id.ToString()]);
    }

    /// <summary>Makes an issue of a suggestion, once.</summary>
    /// <exception cref="ProblemException">400, 403, 404; 409 when there is one already.</exception>
    public async Task<IssueReceipt> MakeIssueAsync(Caller caller, long id, long text, SuggestionIssueBody body, CancellationToken cancel)
    {
        if (!GridCode.TryParse(body.Category, out var category))
            throw new ProblemException(Problem.Bad("category", "bad_category", "Send the code of a category; /api/v1/categories lists them."));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var row = await FindAsync(caller, transaction, id, text);
        if (row.Issue is not null)
            throw Made(row.Issue);
        var center = row.GridId is { } grid ? snapshots.Current.Home(grid)?.Center : null;
        if (body.Lon is null && body.Lat is null && center is null)
            throw new ProblemException(Problem.Bad("lon", "place_required", "The suggestion lies in no grid: say in lon and lat where the issue is."));
        var point = body.Lon is null && body.Lat is null ? PointInput.Point(center!.X, center.Y, null) : PointInput.Point(body.Lon, body.Lat, body.Crs);
        var words = InputText.Clean(body.Description, "description", MaxDescription);
        var report = new IssueReport(category.Value, point, Accuracy: null, words.Length > 0 ? words : row.Words, Contact: "", Qr: null, "survey", IssueSeverity.Normal, []);
        var receipt = await intake.InsertAsync(transaction, report, caller, cancel);

        // Whoever makes one of it at the same time waits here for the first, and takes all of their own back.
        var isFirst = await connection.ExecuteAsync(
            "insert into survey_suggestion (answer_item_id, issue_id, by_name) select @text, id, @Who from issue where number = @Number on conflict (answer_item_id) do nothing",
            new { text, receipt.Number, caller.Who }, transaction);
        if (isFirst == 0)
            throw Made(null);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("survey.issue", "survey", id.ToString(), row.GridId, After: new { text, issue = receipt.Number }));
        await transaction.CommitAsync(CancellationToken.None);
        return receipt;
    }

    /// <summary>Erases words in which somebody is named; that there was an answer stays.</summary>
    /// <exception cref="ProblemException">403, 404.</exception>
    public async Task EraseAsync(Caller caller, long id, long text, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await FindAsync(caller, transaction, id, text);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.EraseReporters), row.GridId, $"Text {text}");
        await connection.ExecuteAsync("select erase_survey_words(@text)", new { text }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("survey.erase", "survey", id.ToString(), row.GridId, After: new { text }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task<Row> FindAsync(Caller caller, Npgsql.NpgsqlTransaction transaction, long id, long text)
    {
        var connection = transaction.Connection!;
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select i.id, i.ordinal::int as item, i.words, a.at, a.grid_id, issue.number as issue
            from survey_answer_item i
            join survey_answer a on a.id = i.answer_id
            left join survey_suggestion s on s.answer_item_id = i.id
            left join issue on issue.id = s.issue_id
            where i.survey_id = @id and i.id = @text and i.words is not null
            """,
            new { id, text }, transaction);
        return row is null ? throw new ProblemException(Unknown(id, text))
            : await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.DirectIssues), row.GridId) ? row
            : throw new ProblemException(Unknown(id, text) with { IsRefusal = true });
    }

    private static Problem Unknown(long id, long text) => Problem.NotFound("unknown_text", $"Survey {id} has no text {text}.");

    private static ProblemException Made(string? number) => new(Problem.Conflict(
        "issue_made", number is null ? "Somebody has just made an issue of this suggestion." : $"Issue {number} was made of this suggestion already.") with
    { Extensions = new Dictionary<string, object?> { ["issue"] = number } });

    private sealed record Row(long Id, int Item, string Words, DateTime At, long? GridId, string? Issue);
}
