using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridMap.Api.Snapshots;
using GridMap.Api.Tiles;
using GridMap.Core.Tiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Logging;

namespace GridMap.Bench.Tiles;

/// <summary>
/// Tiles that the cache holds, over HTTP, against an endpoint of the same server that answers with as many bytes and does nothing else:
/// wrk on both by turns. The server has the service's cache, answers and compression, and none of its accounts.
/// </summary>
internal sealed partial class WarmTiles(TileTerritory territory, bool isQuick)
{
    public async Task RunAsync(BenchTable table)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddResponseCompression(options => options.MimeTypes = ResponseCompressionDefaults.MimeTypes);
        await using var app = builder.Build();
        using var cache = new TileCache();
        var tileset = new GridTileset(Snapshot());
        var bodies = new Dictionary<int, byte[]>();
        app.UseResponseCompression();
        app.MapGet("/tiles/grids/{z}/{x}/{y}.mvt", (int z, int x, int y) => new TileAnswer(
            cache.Get(tileset, new TileCoord(z, x, y)), TileAnswer.Immutable, $"{tileset.Generation}-{tileset.Version}"));
        app.MapGet("/empty/{size}", async (HttpContext context, int size) =>
        {
            context.Response.ContentType = MvtWriter.MediaType;
            context.Response.ContentLength = size;
            await context.Response.BodyWriter.WriteAsync(bodies[size]);
        });
        await app.StartAsync();
        Console.WriteLine();
        Console.WriteLine($"{"warm tiles over HTTP, 16 connections",-42}{"bytes",9}{"tile/s",10}{"empty/s",10}{"ratio",8}");
        foreach (var z in (int[])[12, 14, 16])
        {
            var tile = TileSample.Of(territory.All, z, 1)[0];
            var size = cache.Get(tileset, tile).Length;
            bodies[size] = new byte[size];
            await CompareAsync(table, $"{app.Urls.First()}/tiles/grids/{tile}.mvt", $"{app.Urls.First()}/empty/{size}", z, size);
        }
    }

    private async Task CompareAsync(BenchTable table, string tile, string empty, int z, int size)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = -1; round < (isQuick ? 3 : 5); round++)
        {
            var (our, their) = (await RequestsAsync(tile), await RequestsAsync(empty));
            if (round < 0)
                continue;
            ours.Add(our);
            theirs.Add(their);
        }

        var ratios = ours.Zip(theirs, (our, their) => our / their).Order().ToArray();
        Console.WriteLine(
            $"{$"z{z}, gzip from the cache",-42}{size,9:N0}{ours.Order().ElementAt(ours.Count / 2),10:N0}" +
            $"{theirs.Order().ElementAt(theirs.Count / 2),10:N0}{ratios[ratios.Length / 2],8:N2}");
        table.Add(
            $"tiles, warm over HTTP: z{z}, {size:N0} bytes", "at least 0.8 of an empty answer of that size", $"{ours.Order().ElementAt(ours.Count / 2):N0} a second",
            $"empty: {theirs.Order().ElementAt(theirs.Count / 2):N0}; ratio {ratios[ratios.Length / 2]:N2}", ratios[ratios.Length / 2] >= 0.8);
    }

    private async Task<double> RequestsAsync(string address)
    {
        using var wrk = Process.Start(new ProcessStartInfo(
            "wrk", ["-t1", "-c16", isQuick ? "-d1s" : "-d3s", "-H", "Accept-Encoding: gzip, deflate, br", address])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new InvalidOperationException("wrk does not start: apt-get install wrk");
        var report = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (report.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException($"{address} is refused: {report}");
        return double.Parse(RequestsASecond().Match(report).Groups["count"].ValueSpan);
    }

    private Snapshot Snapshot() => new(
        new GenerationFacts(1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), 1,
        [.. territory.Grids.Select(grid => new GridFacts(
            grid, TileTerritory.Name(grid.Code), TileTerritory.Kind, 0, grid.Polygon.Coordinate, JsonSerializer.SerializeToElement(new { }), []))]);

    [GeneratedRegex(@"Requests/sec:\s+(?<count>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestsASecond();
}
