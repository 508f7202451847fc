namespace GridMap.Api.Snapshots;

/// <summary>
/// Serves the present snapshot, swapped whole, and the last two past generations that somebody asked for.
/// Reading the present takes no lock. Thread safe.
/// </summary>
public sealed class SnapshotProvider(SnapshotLoader loader)
{
    private const int PastKept = 2;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly LinkedList<Snapshot> past = new();
    private volatile Snapshot? current;

    /// <summary>False until the first snapshot is loaded.</summary>
    public bool IsReady => current is not null;

    /// <summary>The present.</summary>
    /// <exception cref="InvalidOperationException">Nothing is loaded yet.</exception>
    public Snapshot Current => current ?? throw new InvalidOperationException("No snapshot is loaded yet.");

    /// <summary>Loads the present anew if the database is ahead of it.</summary>
    /// <returns>Whether it was swapped.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        var version = await loader.CurrentAsync(cancel);
        if (current is { } held && held.Generation.Number == version.Generation && held.Revision == version.Revision)
        {
            return false;
        }

        var loaded = await loader.LoadAsync(number: null, cancel);
        await gate.WaitAsync(cancel);
        try
        {
            current = loaded;

            // Past snapshots hold duties too: those are of the old revision.
            past.Clear();
        }
        finally
        {
            gate.Release();
        }

        return true;
    }

    /// <summary>The generation in effect at an instant: the present one from memory, others loaded once and two kept.</summary>
    /// <returns>Null when no generation was in effect then.</returns>
    public async Task<Snapshot?> AtAsync(DateTimeOffset instant, CancellationToken cancel)
    {
        var present = Current;
        if (present.Generation.Number > 0 && instant >= present.Generation.EffectiveFrom)
        {
            return present;
        }

        var number = await loader.NumberAtAsync(instant, cancel);
        if (number == 0)
        {
            return null;
        }

        // One load at a time: a hundred callers who ask for last week cost one load.
        await gate.WaitAsync(cancel);
        try
        {
            var kept = past.FirstOrDefault(snapshot => snapshot.Generation.Number == number);
            if (kept is null)
            {
                kept = await loader.LoadAsync(number, cancel);
                past.AddFirst(kept);
                if (past.Count > PastKept)
                {
                    past.RemoveLast();
                }
            }

            return kept;
        }
        finally
        {
            gate.Release();
        }
    }
}
