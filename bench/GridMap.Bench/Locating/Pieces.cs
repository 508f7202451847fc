using System.Diagnostics;
using GridMap.Bench.Territories;
using GridMap.Core.Coordinates;
using GridMap.Core.Locating;

namespace GridMap.Bench.Locating;

/// <summary>Where the nanoseconds of a lookup go: the same code over ever more places, from what fits the processor's first cache to all.</summary>
internal static class Pieces
{
    private const int Calls = 1 << 18;

    /// <summary>Prints the time of a lookup by the number of different points that are asked over and over.</summary>
    public static void Print(TerritoryPlan plan, GridLocator locator)
    {
        Console.WriteLine();
        Console.WriteLine($"{plan.Name}: where the time goes: so many different points over and over, ns a point in a batch, one by one, one waiting for the other");
        foreach (var count in new[] { 64, 1 << 10, 1 << 13, 1 << 16, Calls })
        {
            var points = Points.Anywhere(plan, count, seed: 6);
            var answers = new int[count];
            Console.WriteLine(
                $"  {count,9:N0} points  {Time(() => locator.LocateInnermost(points, answers)),7:N1}" +
                $"  {Time(() => OneByOne(locator, points, answers)),7:N1}  {Time(() => Waiting(locator, points)),7:N1}");

            double Time(Action once)
            {
                var times = new List<double>();
                for (var round = 0; round < 9; round++)
                {
                    var start = Stopwatch.GetTimestamp();
                    for (var call = 0; call < Calls / count; call++)
                        once();
                    times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls);
                }
                return times.Order().ElementAt(times.Count / 2);
            }
        }
    }

    private static void OneByOne(GridLocator locator, LonLat[] points, int[] answers)
    {
        for (var i = 0; i < points.Length; i++)
            answers[i] = locator.LocateInnermost(points[i]);
    }

    private static void Waiting(GridLocator locator, LonLat[] points)
    {
        var last = 0;
        for (var i = 0; i < points.Length; i++)
            last = locator.LocateInnermost(points[i ^ (last & 1)]);
    }
}
