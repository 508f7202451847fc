using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Issues;
using GridMap.Api.Posters;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Surveys;

/// <summary><c>/api/v1/surveys</c>: questionnaires (我为家乡来打分), answers to them, results, and what comes of suggestions.</summary>
internal static class SurveyEndpoints
{
    // Thirty answers in words at their longest, in three bytes a letter.
    private const long MaxReplyBytes = 128 << 10;

    public static void MapSurveys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/surveys").WithTags("surveys");
        group.MapGet("/", List).Needs(Permission.DirectIssues).WithSummary("Surveys, newest first; drafts for those who make them.");
        group.MapPost("/", Create).Needs(Permission.RunCampaigns).WithSummary("Make a draft: up to 30 questions of scores, choices and words.");
        group.MapGet("/{id:long}", One).Needs(Permission.DirectIssues).WithSummary("One survey with its questions; its ETag is the version.");
        group.MapPut("/{id:long}", Change).Needs(Permission.RunCampaigns).WithSummary("Write a survey anew, whole; If-Match with its version. Once it is answered its questions stay.");
        group.MapPost("/{id:long}/open", Open).Needs(Permission.RunCampaigns).WithSummary("Open it to residents.");
        group.MapPost("/{id:long}/close", Close).Needs(Permission.RunCampaigns).WithSummary("Close it.");
        group.MapPost("/{id:long}/copy", Copy).Needs(Permission.RunCampaigns).WithSummary("Make a draft with the same questions.");
        group.MapGet("/{id:long}/results", Results).Needs(Permission.SeeMap).Produces<SurveyResultsAnswer>()
            .WithSummary("Results by the grids of a level: count, mean, distribution; item= narrows to one question, from= and to= to days; format=json (the default), csv or xlsx. For everybody once it is closed and its results are public, else for those who direct issues.");
        group.MapGet("/{id:long}/links", Links).Needs(Permission.RunCampaigns).WithSummary("Links of households: made, used, revoked.");
        group.MapPost("/{id:long}/links", CreateLinks).Needs(Permission.RunCampaigns).WithSummary("Make links for a grid's households, by count or by labels; their words are told this once.");
        group.MapPost("/{id:long}/links/{link:long}/revoke", Revoke).Needs(Permission.RunCampaigns).WithSummary("Revoke a link that was lost.");
        group.MapGet("/{id:long}/stickers.pdf", Walls).Needs(Permission.RunCampaigns).Produces<byte[]>(contentType: "application/pdf")
            .WithSummary("Stickers for walls, twelve to an A4 sheet, one for each grid inside that is divided no further; GridMap-Pages says how many pages.");
        group.MapPost("/{id:long}/stickers.pdf", Households).Needs(Permission.RunCampaigns).Produces<byte[]>(contentType: "application/pdf")
            .WithSummary("Stickers for households, by the words of their links.");
        group.MapGet("/{id:long}/texts", Texts).Needs(Permission.DirectIssues).WithSummary("What residents wrote, on the grids that one reaches, newest first; open=true leaves out what became an issue.");
        group.MapPost("/{id:long}/suggestions/{text:long}/issue", MakeIssue).Needs(Permission.DirectIssues).WithSummary("Make an issue of a suggestion, once.");
        group.MapPost("/{id:long}/texts/{text:long}/erase", Erase).Needs(Permission.EraseReporters).WithSummary("Erase words in which somebody is named; the figures stay.");
        group.MapGet("/{code}/questions", Show).Needs(Permission.None).WithSummary("What a resident is asked, while the survey is open; k= is the word of a household's link, g= the grid of the QR code.");
        group.MapPost("/{code}/answers", Answer).Needs(Permission.None).WithMetadata(new RequestSizeLimitAttribute(MaxReplyBytes))
            .WithSummary("Answer, by link once for a household; Idempotency-Key makes sending again safe.");
    }

    private static async Task<Ok<Page<SurveyListItem>>> List(Caller caller, SurveyStore surveys, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await surveys.ListAsync(caller, Paging.Limit(limit), cursor, cancel));

    private static async Task<Created<SurveyDetail>> Create(HttpContext context, Caller caller, SurveyStore surveys, SurveyBody body, CancellationToken cancel) =>
        Made(await FindAsync(context, caller, surveys, await surveys.CreateAsync(caller, body, cancel), cancel));

    private static async Task<Ok<SurveyDetail>> One(HttpContext context, Caller caller, SurveyStore surveys, long id, CancellationToken cancel) =>
        TypedResults.Ok(await FindAsync(context, caller, surveys, id, cancel));

    private static async Task<Ok<SurveyDetail>> Change(
        HttpContext context, Caller caller, SurveyStore surveys, long id, [FromHeader(Name = "If-Match")] string? ifMatch, SurveyBody body, CancellationToken cancel)
    {
        await surveys.ChangeAsync(caller, id, Version(ifMatch), body, cancel);
        return TypedResults.Ok(await FindAsync(context, caller, surveys, id, cancel));
    }

    private static Task<Ok<SurveyDetail>> Open(HttpContext context, Caller caller, SurveyStore surveys, long id, CancellationToken cancel) =>
        TurnAsync(context, caller, surveys, id, open: true, cancel);

    private static Task<Ok<SurveyDetail>> Close(HttpContext context, Caller caller, SurveyStore surveys, long id, CancellationToken cancel) =>
        TurnAsync(context, caller, surveys, id, open: false, cancel);

    private static async Task<Ok<SurveyDetail>> TurnAsync(HttpContext context, Caller caller, SurveyStore surveys, long id, bool open, CancellationToken cancel)
    {
        await surveys.TurnAsync(caller, id, open, cancel);
        return TypedResults.Ok(await FindAsync(context, caller, surveys, id, cancel));
    }

    private static async Task<Created<SurveyDetail>> Copy(HttpContext context, Caller caller, SurveyStore surveys, long id, CancellationToken cancel) =>
        Made(await FindAsync(context, caller, surveys, await surveys.CopyAsync(caller, id, cancel), cancel));

    private static async Task<IResult> Results(
        Caller caller, SurveyResults results, DataFolder data, long id, int? level, int? item, DateOnly? from, DateOnly? to, string? format, CancellationToken cancel)
    {
        var isSheet = format is not (null or "json");
        var workbook = !isSheet || (SheetFile.IsWorkbook(format) ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is json, csv or xlsx.")));
        var answer = await results.CountAsync(caller, id, new SurveyQuestion(level, item, from, to), cancel);
        return isSheet ? await SurveySheets.SendAsync(answer, workbook, data, cancel) : TypedResults.Ok(answer);
    }

    private static async Task<Ok<Page<SurveyLinkItem>>> Links(Caller caller, SurveyLinks links, long id, string? grid, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await links.ListAsync(caller, id, grid, Paging.Limit(limit), cursor, cancel));

    private static async Task<Created<NewSurveyLinks>> CreateLinks(HttpContext context, Caller caller, SurveyLinks links, long id, SurveyLinksBody body, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/surveys/{id}/links", await links.CreateAsync(caller, id, body, cancel));
    }

    private static async Task<NoContent> Revoke(Caller caller, SurveyLinks links, long id, long link, CancellationToken cancel)
    {
        await links.RevokeAsync(caller, id, link, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Walls(
        HttpContext context, SurveyStickers stickers, SvgConverter converter, long id, string? grid, int? page, string? lang, CancellationToken cancel) =>
        TypedResults.File(await converter.ToPdfAsync(await stickers.WallsAsync(context, id, grid, page, lang, cancel), cancel), "application/pdf", $"survey-{id}-{page ?? 1}.pdf");

    private static async Task<IResult> Households(
        HttpContext context, Caller caller, SurveyStickers stickers, SvgConverter converter, long id, SurveyStickersBody body, int? page, string? lang, CancellationToken cancel) =>
        TypedResults.File(
            await converter.ToPdfAsync(await stickers.HouseholdsAsync(context, caller, id, body, page, lang, cancel), cancel), "application/pdf", $"survey-{id}-links-{page ?? 1}.pdf");

    private static async Task<Ok<Page<SurveyText>>> Texts(
        Caller caller, SurveyTexts texts, long id, string? grid, int? item, bool? open, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await texts.ListAsync(caller, id, grid, item, open, Paging.Limit(limit), cursor, cancel));

    private static async Task<Created<IssueReceipt>> MakeIssue(Caller caller, SurveyTexts texts, long id, long text, SuggestionIssueBody body, CancellationToken cancel)
    {
        var receipt = await texts.MakeIssueAsync(caller, id, text, body, cancel);
        return TypedResults.Created($"/api/v1/issues/{receipt.Number}", receipt);
    }

    private static async Task<NoContent> Erase(Caller caller, SurveyTexts texts, long id, long text, CancellationToken cancel)
    {
        await texts.EraseAsync(caller, id, text, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Questionnaire>> Show(HttpContext context, SurveyIntake intake, string code, string? k, string? g, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await intake.ShowAsync(code, k, g, cancel));
    }

    private static async Task<Created<SurveyReceipt>> Answer(
        Caller caller, SurveyIntake intake, string code, SurveyReplyBody body, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, CancellationToken cancel) =>
        TypedResults.Created($"/api/v1/surveys/{code}", await intake.StoreAsync(caller, code, body, idempotencyKey, cancel));

    private static Created<SurveyDetail> Made(SurveyDetail survey) => TypedResults.Created($"/api/v1/surveys/{survey.Id}", survey);

    private static async Task<SurveyDetail> FindAsync(HttpContext context, Caller caller, SurveyStore surveys, long id, CancellationToken cancel)
    {
        var survey = await surveys.FindAsync(caller, id, cancel);
        context.Response.Headers.ETag = $"\"{survey.Version}\"";
        return survey;
    }

    private static int Version(string? ifMatch) =>
        string.IsNullOrEmpty(ifMatch)
            ? throw new ProblemException(new Problem(StatusCodes.Status428PreconditionRequired, "version_required", "Send the survey's version in If-Match, as its ETag gives it.", "If-Match"))
            : int.TryParse(ifMatch.Trim('"'), out var version)
                ? version
                : throw new ProblemException(Problem.Bad("If-Match", "bad_version", "If-Match holds the survey's version, as its ETag gives it."));
}
