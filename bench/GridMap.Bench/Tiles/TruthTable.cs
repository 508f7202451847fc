using GridMap.Core.Tiles;

namespace GridMap.Bench.Tiles;

/// <summary>How true the tiles of both contenders are: every tile of a zoom, up to a number of them.</summary>
internal sealed class TruthTable(TileTerritory territory, PostgisTiles postgis, bool isQuick)
{
    public async Task RunAsync(BenchTable results)
    {
        var truth = new TileTruth(territory);
        Console.WriteLine();
        Console.WriteLine($"{"innermost grids, every one a neighbour's",-42}{"tiles",6}{"rings",10}{"invalid",9}{"vertices",10}{"unmatched",11}{"over sides",12}");
        foreach (var z in (int[])[10, 12, 14, 16])
        {
            var sample = TileSample.Of(territory.InnermostAlone, z, isQuick ? 20 : 150);
            var ours = await PrintAsync($"z{z} GridMap", sample, truth, tile => Task.FromResult(territory.InnermostAlone.Tile(tile)));
            var theirs = await PrintAsync($"z{z} PostGIS", sample, truth, tile => postgis.TileAsync(ColdTiles.InnermostTable, tile, 1));
            results.Add(
                $"tiles, z{z}: invalid rings and unmatched vertices", "none", $"{ours.Invalid:N0} and {ours.Unmatched:N0} of {ours.Rings:N0} rings",
                $"ST_AsMVT: {theirs.Invalid:N0} and {theirs.Unmatched:N0} of {theirs.Rings:N0}", ours is { Invalid: 0, Unmatched: 0 });
        }
    }

    private static async Task<(long Rings, long Invalid, long Unmatched)> PrintAsync(string name, TileCoord[] sample, TileTruth truth, Func<TileCoord, Task<byte[]>> make)
    {
        var (rings, invalid, vertices, unmatched, apart) = (0L, 0L, 0L, 0L, 0L);
        foreach (var tile in sample)
        {
            var bytes = await make(tile);
            var count = truth.Count(tile, bytes);
            (rings, invalid) = (rings + count.Rings, invalid + count.Invalid);
            (vertices, unmatched) = (vertices + count.Vertices, unmatched + count.Unmatched);
            apart += TileTruth.Apart(bytes, await make(new TileCoord(tile.Z, tile.X + 1, tile.Y)));
        }

        Console.WriteLine($"{name,-42}{sample.Length,6}{rings,10:N0}{invalid,9:N0}{vertices,10:N0}{unmatched,11:N0}{apart,12:N0}");
        return (rings, invalid, unmatched + apart);
    }
}
