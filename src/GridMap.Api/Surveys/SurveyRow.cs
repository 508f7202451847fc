using System.Text.Json;
using Dapper;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using Npgsql;

namespace GridMap.Api.Surveys;

/// <summary>A survey as it is stored.</summary>
internal sealed record SurveyRow(
    long Id, string Code, string Title, string TitleEn, string Intro, string IntroEn, string Mode, long? GridId, int Level, DateTime? OpensAt, DateTime? ClosesAt, bool ResultsPublic, int MinSample,
    string State, bool IsOver, int Version, DateTime UpdatedAt, string UpdatedBy, int Answers)
{
    /// <summary>The columns, of a survey called s.</summary>
    public const string Columns =
        """
        s.id, s.code, s.title, s.title_en, s.intro, s.intro_en, s.mode, s.grid_id, s.level::int, s.opens_at, s.closes_at, s.results_public, s.min_sample::int,
        case when s.state = 'open' and s.closes_at <= now() then 'closed' when s.state = 'open' and s.opens_at > now() then 'planned' else s.state end as state,
        coalesce(s.closes_at <= now(), false) as is_over,
        s.version, s.updated_at, s.updated_by, (select count(*)::int from survey_answer a where a.survey_id = s.id) as answers
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Whether its figures are for everybody: while it is open they would show each answer as it comes.</summary>
    public bool IsTold => State == "closed" && ResultsPublic;

    /// <summary>One survey.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public static async Task<SurveyRow> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long id) =>
        await connection.QuerySingleOrDefaultAsync<SurveyRow>($"select {Columns} from survey s where s.id = @id", new { id }, transaction) ?? throw Unknown(id.ToString());

    /// <summary>The same, held against changes until the transaction ends.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public static async Task<SurveyRow> HoldAsync(NpgsqlTransaction transaction, long id)
    {
        // Held first, then read: a statement sees what was there when it began, and it may wait for the change that it has to see.
        await transaction.Connection!.ExecuteAsync("select from survey where id = @id for update", new { id }, transaction);
        return await FindAsync(transaction.Connection!, transaction, id);
    }

    /// <summary>Its questions.</summary>
    public static async Task<IReadOnlyList<SurveyItem>> ItemsAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long id)
    {
        var rows = await connection.QueryAsync<ItemRow>(
            "select ordinal::int, kind, subject, scale::int, multiple, options::text, required, words, words_en from survey_item where survey_id = @id order by ordinal", new { id }, transaction);
        return [.. rows.Select(row => new SurveyItem(
            row.Ordinal, row.Kind, row.Subject, row.Scale, row.Multiple, row.Options is null ? null : JsonSerializer.Deserialize<List<SurveyOption>>(row.Options, Json), row.Required, row.Words, row.WordsEn))];
    }

    public static ProblemException Unknown(string survey) => new(Problem.NotFound("unknown_survey", $"There is no survey {survey}."));

    public SurveyListItem Item(Snapshot snapshot) => new(
        Id, Code, Title, TitleEn, Mode, GridOf(snapshot), Level, OpensAt, ClosesAt, ResultsPublic, MinSample, State, Version, Answers, UpdatedAt, UpdatedBy);

    public SurveyDetail Detail(Snapshot snapshot, IReadOnlyList<SurveyItem> items) => new(
        Id, Code, Title, TitleEn, Mode, GridOf(snapshot), Level, OpensAt, ClosesAt, ResultsPublic, MinSample, State, Version, Answers, UpdatedAt, UpdatedBy, Intro, IntroEn, items);

    private GridReference? GridOf(Snapshot snapshot) => GridId is { } id && snapshot.Home(id) is { } grid ? GridReference.To(grid) : null;

    private sealed record ItemRow(int Ordinal, string Kind, string? Subject, int? Scale, bool Multiple, string? Options, bool Required, string Words, string WordsEn);
}
