using System.Globalization;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Calendars;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Calendars;

/// <summary><c>/api/v1/calendar</c>: days of rest and make-up days.</summary>
internal static class CalendarEndpoints
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;
    private const decimal LongestLimit = 3650;
    private const int MaxNotice = 10_000;

    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/calendar").WithTags("calendar");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("Days of rest and make-up days (调休) of all years that were announced.");
        group.MapGet("/due", Due).Needs(Permission.SeeMap).WithSummary("When something is due that begins at a moment and may take so long, and which days count.");
        group.MapGet("/{year:int}", One).Needs(Permission.SeeMap).Produces<CalendarYear>()
            .WithSummary("One year, without days while it is not announced; format=json (the default), csv or xlsx.");
        group.MapPut("/{year:int}", Put).Needs(Permission.DirectIssues)
            .WithSummary("Replace the days of a year, for who directs issues on the whole territory. Open issues are counted anew; each due time that changes is written down. dryRun=true only counts.");
        group.MapPost("/{year:int}/notice", Read).Needs(Permission.DirectIssues).WithSummary("Read the yearly notice of the State Council's office: its days, and what does not agree in it. Nothing is stored.");
        group.MapPost("/{year:int}/sheet", Sheet).Needs(Permission.DirectIssues).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetUpload.MaxBytes))
            .Accepts<SheetFormBody>("multipart/form-data").Produces<CalendarSheetReport>().Produces<CalendarSheetReport>(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Replace the days of a year by those of a sheet, whole or not at all: 422 with the errors by row and column; dryRun=true only tries.");
    }

    private static Ok<NoticeReading> Read(Caller caller, int year, NoticeBody body)
    {
        CheckMayChange(caller, year);
        var notice = HolidayNotice.Read(InputText.Clean(body.Text, "text", MaxNotice), year);
        return TypedResults.Ok(new NoticeReading(
            notice.Source, [.. notice.Days.Select(day => new CalendarDay(day.Day, day.IsWorkday, day.Name))], [.. notice.Doubts.Select(doubt => new NoticeDoubtItem(doubt.Code, doubt.Words))]));
    }

    private static async Task<Ok<CalendarYears>> List(CalendarStore calendar, CancellationToken cancel) => TypedResults.Ok(await calendar.YearsAsync(cancel));

    private static async Task<IResult> One(CalendarStore calendar, DataFolder data, int year, string? format, CancellationToken cancel)
    {
        CheckYear(year);
        var found = await calendar.YearAsync(year, cancel);
        if (format is null or "json")
            return TypedResults.Ok(found);
        return SheetFile.IsWorkbook(format) is { } workbook
            ? await SheetFile.AnswerAsync($"calendar-{year}", year.ToString(CultureInfo.InvariantCulture), workbook, CalendarSheet.Shape.Columns, CalendarSheet.Rows(found), data, cancel)
            : throw new ProblemException(Problem.Bad("format", "bad_format", "format is json, csv or xlsx."));
    }

    private static async Task<Ok<CountedDue>> Due(CalendarStore calendar, TimeProvider clock, decimal? value, string? unit, DateTimeOffset? from, CancellationToken cancel)
    {
        if (value is not (> 0 and <= LongestLimit))
            throw new ProblemException(Problem.Bad("value", "bad_value", $"value is how many hours, work-hours or workdays, above 0 and at most {LongestLimit}."));
        if (unit is not ("hours" or "workhours" or "workdays"))
            throw new ProblemException(Problem.Bad("unit", "bad_unit", "unit is hours, workhours or workdays."));
        var start = from ?? clock.GetUtcNow();
        if (start.UtcDateTime.Year is < FirstYear or > LastYear)
            throw new ProblemException(Problem.Bad("from", "bad_from", $"from is a moment in the years {FirstYear} to {LastYear}."));
        return TypedResults.Ok(await calendar.DueAsync(start, new TimeLimit(value.Value, TimeLimit.UnitOf(unit)), cancel));
    }

    private static async Task<Ok<CalendarChange>> Put(Caller caller, CalendarChanges changes, int year, CalendarYearBody body, CancellationToken cancel, bool dryRun = false)
    {
        CheckMayChange(caller, year);
        var days = CalendarSheet.Check(year, body);
        return TypedResults.Ok(await changes.ReplaceAsync(caller, days, body.Version, dryRun, cancel));
    }

    private static async Task<IResult> Sheet(HttpRequest request, Caller caller, SheetUpload upload, CalendarChanges changes, int year, CancellationToken cancel, bool dryRun = false)
    {
        CheckMayChange(caller, year);
        var read = CalendarSheet.Read(year, await upload.ReadAsync(request, CalendarSheet.Shape, cancel));
        if (read.Errors.Count > 0)
            return TypedResults.UnprocessableEntity(new CalendarSheetReport(read.Year, 0, read.Errors));
        var change = await changes.ReplaceAsync(caller, read.Year, version: null, dryRun, cancel);
        return TypedResults.Ok(new CalendarSheetReport(read.Year, change.Issues, []));
    }

    private static void CheckMayChange(Caller caller, int year)
    {
        if (!caller.ReachOf(Permission.DirectIssues).IsEverywhere)
            throw Refusals.OutOfReach("The calendar");
        CheckYear(year);
    }

    private static void CheckYear(int year)
    {
        if (year is < FirstYear or > LastYear)
            throw new ProblemException(Problem.Bad("year", "bad_year", $"year is {FirstYear} to {LastYear}."));
    }
}
