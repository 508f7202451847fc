using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Surveys;

/// <summary>Surveys as they are defined. Thread safe.</summary>
internal sealed class SurveyStore(Database database, SnapshotProvider snapshots, IOptions<GridMapOptions> options)
{
    private const int CodeLength = 7;

    // Without letters and digits that are read for one another; the first is a letter.
    private const string CodeLetters = "abcdefghjkmnpqrstuvwxyz";

    private const string InsertSql =
        """
        insert into survey (code, title, title_en, intro, intro_en, mode, grid_id, level, opens_at, closes_at, results_public, min_sample, created_by, updated_by)
        values (@code, @Title, @TitleEn, @Intro, @IntroEn, @Mode, @grid, @Level, @OpensAt, @ClosesAt, @ResultsPublic, @MinSample, @who, @who)
        returning id
        """;

    private const string UpdateSql =
        """
        update survey set title = @Title, title_en = @TitleEn, intro = @Intro, intro_en = @IntroEn, mode = @Mode, grid_id = @grid, level = @Level, opens_at = @OpensAt, closes_at = @ClosesAt,
               results_public = @ResultsPublic, min_sample = @MinSample, version = version + 1, updated_at = now(), updated_by = @who
        where id = @id
        """;

    private const string InsertItemSql =
        """
        insert into survey_item (survey_id, ordinal, kind, subject, scale, multiple, options, required, words, words_en)
        values (@id, @Ordinal, @Kind, @Subject, @Scale, @Multiple, @options::jsonb, @Required, @Words, @WordsEn)
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A page of surveys, the newest first; drafts for those who make them.</summary>
    public async Task<Page<SurveyListItem>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : (long?)null;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<SurveyRow>(new CommandDefinition(
            $"""
            select {SurveyRow.Columns} from survey s
            where (@before::bigint is null or s.id < @before) and (@drafts or s.state <> 'draft') order by s.id desc limit @most
            """,
            new { before, drafts = caller.May(Permission.RunCampaigns), most = limit + 1 }, cancellationToken: cancel));
        var snapshot = snapshots.Current;
        return Paging.Cut([.. rows.Select(row => row.Item(snapshot))], limit, survey => [survey.Id.ToString()]);
    }

    /// <summary>One survey with its questions.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<SurveyDetail> FindAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await SurveyRow.FindAsync(connection, null, id);
        return row.State != "draft" || caller.May(Permission.RunCampaigns)
            ? row.Detail(snapshots.Current, await SurveyRow.ItemsAsync(connection, null, id))
            : throw SurveyRow.Unknown(id.ToString());
    }

    /// <summary>Makes a draft.</summary>
    /// <exception cref="ProblemException">400, 403.</exception>
    public async Task<long> CreateAsync(Caller caller, SurveyBody body, CancellationToken cancel)
    {
        var form = SurveyForm.Read(body, options.Value.LevelCount);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var grid = await PlaceAsync(transaction, caller, form);
        var id = await InsertAsync(transaction, form, grid, caller.Who);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("survey.create", "survey", id.ToString(), grid, After: new { form.Title, form.Mode, items = form.Items.Count }));
        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>The same inside a transaction.</summary>
    internal static async Task<long> InsertAsync(NpgsqlTransaction transaction, SurveyForm form, long? grid, string who, string? code = null)
    {
        code ??= RandomNumberGenerator.GetString(CodeLetters, CodeLength);
        var id = await transaction.Connection!.ExecuteScalarAsync<long>(InsertSql, Columns(form, grid, who, code: code), transaction);
        await InsertItemsAsync(transaction, id, form.Items);
        return id;
    }

    private static object Columns(SurveyForm form, long? grid, string who, long? id = null, string? code = null) => new
    {
        id,
        code,
        form.Title,
        form.TitleEn,
        form.Intro,
        form.IntroEn,
        form.Mode,
        grid,
        form.Level,
        form.OpensAt,
        form.ClosesAt,
        form.ResultsPublic,
        form.MinSample,
        who,
    };

    /// <summary>Writes a survey anew, whole. Once somebody has answered, its questions, its mode and its place stay.</summary>
    /// <exception cref="ProblemException">400, 403, 404; 409 for what stays; 412 when somebody changed it meanwhile.</exception>
    public async Task ChangeAsync(Caller caller, long id, int version, SurveyBody body, CancellationToken cancel)
    {
        var form = SurveyForm.Read(body, options.Value.LevelCount);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await HoldAsync(transaction, caller, id);
        if (row.Version != version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status412PreconditionFailed, "survey_changed", $"Survey {id} is at version {row.Version}, not {version}: look at it again.", "If-Match"));
        }

        // A grid that is gone is still where the survey was asked: what stands for it now says the same.
        var grid = row.GridId is { } asked && snapshots.Current.Home(asked)?.Code == form.Grid ? asked : await PlaceAsync(transaction, caller, form);
        var before = await SurveyRow.ItemsAsync(connection, transaction, id);
        var isOther = JsonSerializer.Serialize(before, Json) != JsonSerializer.Serialize(form.Items, Json);
        if (row.Answers > 0 && (isOther || form.Mode != row.Mode || grid != row.GridId))
        {
            throw new ProblemException(Problem.Conflict(
                "survey_answered", $"Survey {id} has {row.Answers} answers: its questions, its mode and its place stay as they are. Copy it to ask something else."));
        }

        if (isOther)
        {
            await connection.ExecuteAsync("delete from survey_item where survey_id = @id", new { id }, transaction);
            await InsertItemsAsync(transaction, id, form.Items);
        }

        await connection.ExecuteAsync(UpdateSql, Columns(form, grid, caller.Who, id: id), transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "survey.change", "survey", id.ToString(), grid, new { row.Title, row.Mode, row.ClosesAt, row.ResultsPublic, row.MinSample, items = before.Count },
            new { form.Title, form.Mode, form.ClosesAt, form.ResultsPublic, form.MinSample, items = form.Items.Count }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Opens a draft or a closed survey, or closes an open one. Done twice it is done once.</summary>
    /// <exception cref="ProblemException">403, 404; 409 when its time is over, or it is a draft that is to be closed.</exception>
    public async Task TurnAsync(Caller caller, long id, bool open, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await HoldAsync(transaction, caller, id);
        if (open && row.IsOver)
            throw new ProblemException(Problem.Conflict("survey_over", $"Survey {id} closed at {row.ClosesAt:O}: change closesAt first."));
        if (!open && row.State == "draft")
            throw new ProblemException(Problem.Conflict("survey_draft", $"Survey {id} is a draft; there is nothing to close."));
        if (open ? row.State is not ("open" or "planned") : row.State != "closed")
        {
            var state = open ? "open" : "closed";
            await connection.ExecuteAsync(
                "update survey set state = @state, version = version + 1, updated_at = now(), updated_by = @Who where id = @id", new { state, id, caller.Who }, transaction);
            await AuditLog.AddAsync(transaction, caller, new AuditEntry(open ? "survey.open" : "survey.close", "survey", id.ToString(), row.GridId, new { row.State }, new { state }));
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Makes a draft with the same questions, without times.</summary>
    /// <exception cref="ProblemException">403, 404.</exception>
    public async Task<long> CopyAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await HoldAsync(transaction, caller, id);
        var form = new SurveyForm(
            row.Title, row.TitleEn, row.Intro, row.IntroEn, row.Mode, Grid: null, row.Level, OpensAt: null, ClosesAt: null, row.ResultsPublic, row.MinSample,
            await SurveyRow.ItemsAsync(connection, transaction, id));
        var copy = await InsertAsync(transaction, form, row.GridId, caller.Who);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("survey.create", "survey", copy.ToString(), row.GridId, After: new { row.Title, copyOf = id }));
        await transaction.CommitAsync(CancellationToken.None);
        return copy;
    }

    /// <summary>Holds a survey against changes, for who runs it where it is asked.</summary>
    /// <exception cref="ProblemException">403, 404.</exception>
    internal static async Task<SurveyRow> HoldAsync(NpgsqlTransaction transaction, Caller caller, long id)
    {
        var row = await SurveyRow.HoldAsync(transaction, id);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.RunCampaigns), row.GridId, $"Survey {id}");
        return row;
    }

    private static async Task<long?> PlaceAsync(NpgsqlTransaction transaction, Caller caller, SurveyForm form)
    {
        var grid = form.Grid is null ? null : (await DutyPlace.FindAsync(transaction, form.Grid, "")).GridId;
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.RunCampaigns), grid, form.Grid is null ? "The whole territory" : $"Grid {form.Grid}");
        return grid;
    }

    private static Task InsertItemsAsync(NpgsqlTransaction transaction, long id, IReadOnlyList<SurveyItem> items) =>
        transaction.Connection!.ExecuteAsync(
            InsertItemSql,
            items.Select(item => new
            {
                id,
                item.Ordinal,
                item.Kind,
                item.Subject,
                item.Scale,
                item.Multiple,
                options = item.Options is null ? null : JsonSerializer.Serialize(item.Options, Json),
                item.Required,
                item.Words,
                item.WordsEn,
            }),
            transaction);
}
