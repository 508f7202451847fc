using System.Globalization;
using GridMap.Api.Callers;
using GridMap.Api.Categories;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Boards;

/// <summary><c>/api/v1/boards</c>: what is counted and shown in rows.</summary>
internal static class BoardEndpoints
{
    private const int MostDays = 3660;
    private const int DefaultDays = 30;

    private static readonly string[] Periods = ["day", "week", "month", "year"];

    public static void MapBoards(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/boards").WithTags("boards").Needs(Permission.SeeMap);
        group.MapGet("/write-offs", WriteOffs).Produces<WriteOffBoard>()
            .WithSummary("The write-off board (销号榜) of issues reported from one day to another, by the grids of a level, and if wanted by category (byCategory, categoryLevel) and time (period=day, week, month, year), with quantities by unit; format=json (the default), csv or xlsx.");
        group.MapGet("/exposures", Exposed).WithSummary("The exposure board (曝光台): before and after, as the office chose to show them.");
        routes.MapPost("/api/v1/issues/{number}/expose", Expose).Needs(Permission.DirectIssues).WithTags("boards").WithSummary("Show a photo of before and one of after to the public, with what is to be covered burnt into copies of them, or take them back.");
        routes.MapGet("/api/v1/issues/{number}/exposure", Chosen).Needs(Permission.DirectIssues).WithTags("boards").WithSummary("What the office chose to show of an issue, and what it covered.");
    }

    private static async Task<Ok<Page<Exposure>>> Exposed(Caller caller, Exposures exposures, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await exposures.ListAsync(caller, Paging.Limit(limit), cursor, cancel));

    private static async Task<Ok<IssueExposure>> Chosen(Caller caller, ExposureChoices exposures, string number, CancellationToken cancel) =>
        TypedResults.Ok(await exposures.FindAsync(caller, number, cancel));

    private static async Task<NoContent> Expose(Caller caller, ExposureChoices exposures, string number, ExposureBody body, CancellationToken cancel)
    {
        await exposures.SetAsync(caller, number, body, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> WriteOffs(
        HttpContext context, Caller caller, SnapshotProvider snapshots, WriteOffBoards boards, CategoryStore categories, DataFolder data, IOptions<GridMapOptions> settings, TimeProvider clock,
        DateOnly? from, DateOnly? to, string? grid, string? category, string? period, string? format, CancellationToken cancel, int level = 1, bool byCategory = false, int categoryLevel = 2)
    {
        var snapshot = snapshots.Current;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(settings.Value.TimeZone)).DateTime);
        var last = to ?? today;
        var first = from ?? last.AddDays(1 - DefaultDays);
        if (first > last || last.DayNumber - first.DayNumber > MostDays)
            throw new ProblemException(Problem.Bad("from", "bad_period", $"from is a day not after to, at most {MostDays} days before it."));
        if (level < 1 || level > settings.Value.LevelCount)
            throw new ProblemException(Problem.Bad("level", "bad_level", $"A level is 1 (outermost) to {settings.Value.LevelCount} here."));
        if (categoryLevel is not (1 or 2))
            throw new ProblemException(Problem.Bad("categoryLevel", "bad_category_level", "categoryLevel is 1 for headings or 2 for what is reported."));
        if (period is not null && !Periods.Contains(period))
            throw new ProblemException(Problem.Bad("period", "bad_period_word", $"period is one of {string.Join(", ", Periods)}."));
        GenerationHeader.Set(context, snapshot);
        var question = new WriteOffQuestion(
            level, first, last, grid is null ? null : GridEndpoints.Find(snapshot, grid).Id, category, byCategory ? categoryLevel : null, period);
        var board = await boards.CountAsync(snapshot, caller, question, cancel);
        if (format is null or "json")
            return TypedResults.Ok(board);
        var workbook = SheetFile.IsWorkbook(format) ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is json, csv or xlsx."));
        var sheet = new WriteOffSheet(board, question, (await categories.ListAsync(cancel)).ToDictionary(category => category.Code, category => category.Name));
        var name = string.Create(CultureInfo.InvariantCulture, $"write-offs-{first:yyyyMMdd}-{last:yyyyMMdd}");
        return await SheetFile.AnswerAsync(name, "销号榜", workbook, sheet.Headings, sheet.Rows, data, cancel);
    }
}
