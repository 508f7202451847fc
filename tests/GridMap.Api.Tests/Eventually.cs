using System.Diagnostics;

namespace GridMap.Api.Tests;

/// <summary>Waits for what another thread or process brings about; never longer than a bound that the test states.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task<TimeSpan> TrueAsync(Func<bool> condition, string what, double seconds = 20) =>
        TrueAsync(() => Task.FromResult(condition()), what, seconds);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, string what, double seconds = 20)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"Not after {seconds} s: {what}");
            await Task.Delay(Pause);
        }

        return watch.Elapsed;
    }
}
