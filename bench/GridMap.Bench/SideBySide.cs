using System.Diagnostics;

namespace GridMap.Bench;

/// <summary>Contenders that do the same work, of which the first is ours. Each returns a checksum; all must return the same.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Operations">How often one call does it.</param>
/// <param name="Contenders">Name and work.</param>
public sealed record Comparison(string Name, int Operations, IReadOnlyList<(string Name, Func<long> Work)> Contenders);

/// <summary>
/// Runs contenders in one process, in alternating rounds, so that a machine that slows down slows all of them; and prints
/// medians and ratios, because the ratios hold on other machines.
/// </summary>
public static class SideBySide
{
    private const int WarmUpRounds = 3;
    private const int Rounds = 15;

    public static void Run(Comparison comparison, TextWriter output)
    {
        var times = comparison.Contenders.Select(_ => new List<double>()).ToArray();
        var bytes = new long[comparison.Contenders.Count];
        for (var round = 0; round < WarmUpRounds + Rounds; round++)
        {
            var checksums = new HashSet<long>();
            for (var i = 0; i < comparison.Contenders.Count; i++)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                checksums.Add(comparison.Contenders[i].Work());
                var nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / comparison.Operations;
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / comparison.Operations;
                if (round >= WarmUpRounds)
                    times[i].Add(nanoseconds);
            }
            if (checksums.Count > 1)
                throw new InvalidOperationException($"{comparison.Name}: the contenders disagree, so their times mean nothing.");
        }

        output.WriteLine();
        output.WriteLine(comparison.Name);
        var ours = Median(times[0]);
        for (var i = 0; i < times.Length; i++)
        {
            var median = Median(times[i]);
            output.WriteLine($"  {comparison.Contenders[i].Name,-44} {median,9:N0} ns   {times[i].Min(),9:N0} at best   {median / ours,6:N2} x   {bytes[i],6:N0} B");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
