using System.Diagnostics;
using GridMap.Bench.Territories;

namespace GridMap.Bench.Imports;

/// <summary>
/// A city's files into PostGIS: by GDAL's ogr2ogr (COPY, a spatial index, one table a file: nothing is checked), and by GridMap (noded,
/// validated, stored as a plan and published), by the running service and by a fresh process of the command line. Same files, same cluster,
/// alternating rounds. QUICK=1 takes a city's quarter and fewer rounds; IMPORTS=GPKG (or another driver) that format alone, IMPORTS=province the million.
/// </summary>
internal static class ImportBench
{
    private const string Empty =
        "truncate generation, grid, grid_code, grid_version, lineage, plan, plan_edit, plan_grid, plan_defect, import_job, event cascade";

    private const int WarmUpRounds = 1, MostTimes = 3;

    private static readonly (string Driver, string Ending)[] Formats = [("GPKG", ".gpkg"), ("ESRI Shapefile", ".shp"), ("GeoJSON", ".geojson")];

    public static async Task RunAsync(BenchTable table)
    {
        var only = Environment.GetEnvironmentVariable("IMPORTS");
        var isProvince = only == "province";
        var plan = isProvince ? TerritoryPlan.Province : BenchTable.IsQuick ? TerritoryPlan.Quarter : TerritoryPlan.City;
        var program = Environment.GetEnvironmentVariable("GRIDMAP_PROGRAM") ?? BuildProgram();
        using var cluster = new BenchCluster();
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Data, "files")).FullName;
        using var service = await GridMapService.StartAsync(program, cluster);
        cluster.Execute("postgres", "create database cli template template0 owner gridmap_owner");
        foreach (var (driver, ending) in Formats.Where(format => isProvince ? format.Driver == "GPKG" : only is null || only == format.Driver))
        {
            var (files, innermost) = TerritoryFiles.Write(plan, driver, ending, Directory.CreateDirectory(Path.Combine(folder, ending)).FullName);
            await CompareAsync(table, $"{plan.Name}: {innermost:N0} innermost grids of four levels, {driver}", files, program, cluster, service, isProvince ? 1 : BenchTable.IsQuick ? 3 : 5);
        }
    }

    private static async Task CompareAsync(
        BenchTable table, string name, IReadOnlyList<string> files, string program, BenchCluster cluster, GridMapService service, int rounds)
    {
        var levels = files.Select((path, i) => (Level: i + 1, Path: path)).ToList();
        var sent = levels.SelectMany(file => Parts(file.Path).Select(part => (file.Level, part))).ToList();
        List<double> ogr = [], cli = [];
        var served = new List<ImportTime>();
        // A round warms all of them up.
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            cluster.Execute("postgres", "drop database if exists ogr with (force)", "create database ogr owner gridmap_owner");
            cluster.Execute("ogr", "create extension postgis");
            ogr.Add(Seconds(() => LoadByOgr(files, cluster)));

            cluster.Execute("gridmap", Empty);
            await service.WaitForAsync(isPublished: false);
            served.Add(await service.ImportAsync(sent));
            await service.WaitForAsync(isPublished: true);

            cli.Add(ImportByCommand(levels, program, cluster));
            Console.Error.WriteLine($"  round {round}: {ogr[^1]:N2} s, {served[^1].Seconds:N2} s, {cli[^1]:N2} s");
        }

        var least = Median(ogr.Skip(WarmUpRounds));
        Console.WriteLine();
        Console.WriteLine(name);
        var ratio = Median(served.Skip(WarmUpRounds).Select(time => time.Seconds)) / least;
        table.Add(
            $"import and publish, {name}", $"at most {MostTimes} times ogr2ogr", $"{ratio * least:N2} s, peak {served[^1].PeakBytes >> 20:N0} MiB",
            $"ogr2ogr: {least:N2} s; ratio {ratio:N1}", ratio <= MostTimes);
        Print("ogr2ogr -f PostgreSQL", ogr, least);
        Print("import and publish, running service", served.ConvertAll(time => time.Seconds), least);
        Print("import --publish, fresh process", cli, least);
        Console.WriteLine($"  the service's stages: {string.Join(", ", served[0].Stages.Keys.Select(stage => $"{stage} {Median(served.Skip(WarmUpRounds).Select(time => time.Stages[stage])):N2} s"))}; peak memory {served[^1].PeakBytes >> 20:N0} MiB");
    }

    private static void LoadByOgr(IReadOnlyList<string> files, BenchCluster cluster)
    {
        var environment = new Dictionary<string, string> { ["PG_USE_COPY"] = "YES", ["PGPASSWORD"] = cluster.Password };
        foreach (var file in files)
            BenchCluster.Run("ogr2ogr", ["-f", "PostgreSQL", $"PG:host={cluster.Socket} user=gridmap_owner dbname=ogr", file], environment);
    }

    private static double ImportByCommand(List<(int Level, string Path)> files, string program, BenchCluster cluster)
    {
        var environment = GridMapService.Environment(cluster);
        environment["GRIDMAP_PROGRAM"] = program;
        foreach (var name in cluster.Settings.Keys)
            environment[name] = environment[name].Replace("Database=gridmap", "Database=cli", StringComparison.Ordinal);
        cluster.Execute("postgres", "drop database cli with (force)", "create database cli owner gridmap_owner");
        cluster.Execute("cli", "create extension postgis", "grant connect, temporary on database cli to gridmap");
        BenchCluster.Run(program, ["migrate"], environment);
        return Seconds(() => BenchCluster.Run(Path.Combine(BenchCluster.Root, "gridmap"), ["import", "--publish", .. files.Select(file => $"{file.Path}@{file.Level}")], environment));
    }

    /// <summary>A Shapefile is sent with the files beside it.</summary>
    private static string[] Parts(string path) =>
        path.EndsWith(".shp", StringComparison.Ordinal) ? Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + ".*") : [path];

    private static string BuildProgram()
    {
        BenchCluster.Run(Path.Combine(BenchCluster.Root, "scripts", "build.sh"), ["program"]);
        return Path.Combine(BenchCluster.Root, "artifacts", "gridmap", "current", "gridmap");
    }

    private static double Seconds(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }

    private static void Print(string name, List<double> seconds, double least)
    {
        var median = Median(seconds.Skip(WarmUpRounds));
        Console.WriteLine($"  {name,-38} {median,7:N2} s   {seconds.Skip(WarmUpRounds).Min(),7:N2} at best   {median / least,6:N2} x");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
