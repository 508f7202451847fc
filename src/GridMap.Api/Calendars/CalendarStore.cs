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
}
