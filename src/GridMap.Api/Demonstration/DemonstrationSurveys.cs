using System.Text.Json;
using Dapper;
using GridMap.Api.Storage;
using GridMap.Api.Surveys;
using Npgsql;

namespace GridMap.Api.Demonstration;

/// <summary>Loads two surveys of the township, one that is open and one that is closed and told, with invented answers from every zone.</summary>
internal sealed class DemonstrationSurveys(Database database)
{
    // Every zone has a mood of its own, every answer departs from it a little; all of it follows from the codes alone.
    private const string AnswersSql =
        """
        with ground as (
            select v.grid_id, v.code, abs(hashtext(z.code || @salt)) as mood, row_number() over (order by v.code) as place
            from grid_version v join grid_version z on z.grid_id = v.parent_id and z.to_generation is null
            where v.to_generation is null and not exists (select from grid_version c where c.parent_id = v.grid_id and c.to_generation is null)
        ), made as (
            select g.grid_id, now() - @ago - (abs(hashtext(g.code || @salt || n)) % 1900000) * interval '1 second' as at
            from ground g, generate_series(1, 9) as n
            where (g.place + n * 7) % @thin = 0 and n <= 2 + g.mood % 8
        )
        insert into survey_answer (survey_id, at, grid_id, placed_by) select @id, at, grid_id, 'qr' from made order by at
        """;

    private const string ScoresSql =
        """
        insert into survey_answer_item (answer_id, survey_id, ordinal, value)
        select a.id, @id, i.ordinal, greatest(1, least(i.scale::int, round(i.scale * (
            0.52 + (abs(hashtext(z.code || @salt)) % 40) / 100.0 + case i.subject when 'self' then 0.08 when 'neighbour' then -0.02 else 0 end
            + (abs(hashtext(a.id::text || '-' || i.ordinal)) % 41 - 20) / 100.0))::int))
        from survey_answer a
        join grid_version v on v.grid_id = a.grid_id and v.to_generation is null
        join grid_version z on z.grid_id = v.parent_id and z.to_generation is null
        join survey_item i on i.survey_id = a.survey_id and i.kind = 'score'
        where a.survey_id = @id
        """;

    private const string ChoicesSql =
        """
        insert into survey_answer_item (answer_id, survey_id, ordinal, choices)
        select a.id, @id, i.ordinal, array(
            select distinct 1 + (abs(hashtext(a.id::text || '/' || i.ordinal || '/' || n)) % jsonb_array_length(i.options)) from generate_series(1, case when i.multiple then 3 else 1 end) as n order by 1)
        from survey_answer a join survey_item i on i.survey_id = a.survey_id and i.kind = 'choice'
        where a.survey_id = @id
        """;

    private const string WordsSql =
        """
        insert into survey_answer_item (answer_id, survey_id, ordinal, words)
        select a.id, @id, i.ordinal, (@words)[1 + (abs(hashtext(a.id::text || @salt)) % cardinality(@words))]
        from survey_answer a join survey_item i on i.survey_id = a.survey_id and i.kind = 'text'
        where a.survey_id = @id and a.id % 8 = 0
        """;

    public async Task LoadAsync(DemonstrationFiles files, CancellationToken cancel)
    {
        var told = JsonSerializer.Deserialize<Told>(await File.ReadAllTextAsync(files.PathOf("surveys.json"), cancel), JsonSerializerOptions.Web)!;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var survey in told.Surveys)
            await LoadAsync(transaction, survey, told.Suggestions);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task LoadAsync(NpgsqlTransaction transaction, ToldSurvey told, string[] words)
    {
        var connection = transaction.Connection!;
        var form = SurveyForm.Read(
            new SurveyBody(told.Title, told.TitleEn, told.Intro, told.IntroEn, SurveyForm.Open, Grid: null, told.Level, OpensAt: null, ClosesAt: null, told.Items, told.ResultsPublic), told.Level);
        var id = await SurveyStore.InsertAsync(transaction, form, null, "gridmap", told.Code);
        var ago = TimeSpan.FromDays(told.DaysAgo);
        await connection.ExecuteAsync(AnswersSql, new { id, salt = told.Code, ago, thin = told.Thin }, transaction);
        var parameters = new { id, salt = told.Code, words };
        foreach (var sql in (string[])[ScoresSql, ChoicesSql, WordsSql])
            await connection.ExecuteAsync(sql, parameters, transaction);
        await connection.ExecuteAsync("update survey set state = @state where id = @id", new { id, state = told.DaysAgo > 0 ? "closed" : "open" }, transaction);
    }

    private sealed record Told(string[] Suggestions, IReadOnlyList<ToldSurvey> Surveys);

    private sealed record ToldSurvey(
        string Code, string Title, string TitleEn, string Intro, string IntroEn, int Level, int DaysAgo, int Thin, bool ResultsPublic, SurveyItemBody?[] Items);
}
