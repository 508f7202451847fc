using System.Collections.Concurrent;
using System.Threading.Channels;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Events;

/// <summary>
/// Follows the outbox (NOTIFY, and every second besides) and hands each event to every subscriber of this process. A subscriber
/// who does not keep up is cut off and resumes from its last id. Thread safe.
/// </summary>
public sealed partial class EventFeed(Database database, EventReader reader, ILogger<EventFeed> log) : BackgroundService
{
    private const int Backlog = 4096;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Cleaning = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Channel<EventRecord>, bool> subscribers = new();

    /// <summary>Opens a subscription; dispose of it to end it. Its reader ends when the subscriber was too slow.</summary>
    public Subscription Subscribe()
    {
        var channel = Channel.CreateBounded<EventRecord>(Backlog);
        subscribers[channel] = true;
        return new Subscription(channel.Reader, () => subscribers.TryRemove(channel, out _));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        EventCursor? cursor = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                cursor ??= await reader.HeadAsync(stoppingToken);
                await using var connection = await database.OpenAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("listen gridmap_event", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                var cleaned = DateTime.UtcNow;
                while (true)
                {
                    cursor = await DeliverAsync(cursor.Value, stoppingToken);
                    if (DateTime.UtcNow - cleaned > Cleaning)
                    {
                        await reader.DropOldAsync(stoppingToken);
                        cleaned = DateTime.UtcNow;
                    }

                    await connection.WaitAsync(Interval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                Disconnected(log, e);
                await Task.Delay(Interval, stoppingToken);
            }
        }
    }

    private async Task<EventCursor> DeliverAsync(EventCursor cursor, CancellationToken cancel)
    {
        while (await reader.AfterAsync(cursor, cancel) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                foreach (var channel in subscribers.Keys.Where(channel => !channel.Writer.TryWrite(record)))
                {
                    subscribers.TryRemove(channel, out _);
                    channel.Writer.TryComplete();
                }
            }

            cursor = records[^1].Cursor;
        }

        return cursor;
    }

    [LoggerMessage(1301, LogLevel.Warning, "Lost the database; events go on when it is back")]
    private static partial void Disconnected(ILogger log, Exception exception);
}

/// <summary>One subscriber's end of the feed.</summary>
public sealed class Subscription(ChannelReader<EventRecord> events, Action end) : IDisposable
{
    public ChannelReader<EventRecord> Events { get; } = events;

    public void Dispose() => end();
}
