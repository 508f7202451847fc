namespace GridMap.Bench.Locating;

/// <summary>The locator side by side with what one would use instead.</summary>
internal static class LocatorBench
{
    public static Task RunAsync()
    {
        foreach (var comparison in LocatorComparisons.All())
            SideBySide.Run(comparison, Console.Out);
        return Task.CompletedTask;
    }
}
