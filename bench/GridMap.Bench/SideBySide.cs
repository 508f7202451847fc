using System.Diagnostics;

namespace GridMap.Bench;

/// <summary>Contenders that do the same work, of which the first is ours. Each returns a checksum; all must return the same.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Operations">How often one call does it.</param>
/// <param name="Contenders">Name and work.</param>
public sealed record Comparison(string Name, int Operations, IReadOnlyList<(string Name, Func<long> Work)> Contenders);

/// <summary>What came out: for each contender the nanoseconds an operation of all rounds, ascending.</summary>
public sealed class SideBySideResult(Comparison comparison, List<double>[] times)
{
    public string Name(int contender) => comparison.Contenders[contender].Name;

    public double Median(int contender) => times[contender][times[contender].Count / 2];

    /// <summary>Median over median of the same run.</summary>
    public double Ratio(int contender, int anchor) => Median(contender) / Median(anchor);
}

/// <summary>
/// Runs contenders in one process, in alternating rounds, so that a machine that slows down slows all of them; and prints
/// medians and ratios, because the ratios hold on other machines.
/// </summary>
public static class SideBySide
{
    private const int WarmUpRounds = 3;
    private static readonly int Rounds = BenchTable.IsQuick ? 7 : 21;

    /// <param name="comparison">Who does what.</param>
    /// <param name="sameAnswers">False where the contenders do different things.</param>
    /// <param name="warm">Each does its work once before it is timed, in every round: what another has driven out of the caches is back.</param>
    public static SideBySideResult Run(Comparison comparison, bool sameAnswers = true, bool warm = false)
    {
        var times = comparison.Contenders.Select(_ => new List<double>()).ToArray();
        var bytes = new long[comparison.Contenders.Count];
        for (var round = 0; round < WarmUpRounds + Rounds; round++)
        {
            var checksums = new HashSet<long>();
            for (var i = 0; i < comparison.Contenders.Count; i++)
            {
                if (warm)
                    comparison.Contenders[i].Work();
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                checksums.Add(comparison.Contenders[i].Work());
                var nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / comparison.Operations;
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / comparison.Operations;
                if (round >= WarmUpRounds)
                    times[i].Add(nanoseconds);
            }
            if (sameAnswers && checksums.Count > 1)
                throw new InvalidOperationException($"{comparison.Name}: the contenders disagree, so their times mean nothing.");
        }
        foreach (var list in times)
            list.Sort();
        var result = new SideBySideResult(comparison, times);
        Print(comparison, result, times, bytes);
        return result;
    }

    private static void Print(Comparison comparison, SideBySideResult result, List<double>[] times, long[] bytes)
    {
        Console.WriteLine();
        Console.WriteLine(comparison.Name);
        for (var i = 0; i < times.Length; i++)
        {
            Console.WriteLine(
                $"  {comparison.Contenders[i].Name,-44} {result.Median(i),9:N1} ns   {times[i][0],9:N1} at best   {result.Ratio(i, 0),6:N2} x   {bytes[i],6:N0} B");
        }
    }
}
