using Dapper;
using GridMap.Core.Calendars;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>The due times of issues: each that was told stays in a log, with why it is another now. Stateless.</summary>
internal static class IssueDue
{
    private const string SetSql =
        """
        with kept as (update issue set due_at = @due, due_certain = @certain, limit_value = @value, limit_unit = @unit where id = @issue)
        insert into issue_due (issue_id, due_at, certain, why) values (@issue, @due, @certain, @why)
        """;

    /// <summary>Counts anew from a moment, by a limit and the pauses that there were, and writes it down.</summary>
    public static async Task<DueTime> SetAsync(
        NpgsqlTransaction transaction, WorkingTime time, long issue, DateTimeOffset from, TimeLimit limit, string why)
    {
        var due = await CountAsync(transaction, time, issue, from, limit);
        await WriteAsync(transaction, issue, due, limit, why);
        return due;
    }

    /// <summary>The same after the calendar was changed; what stays as it was is not written down.</summary>
    /// <returns>Whether it is due at another time now.</returns>
    public static async Task<bool> RecountAsync(
        NpgsqlTransaction transaction, WorkingTime time, long issue, DateTimeOffset from, TimeLimit limit, DateTimeOffset was)
    {
        var due = await CountAsync(transaction, time, issue, from, limit);
        if (due.At == was)
        {
            await transaction.Connection!.ExecuteAsync("update issue set due_certain = @IsCertain where id = @issue and due_certain <> @IsCertain", new { due.IsCertain, issue }, transaction);
            return false;
        }

        await WriteAsync(transaction, issue, due, limit, "calendar");
        return true;
    }

    private static async Task<DueTime> CountAsync(NpgsqlTransaction transaction, WorkingTime time, long issue, DateTimeOffset from, TimeLimit limit)
    {
        var pauses = await transaction.Connection!.QueryAsync<(DateTime From, DateTime To)>(
            "select from_at, to_at from issue_pause where issue_id = @issue and to_at is not null", new { issue }, transaction);
        return time.Due(from, limit, pauses.Select(pause => new ClockPause(pause.From, pause.To)));
    }

    private static Task WriteAsync(NpgsqlTransaction transaction, long issue, DueTime due, TimeLimit limit, string why) => transaction.Connection!.ExecuteAsync(
        SetSql, new { issue, due = due.At.UtcDateTime, certain = due.IsCertain, value = limit.Value, unit = limit.UnitWord, why }, transaction);
}
