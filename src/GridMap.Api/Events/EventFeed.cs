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
    /// <summary>How many events a subscriber may be behind.</summary>
    internal const int Backlog = 4096;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<EventRecord>, bool> subscribers = new();
    private EventCursor cursor;

    /// <summary>Opens a subscription; dispose of it to end it. Its reader ends when the subscriber was too slow.</summary>
    public Subscription Subscribe()
    {
        var channel = Channel.CreateBounded<EventRecord>(Backlog);
        subscribers[channel] = true;
        return new Subscription(channel.Reader, () => subscribers.TryRemove(channel, out _));
    }

    /// <summary>Finds its place before anybody can subscribe: whoever does is told everything that comes after.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        cursor = await reader.HeadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
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

    private async Task FollowAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand("listen gridmap_event", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        while (true)
        {
            await DeliverAsync(cancel);
            await connection.WaitAsync(Interval, cancel);
        }
    }

    private async Task DeliverAsync(CancellationToken cancel)
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
