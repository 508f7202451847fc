using GridMap.Api.Callers;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;

namespace GridMap.Api.Events;

/// <summary>Makes listeners. Thread safe.</summary>
internal sealed class Listeners(SnapshotProvider snapshots, TimeProvider clock)
{
    /// <summary>Who listens, to all that they may hear or to one grid and what is inside it.</summary>
    /// <exception cref="Hosting.ProblemException">403: the grid lies beyond their reach, for who listens as one who sees its people.</exception>
    public Listener Of(HttpContext context, GridFacts? grid)
    {
        var caller = context.User.Caller();
        if (grid is not null && caller.Kind != CallerKind.Public && !caller.ReachOf(Permission.SeePeople).Covers(snapshots.Current, grid.Id))
        {
            throw Refusals.OutOfReach($"Grid {grid.Code}");
        }

        return new Listener(context, snapshots, clock, grid?.Id);
    }
}

/// <summary>
/// One subscriber of the event stream: what they may hear, by who they are now. That is asked again every few seconds, so that a
/// term that begins or ends, or a session that is ended, counts for a stream that is open as well. For one stream.
/// </summary>
internal sealed class Listener(HttpContext context, SnapshotProvider snapshots, TimeProvider clock, long? grid)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private Caller caller = context.User.Caller();
    private DateTimeOffset asked = clock.GetUtcNow();

    /// <summary>Whether an event is for this listener. What concerns no grid in particular is for all who may see the map.</summary>
    public bool Hears(EventRecord record) => record.Kind switch
    {
        EventOutbox.Inbox => record.PersonId is { } person && person == caller.PersonId,
        EventOutbox.Plan => caller.May(Permission.Plan),
        EventOutbox.Duty => Reaches(Permission.SeePeople, record.GridId, orNone: false),
        EventOutbox.Issue => Reaches(Permission.SeeMap, record.GridId, orNone: false),
        _ => Reaches(Permission.SeeMap, record.GridId, orNone: true),
    };

    /// <summary>Asks who this is anew, when it is time.</summary>
    /// <returns>False when they are not who they were: the stream ends, and who resumes it is asked from the start.</returns>
    public async Task<bool> GoesOnAsync(CancellationToken cancel)
    {
        if (caller.Kind == CallerKind.Public || clock.GetUtcNow() - asked < AskAgain)
        {
            return true;
        }

        cancel.ThrowIfCancellationRequested();
        var service = context.RequestServices.GetRequiredService<CallerSource>();
        var now = await service.FindAsync(context, cancel);
        if (now is null || now.Kind != caller.Kind || now.AccountId != caller.AccountId || !now.May(Permission.SeeMap))
        {
            return false;
        }

        caller = now;
        asked = clock.GetUtcNow();
        return true;
    }

    private bool Reaches(string permission, long? about, bool orNone)
    {
        var reach = caller.ReachOf(permission);
        var snapshot = snapshots.Current;
        return (reach.IsEverywhere || (about is { } id ? reach.Covers(snapshot, id) : orNone))
            && (grid is not { } only || (about is { } place ? new Reach([only]).Covers(snapshot, place) : orNone));
    }
}
