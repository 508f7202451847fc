using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Imports;

/// <summary>
/// Reads the files of all levels of one import, two levels at a time: most of a small file's time is that of the tools' starting.
/// Used once; not thread safe.
/// </summary>
internal sealed class LevelReading(ImportRequest request, SourceFolder folder, SourceReader reader)
{
    private const int AtATime = 2;

    private readonly Dictionary<int, int> read = [];

    /// <summary>By level: its features, in the order of its files.</summary>
    public Dictionary<int, List<SourceFeature>> Features { get; } = [];

    /// <summary>Reads all levels.</summary>
    /// <param name="progress">Told the number of features so far, of all levels; from any thread, one at a time.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <returns>What was read, by level as they were asked for.</returns>
    /// <exception cref="Hosting.ProblemException">The first level, in that order, of which a file cannot be read.</exception>
    public async Task<List<SourceSummary>> ReadAsync(Action<int> progress, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var turns = new SemaphoreSlim(AtATime);
        var levels = request.Levels.Select(level => (level.Level, Datasets: folder.Take(level.Files, cancel))).ToList();
        var readings = levels.ConvertAll(level => ReadAsync(level.Level, level.Datasets, Features[level.Level] = [], turns, progress, stop.Token));
        var summaries = new List<SourceSummary>();
        try
        {
            foreach (var reading in readings)
                summaries.AddRange(await reading);
            return summaries;
        }
        finally
        {
            // Nothing reads on from a folder that is about to go.
            await stop.CancelAsync();
            await Task.WhenAll(readings).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<List<SourceSummary>> ReadAsync(
        int level, List<SourceDataset> datasets, List<SourceFeature> into, SemaphoreSlim turns, Action<int> progress, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        try
        {
            var choice = new SourceChoice(request.Layer, request.Crs, request.Encoding);
            return await Task.Run(
                () => reader.ReadAsync(
                    folder, datasets, choice, into,
                    count =>
                    {
                        lock (read)
                        {
                            read[level] = count;
                            progress(read.Values.Sum());
                        }
                    },
                    cancel),
                cancel);
        }
        finally
        {
            turns.Release();
        }
    }
}
