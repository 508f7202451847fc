using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Surveys;

/// <summary>Shows a survey to residents and keeps their answers: each in one transaction, a household's once. Thread safe.</summary>
internal sealed class SurveyIntake(Database database, SnapshotProvider snapshots)
{
    private const string InsertSql =
        """
        insert into survey_answer (survey_id, grid_id, placed_by, assigned_generation, link_id) values (@Id, @grid, @by, @generation, @link)
        on conflict (link_id) do nothing returning id
        """;

    private const string InsertItemsSql =
        """
        insert into survey_answer_item (answer_id, survey_id, ordinal, value, choices, words)
        select @answer, @survey, r."Ordinal", r."Value", r."Choices", r."Words"
        from jsonb_to_recordset(@replies::jsonb) as r ("Ordinal" smallint, "Value" smallint, "Choices" smallint[], "Words" text)
        """;

    /// <summary>What is asked, while the survey is open.</summary>
    /// <param name="code">Of the survey.</param>
    /// <param name="word">Of a household's link; null: none.</param>
    /// <param name="grid">The code of the grid on whose QR code it was opened; null: none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">403 without the link that it needs; 404; 409 when it is not open yet or the link was used; 410 when it is closed.</exception>
    public async Task<Questionnaire> ShowAsync(string code, string? word, string? grid, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var survey = await OpenAsync(connection, null, code);
        var link = await LinkAsync(connection, null, survey, word);
        if (link is { IsUsed: true })
            throw Used();
        var snapshot = snapshots.Current;
        var place = link is not null ? snapshot.Home(link.Grid) : grid is null ? null : snapshot.ByCode(grid);
        return new Questionnaire(
            survey.Code, survey.Title, survey.TitleEn, survey.Intro, survey.IntroEn, survey.ClosesAt, place?.Name, survey.ResultsPublic, await SurveyRow.ItemsAsync(connection, null, survey.Id));
    }

    /// <summary>Keeps an answer, once for each key and once for each household's link.</summary>
    /// <exception cref="ProblemException">As <see cref="ShowAsync"/>; 400 for the answer itself. Nothing was stored.</exception>
    public async Task<SurveyReceipt> StoreAsync(Caller caller, string code, SurveyReplyBody body, string? key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var once = key is null ? null : new IdempotencyKey(caller.Key, key, SurveyReply.Hash(code, body));
        if (once is not null && await once.FindAsync<SurveyReceipt>(transaction) is { } before)
            return before;
        var survey = await OpenAsync(connection, transaction, code);
        var link = await LinkAsync(connection, transaction, survey, body.K);
        if (link is { IsUsed: true })
            throw Used();
        var replies = SurveyReply.Check(await SurveyRow.ItemsAsync(connection, transaction, survey.Id), body.Answers);
        var place = await PlaceAsync(transaction, survey, link, body, cancel);

        // Whoever sends by the same link at the same time waits here for the first, and is then too late.
        var answer = await connection.QuerySingleOrDefaultAsync<long?>(
            InsertSql, new { survey.Id, grid = place.Grid, by = place.By, generation = place.Generation, link = link?.Id }, transaction) ?? throw Used();
        await connection.ExecuteAsync(InsertItemsSql, new { answer, survey = survey.Id, replies = JsonSerializer.Serialize(replies) }, transaction);

        // Whoever is signed in answers as anybody does, and the audit says that there was an answer, not whose.
        await AuditLog.AddAsync(transaction, PublicAccess.Nobody, new AuditEntry("survey.answer", "survey", survey.Id.ToString(), place.Grid));
        var receipt = new SurveyReceipt(survey.Code, place.Grid is { } at ? snapshots.Current.Home(at)?.Name : null, survey.ResultsPublic);
        if (once is not null)
            await once.KeepAsync(transaction, StatusCodes.Status201Created, receipt);
        await transaction.CommitAsync(CancellationToken.None);
        return receipt;
    }

    private static async Task<SurveyRow> OpenAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string code)
    {
        // Shared with others who answer, and held against whoever would close or change it meanwhile.
        if (transaction is not null)
            await connection.ExecuteAsync("select from survey where code = @code for share", new { code }, transaction);
        var survey = await connection.QuerySingleOrDefaultAsync<SurveyRow>($"select {SurveyRow.Columns} from survey s where s.code = @code", new { code }, transaction);
        return survey?.State switch
        {
            null or "draft" => throw SurveyRow.Unknown(code),
            "planned" => throw new ProblemException(Problem.Conflict("survey_not_open", $"The survey opens at {survey.OpensAt:O}.") with
            {
                Extensions = new Dictionary<string, object?> { ["surveyTitle"] = survey.Title, ["surveyTitleEn"] = survey.TitleEn, ["opensAt"] = survey.OpensAt },
            }),
            "closed" => throw new ProblemException(new Problem(StatusCodes.Status410Gone, "survey_closed", "The survey is closed.")
            {
                Extensions = new Dictionary<string, object?>
                {
                    ["surveyTitle"] = survey.Title,
                    ["surveyTitleEn"] = survey.TitleEn,
                    ["id"] = survey.Id,
                    ["level"] = survey.Level,
                    ["resultsPublic"] = survey.ResultsPublic,
                },
            }),
            _ => survey,
        };
    }

    private static async Task<Link?> LinkAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, SurveyRow survey, string? word)
    {
        if (string.IsNullOrEmpty(word))
        {
            return survey.Mode == SurveyForm.Household
                ? throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, "link_required", "This survey is answered by the link or the QR code that each household was given.", "k"))
                : null;
        }

        return await connection.QuerySingleOrDefaultAsync<Link>(
            """
            select l.id, l.grid_id as grid, exists (select from survey_answer a where a.link_id = l.id) as is_used
            from survey_link l where l.survey_id = @Id and l.word_hash = @hash and l.revoked_at is null
            """,
            new { survey.Id, hash = TrackLink.Hash(word) ?? [] }, transaction)
            ?? throw new ProblemException(Problem.NotFound("unknown_link", "This link opens no survey: it is mistyped, or it was taken back."));
    }

    // A household's grid is told by its link; else the place decides, and without one the wall that the code hangs on.
    private static async Task<Place> PlaceAsync(NpgsqlTransaction transaction, SurveyRow survey, Link? link, SurveyReplyBody body, CancellationToken cancel)
    {
        if (link is not null)
            return new Place(link.Grid, "link", null);
        if (body.Lon is not null || body.Lat is not null)
        {
            var at = PointInput.Point(body.Lon, body.Lat, body.Crs);
            var found = await IssueAssignment.FindAsync(transaction, Lattice.Factory.CreatePoint(new Coordinate(at.Lon, at.Lat)), cancel);
            await RequireInsideAsync(transaction, survey, found.Deepest?.Id, "lon");
            return new Place(found.Deepest?.Id, "point", found.Generation);
        }

        if (string.IsNullOrEmpty(body.Grid))
            return new Place(null, "nothing", null);
        var grid = await transaction.Connection!.QuerySingleOrDefaultAsync<long?>("select grid_id from grid_code where code = @Grid", new { body.Grid }, transaction)
            ?? throw new ProblemException(Problem.Bad("grid", "bad_grid", "grid is the code of the grid on the QR code."));
        await RequireInsideAsync(transaction, survey, grid, "grid");
        return new Place(grid, "qr", null);
    }

    private static async Task RequireInsideAsync(NpgsqlTransaction transaction, SurveyRow survey, long? grid, string field)
    {
        if (survey.GridId is { } asked && !await Refusals.CoversAsync(transaction.Connection!, transaction, new Reach([asked]), grid))
            throw new ProblemException(Problem.Bad(field, "outside_survey", "The survey is not asked there. Leave the place out, or choose another."));
    }

    private static ProblemException Used() => new(Problem.Conflict("already_answered", "This household has answered already. Each household answers once."));

    private sealed record Link(long Id, long Grid, bool IsUsed);

    private sealed record Place(long? Grid, string By, int? Generation);
}
