namespace GridMap.Api.Snapshots;

/// <summary>
/// Serves the present snapshot, swapped whole, and the two past generations that somebody asked for last.
/// Reading the present takes no lock. Thread safe.
/// </summary>
public sealed class SnapshotProvider(SnapshotLoader loader) : IDisposable
{
    private const int PastKept = 2;

    private readonly SemaphoreSlim presentGate = new(1, 1);
    private readonly SemaphoreSlim pastGate = new(1, 1);
    private readonly LinkedList<Snapshot> past = new();
    private volatile Snapshot? current;
    private volatile TaskCompletionSource swapped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False until the first snapshot is loaded.</summary>
    public bool IsReady => current is not null;

    /// <summary>The present.</summary>
    /// <exception cref="InvalidOperationException">Nothing is loaded yet.</exception>
    public Snapshot Current => current ?? throw new InvalidOperationException("No snapshot is loaded yet.");

    /// <summary>Ends when the present is swapped the next time.</summary>
    public Task NextSwap => swapped.Task;

    /// <summary>Loads the present anew if the database is ahead of it. Never waits for the load of a past generation.</summary>
    /// <returns>Whether it was swapped.</returns>
    /// <exception cref="SnapshotException">What the database has is no coverage: the one before is served on.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        // One at a time, or a slow load of an older state could be swapped in over a newer one.
        await presentGate.WaitAsync(cancel);
        try
        {
            var version = await loader.CurrentAsync(cancel);
            if (current is { } held && held.Generation.Number == version.Generation && held.Revision == version.Revision)
            {
                return false;
            }

            current = await loader.LoadAsync(number: null, current, cancel);
            var waited = swapped;
            swapped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waited.SetResult();
            return true;
        }
        finally
        {
            presentGate.Release();
        }
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
        return number == 0 ? null : await KeptAsync(number, cancel);
    }

    /// <summary>A generation by its number: the present one from memory, others loaded once and two kept.</summary>
    public async Task<Snapshot> OfAsync(int number, CancellationToken cancel) =>
        Current is var present && present.Generation.Number == number ? present : await KeptAsync(number, cancel);

    public void Dispose()
    {
        presentGate.Dispose();
        pastGate.Dispose();
    }

    private async Task<Snapshot> KeptAsync(int number, CancellationToken cancel)
    {
        // One load at a time: a hundred callers who ask for last week cost one load.
        await pastGate.WaitAsync(cancel);
        try
        {
            return await PastAsync(number, Current.Revision, cancel);
        }
        finally
        {
            pastGate.Release();
        }
    }

    // A past snapshot holds duties too, so one of an older revision is loaded anew.
    private async Task<Snapshot> PastAsync(int number, long revision, CancellationToken cancel)
    {
        var kept = past.FirstOrDefault(snapshot => snapshot.Generation.Number == number);
        if (kept is not null)
        {
            past.Remove(kept);
        }

        if (kept is null || kept.Revision < revision)
        {
            kept = await loader.LoadAsync(number, kept, cancel);
        }

        past.AddFirst(kept);
        if (past.Count > PastKept)
        {
            past.RemoveLast();
        }

        return kept;
    }
}
