using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Calendars;

/// <summary>A day that departs from Monday to Friday.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsWorkday">True for a weekend day that is worked (调休), false for a day of rest.</param>
/// <param name="Name">What it is called.</param>
public sealed record CalendarDay(DateOnly Day, bool IsWorkday, string Name);

/// <summary>A year as it was announced.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Who announced it, where.</param>
/// <param name="Days">Its days that depart from Monday to Friday; none: the year is not announced yet.</param>
public sealed record CalendarYear(int Year, string Source, IReadOnlyList<CalendarDay> Days);

/// <summary>Years that are known.</summary>
public sealed record CalendarYears(IReadOnlyList<CalendarYear> Items);

/// <summary>What a change of the calendar did.</summary>
/// <param name="Year">The year.</param>
/// <param name="Days">How many days depart from Monday to Friday now.</param>
/// <param name="Issues">How many open issues are due at another time now.</param>
public sealed record CalendarChange(int Year, int Days, int Issues);

/// <summary>The days of a year, as the office types or pastes them.</summary>
/// <param name="Source">Who announced them, where.</param>
/// <param name="Days">All of the year that depart from Monday to Friday.</param>
public sealed record CalendarYearBody(string? Source, CalendarDay[]? Days);

/// <summary><c>/api/v1/calendar</c>: days of rest and make-up days.</summary>
internal static class CalendarEndpoints
{
    private const int MaxText = 200;
    private const int MostDays = 100;

    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/calendar").WithTags("calendar");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("Days of rest and make-up days (调休) of all years that were announced.");
        group.MapPut("/{year:int}", Put).Needs(Permission.DirectIssues)
            .WithSummary("Replace the days of a year, for who directs issues on the whole territory. Open issues are counted anew; each due time that changes is written down.");
    }

    private static async Task<Ok<CalendarYears>> List(CalendarStore calendar, CancellationToken cancel) => TypedResults.Ok(await calendar.YearsAsync(cancel));

    private static async Task<Ok<CalendarChange>> Put(Caller caller, CalendarChanges changes, int year, CalendarYearBody body, CancellationToken cancel)
    {
        if (!caller.ReachOf(Permission.DirectIssues).IsEverywhere)
            throw Refusals.OutOfReach("The calendar");
        if (year is < 2000 or > 2100)
            throw new ProblemException(Problem.Bad("year", "bad_year", "year is 2000 to 2100."));
        var source = InputText.Clean(body.Source, "source", MaxText);
        if (source.Length == 0)
            throw new ProblemException(Problem.Bad("source", "source_required", "Say who announced it and where, such as the number of the document."));
        var days = body.Days ?? [];
        if (days.Length is 0 or > MostDays)
            throw new ProblemException(Problem.Bad("days", "bad_days", $"Send all days of the year that depart from Monday to Friday, 1 to {MostDays}."));
        if (days.FirstOrDefault(day => day.Day.Year != year) is { } other)
            throw new ProblemException(Problem.Bad("days", "bad_day", $"{other.Day:O} is no day of {year}."));
        if (days.GroupBy(day => day.Day).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ProblemException(Problem.Bad("days", "day_twice", $"{twice.Key:O} is there twice."));
        if (days.FirstOrDefault(day => day.IsWorkday && day.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) is { } idle)
            throw new ProblemException(Problem.Bad("days", "day_as_always", $"{idle.Day:O} is worked anyway: only weekend days can be make-up days."));
        return TypedResults.Ok(await changes.ReplaceAsync(caller, year, source, [.. days.Select(day => day with { Name = InputText.Clean(day.Name, "days", MaxText) })], cancel));
    }
}
