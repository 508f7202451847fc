using GridMap.Bench.Territories;

namespace GridMap.Bench.Http;

/// <summary>
/// Requests a second: a lookup beside an empty endpoint of the same server, behind the same middleware, and beside PostGIS asked for
/// the same chain. One load tool, in turns; the ratios are medians of the turns' own.
/// </summary>
internal static class RequestComparison
{
    private const string Lookup = "/api/v1/lookup?lon=%.7f&lat=%.7f";
    // Asked with the same words, so that to send and to read the request costs both the same.
    private const string Empty = "/healthz?lon=%.7f&lat=%.7f";

    public static async Task RunAsync(BenchTable table, TerritoryPlan plan, ServedTerritory program, PostgisLookup plain)
    {
        var (turns, seconds) = BenchTable.IsQuick ? (3, 1) : (7, 2);
        (string Name, Uri Server, string Path, List<double> Rates)[] contenders =
        [
            ("GET /api/v1/lookup", program.Address, Lookup, []),
            ("GET /healthz of the same server", program.Address, Empty, []),
            ("the same chain from PostGIS by ST_Covers", plain.Address, PostgisLookup.Path, []),
        ];

        // Before the first turn the server has compiled what it runs.
        foreach (var contender in contenders)
            await Wrk.RunAsync(plan, contender.Server, contender.Path, seconds: 5);
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var contender in contenders)
                contender.Rates.Add(await Wrk.RunAsync(plan, contender.Server, contender.Path, seconds));
        }

        Console.WriteLine();
        Console.WriteLine($"requests a second over random points of the {plan.Name}, {turns} turns of {seconds} s");
        foreach (var (name, _, _, rates) in contenders)
        {
            Console.WriteLine(
                $"  {name,-44} {Median(rates),9:N0} /s   {rates.Max(),9:N0} at best   lookup {Ratio(contenders[0].Rates, rates),6:N2} x");
        }

        Tell(table, plan, contenders[0].Rates, contenders[1].Name, contenders[1].Rates, "at least 0.85 of an empty answer", 0.85);
        Tell(table, plan, contenders[0].Rates, contenders[2].Name, contenders[2].Rates, "", null);
    }

    private static void Tell(BenchTable table, TerritoryPlan plan, List<double> ours, string name, List<double> others, string goal, double? least)
    {
        var ratio = Ratio(ours, others);
        table.Add($"GET /lookup, {plan.Name}", goal, $"{Median(ours):N0} requests a second", $"{name}: {Median(others):N0}; ratio {ratio:N2}", least is null ? null : ratio >= least);
    }

    private static double Ratio(List<double> ours, List<double> others) => Median(ours.Zip(others, (own, other) => own / other));

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }
}
