using System.Text.Json;
using GridMap.Api.Callers;
using GridMap.Api.Generations;
using GridMap.Api.Plans;
using GridMap.Core.Coordinates;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Demonstration;

/// <summary>Publishes the township's grids as the first generation, by the way that every plan goes.</summary>
internal sealed class DemonstrationGrids(PlanStore plans, Publication publication)
{
    private static readonly string[] Facts = ["code", "name", "parent", "kind"];

    /// <summary>Publishes, and answers the grids' identities by code.</summary>
    public async Task<Dictionary<string, long>> LoadAsync(DemonstrationFiles files, CancellationToken cancel)
    {
        var features = Enumerable.Range(1, 4).SelectMany(level => Read(files, level)).ToList();
        var reserved = await plans.ReserveIdsAsync(features.Count, cancel);
        var ids = features.Zip(reserved).ToDictionary(pair => Text(pair.First.Feature, "code"), pair => pair.Second);
        var grids = features.Select(one => Grid(one.Level, one.Feature, ids)).ToList();
        var draft = new PlanDraft(
            "演示数据 / Demonstration", BaseGeneration: null, "import", """{"files":"data/shapes"}""",
            JsonSerializer.Serialize(new { features = features.Count }), grids, []);
        var plan = await plans.CreateAsync(Caller.Program, draft, cancel);
        await publication.PublishAsync(plan, expectedVersion: null, Caller.Program, "演示数据", isVacant: false, cancel);
        return ids;
    }

    private static IEnumerable<(int Level, GeoJsonFeature Feature)> Read(DemonstrationFiles files, int level) =>
        GeoJsonReader.ReadAll(File.ReadAllBytes(files.PathOf($"grids-{level}.geojson"))).Select(feature => (level, feature));

    private static PlanGrid Grid(int level, GeoJsonFeature feature, Dictionary<string, long> ids)
    {
        var polygon = feature.Geometry switch
        {
            MultiPolygon parts => parts,
            Polygon single => single.Factory.CreateMultiPolygon([single]),
            _ => throw new InvalidDataException($"The demonstration's grid {Text(feature, "code")} has no polygon."),
        };
        var entered = LatticeGeometry.Enter(polygon, Datum.Cgcs2000);
        var shape = entered.Geometry ?? throw new InvalidDataException($"The demonstration's grid {Text(feature, "code")}: {entered.Refusal.Message()}");
        var attributes = feature.Properties.EnumerateObject().Where(property => !Facts.Contains(property.Name))
            .ToDictionary(property => property.Name, property => property.Value);
        return new PlanGrid(
            ids[Text(feature, "code")], Removed: false, Text(feature, "code"), Text(feature, "name"), level, Text(feature, "kind"),
            level == 1 ? null : ids[Text(feature, "parent")], shape, EllipsoidalArea.SquareMetres(shape), JsonSerializer.Serialize(attributes));
    }

    private static string Text(GeoJsonFeature feature, string name) => feature.Properties.GetProperty(name).GetString()!;
}
