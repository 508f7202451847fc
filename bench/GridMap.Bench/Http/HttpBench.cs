using GridMap.Bench.Territories;

namespace GridMap.Bench.Http;

/// <summary>Lookups over HTTP: whole batches in this process, then requests by the second of the program as it is run.</summary>
internal static class HttpBench
{
    public static async Task RunAsync(BenchTable table)
    {
        var plan = BenchTable.IsQuick ? TerritoryPlan.Quarter : TerritoryPlan.City;
        var grids = Territory.Create(plan);
        new BatchComparisons(plan, grids).Run(table);

        await using var program = await ServedTerritory.StartAsync(grids);
        await using var plain = await PostgisLookup.StartAsync(program.ServiceConnection);
        await RequestComparison.RunAsync(table, plan, program, plain);
    }
}
