using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace GridMap.Api.Events;

/// <summary><c>GET /api/v1/events</c>: server-sent events; resumes by Last-Event-ID.</summary>
internal static class EventEndpoints
{
    public const string Path = "/api/v1/events";

    /// <summary>Sent when what was missed is no longer held: load everything anew.</summary>
    private const string Reset = "reset";

    private const string Ping = "ping";
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, Get).Needs(Permission.SeeMap).WithTags("events")
            .WithSummary("Server-sent events: issue, progress, generation; duty and inbox for those whom they concern; grid narrows to one grid and what is inside it; ping every 15 s; reset when too much was missed.")
            .Produces<string>(contentType: "text/event-stream");

    private static async Task<IResult> Get(
        HttpContext context, Listeners listeners, EventFeed feed, EventReader reader, SnapshotProvider snapshots, IHostApplicationLifetime lifetime,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId, string? grid, CancellationToken cancel)
    {
        var listener = listeners.Of(context, grid is null ? null : GridEndpoints.Find(snapshots.Current, grid));
        // Subscribed before the place is looked up: what comes in between is in both, and skipped the second time.
        var subscription = feed.Subscribe();
        context.Response.RegisterForDispose(subscription);
        var start = await StartAsync(reader, lastEventId, cancel);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(StreamAsync(listener, subscription, reader, start, stop.Token));
    }

    /// <summary>Where a stream begins.</summary>
    /// <param name="Seen">The last event that the caller has, or need not have.</param>
    /// <param name="Kind">reset when something before is lost to the caller.</param>
    private readonly record struct Start(EventCursor Seen, string Kind);

    private static async Task<Start> StartAsync(EventReader reader, string? lastEventId, CancellationToken cancel)
    {
        if (EventCursor.TryParse(lastEventId, out var seen) && await reader.HoldsAllAfterAsync(seen, cancel))
        {
            return new Start(seen, Ping);
        }

        return new Start(await reader.HeadAsync(cancel), string.IsNullOrEmpty(lastEventId) ? Ping : Reset);
    }

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        Listener listener, Subscription subscription, EventReader reader, Start start, [EnumeratorCancellation] CancellationToken cancel)
    {
        // With an id from the first line on, so that even who loses the stream before any event resumes and misses nothing.
        var seen = start.Seen;
        yield return new SseItem<string>("{}", start.Kind) { EventId = seen.ToString(), ReconnectionInterval = Reconnect };
        while (await MissedAsync(reader, seen, cancel) is var missed && missed is not [])
        {
            if (missed is null)
            {
                yield break;
            }

            foreach (var record in missed.Where(listener.Hears))
            {
                yield return Item(record);
            }

            seen = missed[^1].Cursor;
        }

        while (await NextAsync(subscription, cancel) is { } next)
        {
            if (!await listener.GoesOnAsync(cancel))
            {
                yield break;
            }

            while (subscription.Events.TryRead(out var record))
            {
                if (record.Cursor > seen)
                {
                    seen = record.Cursor;
                    if (listener.Hears(record))
                    {
                        yield return Item(record);
                    }
                }
            }

            if (next == Wake.Quiet)
            {
                yield return new SseItem<string>("{}", Ping);
            }
        }
    }

    private enum Wake
    {
        Events,
        Quiet,
    }

    /// <summary>The next events after a place; null without the database: the stream ends there, and the caller resumes.</summary>
    private static async Task<IReadOnlyList<EventRecord>?> MissedAsync(EventReader reader, EventCursor seen, CancellationToken cancel)
    {
        try
        {
            return await reader.AfterAsync(seen, cancel);
        }
        catch (NpgsqlException)
        {
            // The feed logs that the database is lost.
            return null;
        }
    }

    /// <summary>Waits for an event or a quarter of a minute; null when the stream ends.</summary>
    private static async Task<Wake?> NextAsync(Subscription subscription, CancellationToken cancel)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        quiet.CancelAfter(Quiet);
        try
        {
            return await subscription.Events.WaitToReadAsync(quiet.Token) ? Wake.Events : null;
        }
        catch (OperationCanceledException)
        {
            return cancel.IsCancellationRequested ? null : Wake.Quiet;
        }
    }

    private static SseItem<string> Item(EventRecord record) =>
        new(record.Payload, record.Kind) { EventId = record.Cursor.ToString() };
}
