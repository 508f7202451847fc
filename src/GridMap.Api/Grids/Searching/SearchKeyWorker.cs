using GridMap.Api.Snapshots;

namespace GridMap.Api.Grids.Searching;

/// <summary>Fills <see cref="SearchKeys"/> whenever there is another snapshot; the swap of snapshots never waits for it.</summary>
internal sealed partial class SearchKeyWorker(SnapshotProvider snapshots, SearchKeys keys, ILogger<SearchKeyWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private string? complaint;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Snapshot? filled = null;
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (snapshots.IsReady && snapshots.Current is var present && present != filled)
            {
                filled = present;
                await FillAsync(present, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FillAsync(Snapshot present, CancellationToken cancel)
    {
        try
        {
            await keys.FillAsync(present.Grids.Select(grid => grid.Name), cancel);
            complaint = null;
        }
        catch (TransliteratorException e)
        {
            // Said once, tried again with the next snapshot.
            if (e.Message != complaint)
                NoPinyin(log, complaint = e.Message);
        }
    }

    [LoggerMessage(1801, LogLevel.Warning, "Grids cannot be searched by pinyin, only by name and code: {Reason}")]
    private static partial void NoPinyin(ILogger log, string reason);
}
