using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Calendars;
using Npgsql;

namespace GridMap.Api.Calendars;

/// <summary>Reads the calendar of workdays. Thread safe.</summary>
internal sealed class CalendarStore(Database database, WorkingTimes times)
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
        return new CalendarYears(await YearsAsync(connection, null));
    }

    /// <summary>One year; without days while it is not announced.</summary>
    public async Task<CalendarYear> YearAsync(int year, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await YearAsync(connection, year);
    }

    /// <summary>The same within a transaction.</summary>
    public static async Task<CalendarYear> YearAsync(NpgsqlConnection connection, int year, NpgsqlTransaction? transaction = null) =>
        (await YearsAsync(connection, year, transaction)) is [var found] ? found : new CalendarYear(year, "", []);

    /// <summary>When something is due, by the calendar as it is now.</summary>
    public async Task<CountedDue> DueAsync(DateTimeOffset from, TimeLimit limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var time = await times.LoadAsync(connection);
        var due = time.Due(from, limit);
        return new CountedDue(from, due.At, due.IsCertain, time.CountedDays(from, due.At, limit.Unit));
    }

    private static async Task<List<CalendarYear>> YearsAsync(NpgsqlConnection connection, int? wanted, NpgsqlTransaction? transaction = null)
    {
        var days = await connection.QueryAsync<(DateOnly Day, bool IsWorkday, string Name, string Source)>(
            "select day, is_workday, name, source from calendar_day where @wanted::int is null or extract(year from day) = @wanted order by day", new { wanted }, transaction);
        return [.. days.GroupBy(day => day.Day.Year).Select(year => new CalendarYear(
            year.Key, string.Join("; ", year.Select(day => day.Source).Distinct()), [.. year.Select(day => new CalendarDay(day.Day, day.IsWorkday, day.Name))]))];
    }
}
