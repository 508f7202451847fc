using System.Diagnostics;
using GridMap.Bench.Territories;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using GridMap.Core.Tests.Locating;

namespace GridMap.Bench.Locating;

/// <summary>The locator of a city and of a province, side by side with memory and with NetTopologySuite.</summary>
internal static class LocatorBench
{
    public static Task RunAsync(BenchTable table)
    {
        City(table);
        if (!BenchTable.IsQuick)
            Province(table);
        return Task.CompletedTask;
    }

    private static void City(BenchTable table)
    {
        var grids = Territory.Create(TerritoryPlan.City);
        var locator = Build(TerritoryPlan.City, grids, out _);
        var comparisons = new LocatorComparisons(TerritoryPlan.City, locator);
        var memory = comparisons.AgainstMemory();
        table.AddRatio("locator, city: batch, ns a point", "at most 30 ns", memory, 0, anchor: 3, met: memory.Median(0) <= 30);
        table.AddRatio("locator, city: one by one", "at most 0.40 of an access to memory", memory, 1, anchor: 3, met: memory.Ratio(1, 3) <= 0.40);
        table.AddRatio("locator, city: one waiting for the other", "at most 0.85 of an access", memory, 2, anchor: 3, met: memory.Ratio(2, 3) <= 0.85);
        var nts = new IndexedNtsLocator(grids);
        foreach (var warm in (bool[])[false, true])
        {
            var (plain, how) = (comparisons.AgainstPlain(nts, warm), warm ? "warm" : "by turns");
            table.AddRatio($"locator, city: NetTopologySuite's time, {how}", "at least 50 times", plain, 2, anchor: 0, met: plain.Ratio(2, 0) >= 50);
            table.AddRatio($"locator, city: NetTopologySuite's time, {how}", "", plain, 2, anchor: 1);
        }
        comparisons.FullAnswers();
        Pieces.Print(TerritoryPlan.City, locator);
    }

    private static void Province(BenchTable table)
    {
        var grids = Territory.Create(TerritoryPlan.Province);
        var locator = Build(TerritoryPlan.Province, grids, out var seconds);
        var bytes = (double)locator.IndexBytes / grids.Count(grid => grid.Level == TerritoryPlan.Levels);
        table.Add("locator, province: built on all processors", "at most 10 s", $"{seconds:N1} s", "", seconds <= 10);
        table.Add("locator, province: index", "at most 400 bytes a polygon", $"{bytes:N0} bytes", "", bytes <= 400);
        var memory = new LocatorComparisons(TerritoryPlan.Province, locator).AgainstMemory();
        table.AddRatio("locator, province: batch", "", memory, 0, anchor: 3);
        table.AddRatio("locator, province: one by one", "at most 170 ns", memory, 1, anchor: 3, met: memory.Median(1) <= 170);
        table.AddRatio("locator, province: one waiting for the other", "", memory, 2, anchor: 3);
    }

    private static GridLocator Build(TerritoryPlan plan, IReadOnlyList<GridShape> grids, out double seconds)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var locator = new GridLocator(grids);
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var innermost = grids.Where(grid => grid.Level == TerritoryPlan.Levels).ToList();
        Console.WriteLine();
        Console.WriteLine(
            $"{plan.Name}: {grids.Count:N0} grids, {innermost.Count:N0} of them innermost with {innermost.Average(grid => grid.Polygon.NumPoints - 1):N1} " +
            $"vertices each; built in {seconds:N2} s, the first time; {(double)locator.IndexBytes / innermost.Count:N0} bytes of index an innermost grid");
        return locator;
    }
}
