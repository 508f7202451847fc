using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Storage;
using GridMap.Core.Calendars;
using Npgsql;

namespace GridMap.Api.Calendars;

/// <summary>Replaces the days of a year, and counts the due times of open issues anew, in one transaction. Thread safe.</summary>
internal sealed class CalendarChanges(Database database, WorkingTimes times)
{
    private const string OpenSql =
        """
        select i.id, i.due_at, i.limit_value, i.limit_unit,
               coalesce((select max(d.at) from issue_due d where d.issue_id = i.id and d.why = 'reopen'), i.reported_at) as begins
        from issue i
        where i.closed_at is null and i.limit_unit <> 'hours' and i.paused_at is null and (extract(year from i.due_at) >= @year or extract(year from i.reported_at) >= @year)
        order by i.id for update
        """;

    /// <summary>Replaces.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="wanted">The year as it is to be.</param>
    /// <param name="version">Of the year that was seen; null: whatever is there.</param>
    /// <param name="dryRun">Only counts.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">412: somebody changed it meanwhile.</exception>
    public async Task<CalendarChange> ReplaceAsync(Caller caller, CalendarYear wanted, string? version, bool dryRun, CancellationToken cancel)
    {
        var (year, source, days) = wanted;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // One change at a time: the second counts with what the first has written.
        await connection.ExecuteAsync("lock table calendar_day in share row exclusive mode", transaction: transaction);
        if (version is not null && (await CalendarStore.YearAsync(connection, year, transaction)).Version != version)
            throw new ProblemException(new Problem(StatusCodes.Status412PreconditionFailed, "calendar_changed", $"Somebody else changed the days of {year}: look at them again.", "version"));
        await connection.ExecuteAsync(
            "select set_calendar_year(@year, @days, @worked, @names, @source)",
            new
            {
                year,
                days = days.Select(day => day.Day).ToArray(),
                worked = days.Select(day => day.IsWorkday).ToArray(),
                names = days.Select(day => day.Name).ToArray(),
                source,
            },
            transaction);
        var changed = await RecountAsync(transaction, year);
        if (dryRun)
            return new CalendarChange(year, days.Count, changed);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("calendar.replace", "calendar", year.ToString(System.Globalization.CultureInfo.InvariantCulture), After: new { days = days.Count, source, issues = changed }));
        await transaction.CommitAsync(CancellationToken.None);
        return new CalendarChange(year, days.Count, changed);
    }

    private async Task<int> RecountAsync(NpgsqlTransaction transaction, int year)
    {
        var time = await times.LoadAsync(transaction.Connection!, transaction);
        var open = (await transaction.Connection!.QueryAsync<(long Id, DateTime DueAt, decimal Value, string Unit, DateTime Begins)>(OpenSql, new { year }, transaction)).ToList();
        var changed = 0;
        foreach (var (id, dueAt, value, unit, begins) in open)
            changed += await IssueDue.RecountAsync(transaction, time, id, begins, new TimeLimit(value, TimeLimit.UnitOf(unit)), dueAt) ? 1 : 0;
        return changed;
    }
}
