using System.Diagnostics;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Snapshots;

/// <summary>
/// Keeps the snapshot up to date: wakes on NOTIFY, and compares every two seconds and on reconnect as well, since a NOTIFY is
/// lost while disconnected.
/// </summary>
internal sealed partial class SnapshotWatcher(Database database, SnapshotProvider provider, ILogger<SnapshotWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private string? complaint;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await provider.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                Disconnected(log, e);

                // A connection that had lived is made again at once; one that cannot be made waits.
                if (Stopwatch.GetElapsedTime(since) < Interval)
                {
                    await Task.Delay(Interval, stoppingToken);
                }
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand("listen gridmap_snapshot", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        while (true)
        {
            await RefreshAsync(cancel);
            await connection.WaitAsync(Interval, cancel);
        }
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        try
        {
            if (await provider.RefreshAsync(cancel))
            {
                var snapshot = provider.Current;
                complaint = null;
                Swapped(log, snapshot.Generation.Number, snapshot.Revision, snapshot.Grids.Count);
            }
        }
        catch (SnapshotException e) when (e.Message == complaint)
        {
            // Said once; it stays so until somebody publishes.
        }
        catch (SnapshotException e)
        {
            complaint = e.Message;
            Unservable(log, provider.Current.Generation.Number, e);
        }
    }

    [LoggerMessage(1201, LogLevel.Information, "Serving generation {Generation}, revision {Revision}: {Grids} grids")]
    private static partial void Swapped(ILogger log, int generation, long revision, int grids);

    [LoggerMessage(1202, LogLevel.Warning, "Lost the database; serving the last snapshot and trying again")]
    private static partial void Disconnected(ILogger log, Exception exception);

    [LoggerMessage(1203, LogLevel.Error, "The newest state cannot be served; serving generation {Generation} on")]
    private static partial void Unservable(ILogger log, int generation, Exception exception);
}
