using GridMap.Api.Events;
using GridMap.Api.Photos;
using GridMap.Api.Posters;
using GridMap.Api.Sessions;
using GridMap.Api.Storage;

namespace GridMap.Api.Hosting;

/// <summary>Every hour drops what is kept for a time only: events of the stream, idempotency keys, sessions that are over, photos that nothing names, posters that nobody asks for.</summary>
internal sealed partial class Housekeeping(Database database, EventReader events, SessionStore sessions, PhotoStore photos, PosterShelf posters, TimeProvider clock, ILogger<Housekeeping> log)
    : PeriodicWork(TimeSpan.FromHours(1))
{
    /// <summary>Does it now.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await events.DropOldAsync(cancel);
        await IdempotencyKey.DropOldAsync(database, cancel);
        await sessions.DropOldAsync(cancel);
        await photos.SweepAsync(clock.GetUtcNow(), cancel);
        posters.Sweep(clock.GetUtcNow());
    }

    protected override Task WorkAsync(CancellationToken cancel) => RunAsync(cancel);

    protected override void Tell(Exception exception) => Failed(log, exception);

    [LoggerMessage(1102, LogLevel.Warning, "Nothing was cleaned up; it is tried again in an hour")]
    private static partial void Failed(ILogger log, Exception exception);
}
