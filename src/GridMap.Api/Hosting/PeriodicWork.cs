using Npgsql;

namespace GridMap.Api.Hosting;

/// <summary>Something that is done every so often as long as the service runs. What fails for the database's or the disk's sake is told and tried again next time.</summary>
internal abstract class PeriodicWork(TimeSpan interval) : BackgroundService
{
    /// <summary>Does it once.</summary>
    protected abstract Task WorkAsync(CancellationToken cancel);

    /// <summary>Tells that it failed.</summary>
    protected abstract void Tell(Exception exception);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WorkAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or UnauthorizedAccessException)
            {
                Tell(e);
            }
        }
    }
}
