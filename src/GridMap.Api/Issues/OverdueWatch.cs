using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;

namespace GridMap.Api.Issues;

/// <summary>Hands what is overdue to the leader of the next outer grid, once; every minute. Several processes do not do it twice: the issue's row is held.</summary>
internal sealed partial class OverdueWatch(Database database, IssueCourse course, ILogger<OverdueWatch> log) : PeriodicWork(TimeSpan.FromMinutes(1))
{
    private const int AtOnce = 500;

    /// <summary>Does it now.</summary>
    /// <returns>How many were handed up.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        List<string> due;
        await using (var connection = await database.OpenAsync(cancel))
        {
            due = [.. await connection.QueryAsync<string>(new CommandDefinition(
                "select number from issue where closed_at is null and paused_at is null and due_at < now() and escalated_at is null and state in ('reported', 'filed', 'claimed') order by due_at limit @AtOnce",
                new { AtOnce }, cancellationToken: cancel))];
        }

        var done = 0;
        foreach (var number in due)
            done += await course.EscalateOverdueAsync(number, cancel) ? 1 : 0;
        return done;
    }

    protected override Task WorkAsync(CancellationToken cancel) => RunAsync(cancel);

    protected override void Tell(Exception exception) => Failed(log, exception);

    [LoggerMessage(2401, LogLevel.Warning, "Overdue issues could not be handed up; it is tried again in a minute")]
    private static partial void Failed(ILogger log, Exception exception);
}
