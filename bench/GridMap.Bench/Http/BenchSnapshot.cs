using System.Text.Json;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Lookup;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Core.Grids;
using Microsoft.Extensions.Options;

namespace GridMap.Bench.Http;

/// <summary>What the service would serve of a territory, without a database.</summary>
internal static class BenchSnapshot
{
    private static readonly JsonElement NoAttributes = JsonDocument.Parse("{}").RootElement;

    public static SnapshotTexts Of(IReadOnlyList<GridShape> grids)
    {
        var facts = grids.Select(grid => new GridFacts(grid, $"网格 {grid.Code}", "community", 0, grid.Polygon.GetGeometryN(0).Coordinate!, NoAttributes, [])).ToArray();
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        JsonBody.Configure(json);
        return new SnapshotTexts(
            new Snapshot(new GenerationFacts(1, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow), 1, facts),
            new PublicNames(Options.Create(new GridMapOptions { Levels = GridMapOptions.DefaultLevels })), json);
    }
}
