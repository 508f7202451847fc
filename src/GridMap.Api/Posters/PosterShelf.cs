using GridMap.Api.Hosting;

namespace GridMap.Api.Posters;

/// <summary>
/// Posters that were made, in the data folder, named by all that they were made from: the same question about the same figures is drawn once. Bounded: what
/// nobody asked for the longest goes first. Losing it loses nothing. Thread safe.
/// </summary>
internal sealed partial class PosterShelf(DataFolder data, TimeProvider clock, ILogger<PosterShelf> log) : IDisposable
{
    private const long MostBytes = 256L << 20;
    private const int Gates = 32;

    private static readonly TimeSpan KeptUnasked = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    private readonly string folder = data.Sub("posters");
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly Lock sweeping = new();

    /// <summary>Takes a poster from the shelf, or makes it and puts it there; who asks for the same at the same time waits for the one that is being made.</summary>
    /// <param name="name">Of its content; letters, digits, dots and hyphens.</param>
    /// <param name="make">Makes it; takes nothing else from the shelf, or two could wait for each other.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<byte[]> GetAsync(string name, Func<CancellationToken, Task<byte[]>> make, CancellationToken cancel)
    {
        if (await FindAsync(name, cancel) is { } held)
            return held;
        var gate = gates[(uint)string.GetHashCode(name, StringComparison.Ordinal) % Gates];
        await gate.WaitAsync(cancel);
        try
        {
            if (await FindAsync(name, cancel) is { } madeMeanwhile)
                return madeMeanwhile;
            var bytes = await make(cancel);
            await PutAsync(name, bytes, cancel);
            return bytes;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A poster on the shelf; null when it is not there.</summary>
    public async Task<byte[]?> FindAsync(string name, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancel);
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes away what nobody asked for in two weeks, and the oldest of what is too much.</summary>
    public void Sweep(DateTimeOffset now)
    {
        lock (sweeping)
        {
            var kept = 0L;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).ToList())
            {
                var age = now.UtcDateTime - file.LastWriteTimeUtc;
                var isPart = file.Extension == ".part";
                if (!isPart)
                    kept += file.Length;
                if (isPart ? age > LongestWrite : kept > MostBytes || age > KeptUnasked)
                    file.Delete();
            }
        }
    }

    public void Dispose()
    {
        foreach (var gate in gates)
            gate.Dispose();
    }

    // Whole or not at all; a full disk does not keep anybody from their poster.
    private async Task PutAsync(string name, byte[] bytes, CancellationToken cancel)
    {
        try
        {
            var part = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.part");
            await File.WriteAllBytesAsync(part, bytes, cancel);
            File.Move(part, Path.Combine(folder, name), overwrite: true);
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), clock.GetUtcNow().UtcDateTime);
            Sweep(clock.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(log, e.Message);
        }
    }

    [LoggerMessage(4202, LogLevel.Warning, "A poster was made and could not be kept: {Message}")]
    private static partial void NotKept(ILogger log, string message);
}
