using System.Diagnostics;
using GridMap.Api.Hosting;
using GridMap.Core.Grids;
using GridMap.Core.Locating;

namespace GridMap.Api.Snapshots;

/// <summary>
/// Keeps the indexes of the locator under <c>DATA/locator</c>, each under the name of the grids that it was built from, so that a restart
/// reads what it would otherwise build. A file that is damaged, or a disk that is full, costs the time to build and nothing else. Thread
/// safe, also between processes.
/// </summary>
public sealed partial class LocatorFiles(DataFolder data, ILogger<LocatorFiles> log)
{
    private const string Extension = ".cells";

    // The present one and, as the snapshots are, two of the past.
    private const int Kept = 3;

    /// <summary>The locator of the grids, from its file if there is one.</summary>
    public GridLocator Open(IReadOnlyList<GridShape> grids)
    {
        var start = Stopwatch.GetTimestamp();
        var path = Path.Combine(data.Sub("locator"), GridLocator.IndexName(grids) + Extension);
        if (TryRead(path, grids) is { } kept)
        {
            ReadIndex(log, kept.IndexBytes, Stopwatch.GetElapsedTime(start).TotalSeconds);
            return kept;
        }

        var built = new GridLocator(grids);
        BuiltIndex(log, built.IndexBytes, Stopwatch.GetElapsedTime(start).TotalSeconds);
        Keep(path, built);
        return built;
    }

    private GridLocator? TryRead(string path, IReadOnlyList<GridShape> grids)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var file = File.OpenRead(path);
            var locator = GridLocator.WithIndex(grids, file);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return locator;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            NotRead(log, path, e.Message);
            return null;
        }
    }

    private void Keep(string path, GridLocator locator)
    {
        // Under a name of its own first: nobody ever sees half a file.
        var half = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = File.Create(half))
            {
                locator.WriteIndex(file);
            }

            File.Move(half, path, overwrite: true);
            Prune(new DirectoryInfo(Path.GetDirectoryName(path)!));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(log, path, e.Message);
            TryDelete(half);
        }
    }

    private static void Prune(DirectoryInfo folder)
    {
        // What a process that was killed left half written is nobody's by the next day.
        var halves = folder.GetFiles($"*{Extension}.*").Where(file => file.LastWriteTimeUtc < DateTime.UtcNow.AddDays(-1));
        foreach (var old in folder.GetFiles("*" + Extension).OrderByDescending(file => file.LastWriteTimeUtc).Skip(Kept).Concat(halves))
        {
            old.Delete();
        }
    }

    private void TryDelete(string half)
    {
        try
        {
            File.Delete(half);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(log, half, e.Message);
        }
    }

    [LoggerMessage(1211, LogLevel.Debug, "Read the locator's index, {Bytes} bytes, in {Seconds:0.000} s")]
    private static partial void ReadIndex(ILogger log, long bytes, double seconds);

    [LoggerMessage(1212, LogLevel.Debug, "Built the locator's index, {Bytes} bytes, in {Seconds:0.000} s")]
    private static partial void BuiltIndex(ILogger log, long bytes, double seconds);

    [LoggerMessage(1213, LogLevel.Warning, "The index {Path} is built anew: {Reason}")]
    private static partial void NotRead(ILogger log, string path, string reason);

    [LoggerMessage(1214, LogLevel.Warning, "The index {Path} is not kept, the next start builds it again: {Reason}")]
    private static partial void NotKept(ILogger log, string path, string reason);
}
