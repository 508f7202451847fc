using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Surveys;

/// <summary>What was answered to a question on a line.</summary>
/// <param name="Item">The question's number.</param>
/// <param name="Count">How many answered it.</param>
/// <param name="TooFew">True: they, or those beside them, are too few to be told.</param>
/// <param name="Mean">Of a score, 1 to its scale.</param>
/// <param name="Score">The same on a scale of 0 to 100, by which questions of different scales compare.</param>
/// <param name="Distribution">How many gave each score, or chose each option, from 1 on.</param>
public sealed record SurveyFigure(int Item, int Count, bool TooFew, double? Mean, double? Score, IReadOnlyList<int>? Distribution);

/// <summary>A line of the results.</summary>
/// <param name="Grid">The grid; null for what lies in no grid of the level: with it the lines add up.</param>
/// <param name="Answers">How many answers there are.</param>
/// <param name="TooFew">True: the overall score is not told.</param>
/// <param name="Score">The overall score, 0 to 100: the mean of all scores that had to be given.</param>
/// <param name="Figures">By question.</param>
public sealed record SurveyLine(GridReference? Grid, int Answers, bool TooFew, double? Score, IReadOnlyList<SurveyFigure> Figures);

/// <summary>The results of a survey by the grids of a level.</summary>
/// <param name="Id">Of the survey.</param>
/// <param name="Code">Of the survey.</param>
/// <param name="Title">Of the survey.</param>
/// <param name="TitleEn">Of the survey, in English; may be empty.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Level">1 is outermost.</param>
/// <param name="From">The first day that is counted; null: from the first answer on.</param>
/// <param name="To">The last day that is counted; null: to the last answer.</param>
/// <param name="MinSample">Figures of fewer answers are not told.</param>
/// <param name="Questions">What was asked.</param>
/// <param name="Items">In the order of codes; the line without a grid last.</param>
/// <param name="Total">All answers.</param>
public sealed record SurveyResultsAnswer(
    long Id, string Code, string Title, string TitleEn, [property: SurveyState] string State, int Level, DateOnly? From, DateOnly? To, int MinSample, IReadOnlyList<SurveyItem> Questions,
    IReadOnlyList<SurveyLine> Items, SurveyLine Total);

/// <summary>Which answers are counted, and how.</summary>
/// <param name="Level">1 is outermost; null: as the survey says.</param>
/// <param name="Item">One question only; null: all.</param>
/// <param name="From">The first day; null: no limit.</param>
/// <param name="To">The last day; null: no limit.</param>
internal sealed record SurveyQuestion(int? Level, int? Item, DateOnly? From, DateOnly? To);

/// <summary>Counts results, for whoever shows them: the screens, a sheet, a bulletin. Thread safe.</summary>
internal sealed class SurveyResults(Database database, SnapshotProvider snapshots, IOptions<GridMapOptions> settings)
{
    private const string Within =
        """
        a.survey_id = @Id and (@From::date is null or a.at >= @From::timestamp at time zone @zone) and (@To::date is null or a.at < (@To::date + 1)::timestamp at time zone @zone)
          and (@reach::bigint[] is null or a.grid_id in (select reach(@reach)))
        """;

    private const string AnswersSql = $"select a.grid_id, 0 as ordinal, 0 as value, count(*)::int as count from survey_answer a where {Within} group by 1";

    private const string RepliesSql =
        $"select a.grid_id, i.ordinal::int, 0 as value, count(*)::int as count from survey_answer a join survey_answer_item i on i.answer_id = a.id where {Within} group by 1, 2";

    private const string ValuesSql =
        $"""
        select a.grid_id, i.ordinal::int, v.value::int as value, count(*)::int as count
        from survey_answer a join survey_answer_item i on i.answer_id = a.id, unnest(coalesce(i.choices, array[i.value])) as v (value)
        where {Within} and v.value is not null group by 1, 2, 3
        """;

    /// <summary>Counts. What is not told to everybody is for those who direct issues, on the grids that they reach.</summary>
    /// <exception cref="ProblemException">400; 404, also for who may not see them.</exception>
    public async Task<SurveyResultsAnswer> CountAsync(Caller caller, long id, SurveyQuestion question, CancellationToken cancel)
    {
        var (levels, snapshot) = (settings.Value.LevelCount, snapshots.Current);
        await using var connection = await database.OpenAsync(cancel);
        var survey = await SurveyRow.FindAsync(connection, null, id);
        var reach = survey.IsTold ? caller.ReachOf(Permission.SeeMap) : caller.ReachOf(Permission.DirectIssues);
        if (survey.State == "draft" || reach.IsNothing)
            throw new ProblemException(SurveyRow.Unknown(id.ToString()).Problem with { IsRefusal = survey.State != "draft" });
        var level = question.Level ?? Math.Min(survey.Level, levels);
        if (level < 1 || level > levels)
            throw new ProblemException(Problem.Bad("level", "bad_level", $"A level is 1 (outermost) to {levels} here."));
        if (question.From > question.To)
            throw new ProblemException(Problem.Bad("from", "bad_period", "from is a day not after to."));

        // A period of their own choosing would let anybody subtract one day from another until one answer is left.
        if ((question.From ?? question.To) is not null && caller.ReachOf(Permission.DirectIssues).IsNothing)
            throw new ProblemException(Problem.Bad("from", "period_for_office", "Results of a part of the time are for the office."));
        var items = (await SurveyRow.ItemsAsync(connection, null, id)).Where(item => question.Item is null || item.Ordinal == question.Item).ToList();
        if (items.Count == 0)
            throw new ProblemException(Problem.Bad("item", "unknown_item", $"The survey has no question {question.Item}."));
        var parameters = new { survey.Id, question.From, question.To, zone = settings.Value.TimeZone, reach = reach.Roots };
        var table = new SurveyTable(snapshot, items, survey.MinSample);

        // One statement sees one state of the answers; three would not add up while others answer.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        table.AddAnswers(await RowsAsync(connection, AnswersSql));
        table.AddReplies(await RowsAsync(connection, RepliesSql));
        table.AddValues(await RowsAsync(connection, ValuesSql));
        await transaction.CommitAsync(cancel);
        var (lines, total) = table.Lines(level);
        return new SurveyResultsAnswer(
            survey.Id, survey.Code, survey.Title, survey.TitleEn, survey.State, level, question.From, question.To, survey.MinSample, items, lines, total);

        Task<IEnumerable<CountRow>> RowsAsync(NpgsqlConnection on, string sql) => on.QueryAsync<CountRow>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancel));
    }
}

/// <summary>So many answers of a grid, or to a question, or with a value.</summary>
internal sealed record CountRow(long? GridId, int Ordinal, int Value, int Count);
