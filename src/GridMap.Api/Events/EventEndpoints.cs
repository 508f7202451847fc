using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Events;

/// <summary><c>GET /api/v1/events</c>: server-sent events; resumes by Last-Event-ID.</summary>
internal static class EventEndpoints
{
    /// <summary>Sent when what was missed is no longer held: load everything anew.</summary>
    private const string Reset = "reset";

    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/events", Get).WithTags("events")
            .WithSummary("Server-sent events: issue, progress, generation; ping every 15 s; reset when too much was missed.")
            .Produces<string>(contentType: "text/event-stream");

    private static IResult Get(
        HttpContext context, EventFeed feed, EventReader reader, IHostApplicationLifetime lifetime,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(StreamAsync(feed, reader, lastEventId, stop.Token));
    }

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        EventFeed feed, EventReader reader, string? lastEventId, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Subscribed before the backlog is read: what arrives in between is in both, and skipped the second time.
        using var subscription = feed.Subscribe();
        var seen = default(EventCursor);
        yield return new SseItem<string>("{}", "ping") { ReconnectionInterval = TimeSpan.FromSeconds(2) };
        if (EventCursor.TryParse(lastEventId, out seen))
        {
            if (!await reader.HoldsAllAfterAsync(seen, cancel))
            {
                yield return new SseItem<string>("{}", Reset);
            }

            while (await reader.AfterAsync(seen, cancel) is { Count: > 0 } missed)
            {
                foreach (var record in missed)
                {
                    yield return Item(record);
                }

                seen = missed[^1].Cursor;
            }
        }

        while (await NextAsync(subscription, cancel) is { } next)
        {
            while (subscription.Events.TryRead(out var record))
            {
                if (record.Cursor > seen)
                {
                    seen = record.Cursor;
                    yield return Item(record);
                }
            }

            if (next == Wake.Quiet)
            {
                yield return new SseItem<string>("{}", "ping");
            }
        }
    }

    private enum Wake
    {
        Events,
        Quiet,
    }

    /// <summary>Waits for an event or a quarter of a minute; null when the stream ends.</summary>
    private static async Task<Wake?> NextAsync(Subscription subscription, CancellationToken cancel)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        quiet.CancelAfter(Ping);
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
