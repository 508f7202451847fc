using System.Diagnostics;
using GridMap.Core.Coverages;
using GridMap.Core.Tiles;

namespace GridMap.Bench.Tiles;

/// <summary>
/// Tiles nobody has asked for before, against PostGIS, round by round by turns. Nothing is kept of a tile, so each is as cold the tenth
/// time as the first; what is there is what all tiles of the generation share.
/// </summary>
internal sealed class ColdTiles(TileTerritory territory, PostgisTiles postgis, bool isQuick)
{
    public const string Table = "grid_all", InnermostTable = "grid_innermost";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private const int LeastTimes = 20;

    private static readonly int[] Zooms = [10, 12, 14, 16];

    /// <summary>Compares every zoom; the goal is twenty times PostGIS.</summary>
    public async Task RunAsync(BenchTable results)
    {
        var alone = new TileDrawing(territory.InnermostCoverage, Texts(territory.InnermostCoverage));
        var all = new TileDrawing(territory.Coverage, Texts(territory.Coverage));
        Console.WriteLine();
        Console.WriteLine($"{"cold tiles",-42}{"tiles",6}{"GridMap median",16}{"mean",10}{"PostGIS median",16}{"mean",10}{"ratio",8}{"mean",7}{"bytes",9}{"PostGIS",9}");
        foreach (var z in Zooms)
        {
            await CompareAsync(results, $"z{z} all {territory.Innermost.Count:N0} grids, polygons", z, InnermostTable, 1, tile =>
            {
                alone.Begin(territory.InnermostAlone.Arcs(tile.Z), tile);
                alone.AddGrids(territory.InnermostAlone.Arcs(tile.Z).Regions, 1, labels: null);
                return alone.ToArray();
            });
        }

        foreach (var z in Zooms)
        {
            var deepest = territory.All.DeepestAt(z);
            await CompareAsync(results, $"z{z} levels 1 to {deepest}, polygons", z, Table, deepest, tile =>
            {
                var arcs = territory.All.Arcs(tile.Z);
                all.Begin(arcs, tile);
                for (var level = 1; level <= deepest; level++)
                    all.AddGrids(arcs.Regions, level, labels: null);
                return all.ToArray();
            });
            await CompareAsync(results, $"z{z} the same with borders and labels", z, Table, deepest, territory.All.Tile);
        }
    }

    private static GridTexts Texts(Coverage coverage) => new(coverage, TileTerritory.Captions(coverage));

    private async Task CompareAsync(BenchTable results, string name, int z, string table, int deepest, Func<TileCoord, byte[]> make)
    {
        var sample = TileSample.Of(territory.All, z, isQuick ? 40 : 200);
        var rounds = isQuick ? 3 : 5;
        var (ours, theirs) = (new List<double>[sample.Length], new List<double>[sample.Length]);
        for (var i = 0; i < sample.Length; i++)
            (ours[i], theirs[i]) = ([], []);

        // Until the code has been compiled for good.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            Times(sample, make);
        for (var round = -1; round < rounds; round++)
        {
            var ourTimes = Times(sample, make);
            var theirTimes = await postgis.TimesAsync(table, sample, deepest);
            for (var i = 0; i < sample.Length && round >= 0; i++)
            {
                ours[i].Add(ourTimes[i]);
                theirs[i].Add(theirTimes[i]);
            }
        }

        var (our, their) = (ours.Select(Median).ToList(), theirs.Select(Median).ToList());
        var (ourBytes, theirBytes) = (0L, 0L);
        foreach (var tile in sample)
        {
            ourBytes += make(tile).Length;
            theirBytes += (await postgis.TileAsync(table, tile, deepest)).Length;
        }

        Console.WriteLine(
            $"{name,-42}{sample.Length,6}{Median(our),13:N4} ms{our.Average(),10:N4}{Median(their),13:N3} ms{their.Average(),10:N3}" +
            $"{Median(their) / Median(our),7:N1}x{their.Average() / our.Average(),6:N1}x{ourBytes / sample.Length,9:N0}{theirBytes / sample.Length,9:N0}");
        var ratio = Median(their) / Median(our);
        results.Add($"tiles, cold: {name}", $"at least {LeastTimes} times PostGIS", $"{Median(our):N3} ms", $"ST_AsMVT: {Median(their):N2} ms; ratio {ratio:N1}", ratio >= LeastTimes);
    }

    private static double[] Times(TileCoord[] sample, Func<TileCoord, byte[]> make)
    {
        var times = new double[sample.Length];
        for (var i = 0; i < sample.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            make(sample[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
