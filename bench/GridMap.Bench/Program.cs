using GridMap.Bench;
using GridMap.Bench.Locating;

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
foreach (var comparison in LocatorComparisons.All())
    SideBySide.Run(comparison, Console.Out);
