using GridMap.Bench.Territories;

namespace GridMap.Bench.Tiles;

/// <summary>Vector tiles of the grids: cold against PostGIS, how true both are, and warm over HTTP.</summary>
internal static class TileBench
{
    public static async Task RunAsync(BenchTable table)
    {
        var isQuick = BenchTable.IsQuick;
        var plan = isQuick ? TerritoryPlan.Quarter : TerritoryPlan.City;
        var territory = TileTerritory.Create(plan);
        Console.WriteLine(
            $"tiles of the {plan.Name}: {territory.Grids.Count:N0} grids, {territory.Innermost.Count:N0} of them innermost, " +
            $"{territory.Innermost.Sum(grid => grid.Polygon.NumPoints):N0} vertices of these; made ahead of all tiles in " +
            $"{territory.PreparedIn.TotalMilliseconds:N0} ms, of the innermost alone in {territory.InnermostPreparedIn.TotalMilliseconds:N0} ms");
        await using var postgis = PostgisTiles.Start();
        await postgis.LoadAsync(ColdTiles.Table, territory.Grids);
        await postgis.LoadAsync(ColdTiles.InnermostTable, territory.Innermost);
        await new ColdTiles(territory, postgis, isQuick).RunAsync(table);
        await new TruthTable(territory, postgis, isQuick).RunAsync(table);
        await new WarmTiles(territory, isQuick).RunAsync(table);
    }
}
