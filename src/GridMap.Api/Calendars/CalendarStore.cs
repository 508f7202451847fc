using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Calendars;

namespace GridMap.Api.Calendars;

/// <summary>Reads the calendar of workdays. Thread safe.</summary>
internal sealed class CalendarStore(Database database)
{
    public async Task<WorkCalendar> LoadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var days = await connection.QueryAsync<(DateOnly Day, bool IsWorkday)>("select day, is_workday from calendar_day");
        return new WorkCalendar(days.Select(day => new CalendarException(day.Day, day.IsWorkday)));
    }

    /// <summary>All years that were announced, in their order.</summary>
    public async Task<CalendarYears> YearsAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var days = await connection.QueryAsync<(DateOnly Day, bool IsWorkday, string Name, string Source)>(new CommandDefinition(
            "select day, is_workday, name, source from calendar_day order by day", cancellationToken: cancel));
        return new CalendarYears([.. days.GroupBy(day => day.Day.Year).Select(year => new CalendarYear(
            year.Key, string.Join("; ", year.Select(day => day.Source).Distinct()), [.. year.Select(day => new CalendarDay(day.Day, day.IsWorkday, day.Name))]))]);
    }
}
