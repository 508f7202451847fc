using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Campaigns;

/// <summary>
/// On workdays, from the hour that the office has set, reminds those whose zones have no log yet; every minute for two hours, so that a service that was
/// down at the hour does it when it is back, and nobody is told in the night. Several processes do not do it twice: a zone's row for the day is taken once.
/// </summary>
internal sealed partial class WorkLogWatch(
    Database database, CampaignStore campaigns, WorkLogReminders reminders, IOptions<GridMapOptions> options, TimeProvider clock, ILogger<WorkLogWatch> log)
    : PeriodicWork(TimeSpan.FromMinutes(1))
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(2);

    /// <summary>Does it now, if now is the time.</summary>
    /// <returns>Of how many zones somebody was reminded.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (options.Value.WorkLogReminder is not { } hour || !IsTime(hour))
        {
            return 0;
        }

        List<long> running;
        await using (var connection = await database.OpenAsync(cancel))
        {
            running = [.. await connection.QueryAsync<long>(new CommandDefinition(
                "select id from campaign where from_day <= @Today and to_day >= @Today order by id", new { campaigns.Today }, cancellationToken: cancel))];
        }

        var told = 0;
        foreach (var id in running)
        {
            told += await reminders.SendAsync(id, cancel);
        }

        return told;
    }

    protected override Task WorkAsync(CancellationToken cancel) => RunAsync(cancel);

    protected override void Tell(Exception exception) => Failed(log, exception);

    private bool IsTime(TimeOnly hour)
    {
        var now = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone)).DateTime);
        return now >= hour && now.ToTimeSpan() - hour.ToTimeSpan() < Window;
    }

    [LoggerMessage(2501, LogLevel.Warning, "Nobody was reminded of missing work logs; it is tried again in a minute")]
    private static partial void Failed(ILogger log, Exception exception);
}
