using GridMap.Api.Hosting;

namespace GridMap.Api.Posters;

/// <summary>Lets one at a time for each processor make a picture; who would wait long is told to come again. Thread safe.</summary>
internal sealed class PictureTurns : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(Environment.ProcessorCount, Environment.ProcessorCount);

    /// <summary>The refusal.</summary>
    public static ProblemException Busy() => new(new Problem(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many pictures are being made at once. Ask again in a moment.")
    { RetryAfterSeconds = 10 });

    /// <summary>Works when it is its turn.</summary>
    /// <exception cref="ProblemException">503: too many are at it.</exception>
    public async Task<T> WorkAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        if (!await gate.WaitAsync(Patience, cancel))
            throw Busy();
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
