using Dapper;
using GridMap.Api.Settings;
using GridMap.Core.Calendars;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Calendars;

/// <summary>Counts time by the calendar as it is now. Thread safe.</summary>
internal sealed class WorkingTimes(IOptions<GridMapOptions> settings)
{
    /// <summary>Reads the calendar.</summary>
    public async Task<WorkingTime> LoadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction = null)
    {
        var days = await connection.QueryAsync<(DateOnly Day, bool IsWorkday)>("select day, is_workday from calendar_day", transaction: transaction);
        return new WorkingTime(
            new WorkCalendar(days.Select(day => new CalendarException(day.Day, day.IsWorkday))), OfficeHours.TryParse(settings.Value.OfficeHours)!,
            TimeZoneInfo.FindSystemTimeZoneById(settings.Value.TimeZone));
    }
}
