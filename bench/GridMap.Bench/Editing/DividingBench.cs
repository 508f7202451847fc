using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Bench.Editing;

/// <summary>
/// The demonstration's co-operatives, dissolved from its micro-grids, each divided into as many parts as its zones are, by households and of whole
/// micro-grids: how even the parts are, whether each is in one piece, and how long it takes. PICTURES=folder draws them there.
/// </summary>
internal static class DividingBench
{
    private const int Parts = 1;
    private const int Micro = 2;

    private sealed record Part(MultiPolygon Ground, double Share);

    public static Task RunAsync(BenchTable table)
    {
        var folder = Path.Combine(Root(), "data", "shapes");
        var zones = Read(Path.Combine(folder, "grids-3.geojson")).ToDictionary(zone => Text(zone, "code"), zone => Text(zone, "cooperative"));
        var micro = Read(Path.Combine(folder, "grids-4.geojson")).Where(grid => zones.GetValueOrDefault(Text(grid, "parent"), "").Length > 0).ToList();
        var wanted = zones.Values.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).OrderBy(zonesOf => zonesOf.Key, StringComparer.Ordinal)
            .Select((zonesOf, i) => (Id: (long)i + 1, Name: zonesOf.Key, Count: zonesOf.Count())).ToDictionary(cooperative => cooperative.Name, StringComparer.Ordinal);
        var state = State(micro, zones, wanted);

        var (spreads, apart, parts) = (new List<double>(), 0, new List<Part>());
        var nextId = state.Grids.Max(grid => grid.Id);
        var start = Stopwatch.GetTimestamp();
        foreach (var (id, _, count) in wanted.Values.Where(cooperative => cooperative.Count > 1))
        {
            var outcome = new DivideEdit(id, count, DivideBalance.Households, [], [], Seed: 1).Apply(
                state, new EditContext(() => ++nextId, code => state.FindByCode(code) is not null, DefectRules.Default));
            if (outcome is not EditResult { Division: { } division } result)
                throw new InvalidOperationException($"Co-operative {id} was not divided: {(outcome as EditRefusal)?.Reason}");
            state = result.State;
            spreads.Add(division.Spread);
            parts.AddRange(division.Parts.Select(part => new Part(state.Find(part.Grid)!.Polygon, part.Weight * count / division.Parts.Sum(other => other.Weight))));
            apart += division.Parts.Count(part => state.Find(part.Grid)!.Polygon.NumGeometries > 1);
        }

        var took = Stopwatch.GetElapsedTime(start);
        spreads.Sort();
        var all = state.Grids.Count(grid => grid.Level == Parts);
        table.Add(
            $"{wanted.Count} co-operatives divided into {all} by households, of whole micro-grids: time", "", BenchTable.Nanoseconds(took.TotalNanoseconds),
            $"{spreads.Count} divisions of {micro.Count:N0} micro-grids", null);
        table.Add(
            "the same: spread (largest over mean, less 1): median, worst", "", string.Create(CultureInfo.InvariantCulture, $"{spreads[spreads.Count / 2]:P1}, {spreads[^1]:P1}"),
            $"{apart} of {all} parts in more than one piece", null);
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } pictures)
            File.WriteAllText(Path.Combine(pictures, "division.svg"), Picture(state, parts));
        return Task.CompletedTask;
    }

    private static PlanState State(List<GeoJsonFeature> micro, Dictionary<string, string> zones, Dictionary<string, (long Id, string Name, int Count)> wanted)
    {
        var inputs = wanted.Values.Select(cooperative => new CoverageInput(cooperative.Id, cooperative.Name, Parts, null, null)).ToList();
        var households = new Dictionary<long, int>();
        foreach (var grid in micro)
        {
            var id = inputs.Count + 1L;
            households[id] = int.Parse(Text(grid, "households"), CultureInfo.InvariantCulture);
            inputs.Add(new CoverageInput(id, Text(grid, "code"), Micro, wanted[zones[Text(grid, "parent")]].Id, grid.Geometry));
        }

        var coverage = CoverageBuilder.Build(inputs, CoverageOptions.Exact).Coverage;
        return PlanState.Of(coverage.ToShapes().Select(shape => new PlannedGrid(
            shape.Id, shape.Code, shape.Code, shape.Level, "village", shape.ParentId, shape.Polygon,
            households.TryGetValue(shape.Id, out var count) ? $"{{\"households\":{count}}}" : "{}")));
    }

    /// <summary>Parts by how far they are from the mean of theirs: pale is even.</summary>
    private static string Picture(PlanState state, List<Part> parts)
    {
        const double Scale = 100_000;
        var envelope = state.Grids.Aggregate(new Envelope(), (box, grid) =>
        {
            box.ExpandToInclude(grid.Polygon.EnvelopeInternal);
            return box;
        });
        var flat = Math.Cos(envelope.Centre.Y * Math.PI / 180);
        string Path(Geometry ground) => string.Concat(Enumerable.Range(0, ground.NumGeometries).SelectMany(i => ((Polygon)ground.GetGeometryN(i)).InteriorRings.Prepend(((Polygon)ground.GetGeometryN(i)).ExteriorRing))
            .Select(ring => "M" + string.Join('L', ring.Coordinates.Select(at => string.Create(CultureInfo.InvariantCulture, $"{(at.X - envelope.MinX) * flat * Scale:0},{(envelope.MaxY - at.Y) * Scale:0}"))) + "Z"));
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {envelope.Width * flat * Scale:0} {envelope.Height * Scale:0}\"><rect width=\"100%\" height=\"100%\" fill=\"#f6f4ef\"/>"));
        foreach (var part in parts)
        {
            var away = Math.Min(1, Math.Abs(part.Share - 1) * 4);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{Path(part.Ground)}\" fill=\"{(part.Share > 1 ? "#b3261e" : "#1f5fa8")}\" fill-opacity=\"{0.08 + 0.7 * away:0.00}\" fill-rule=\"evenodd\"/>");
        }

        foreach (var (level, width, colour) in new[] { (Micro, 3, "#c9c5bc"), (Parts, 12, "#3a3f45") })
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{string.Concat(state.Grids.Where(grid => grid.Level == level).Select(grid => Path(grid.Polygon)))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>");
        return svg.Append("</svg>").ToString();
    }

    private static List<GeoJsonFeature> Read(string path) => GeoJsonReader.ReadAll(File.ReadAllBytes(path));

    private static string Text(GeoJsonFeature feature, string name) =>
        feature.Properties.TryGetProperty(name, out var value) ? value.ValueKind switch { JsonValueKind.String => value.GetString()!, JsonValueKind.Null => "", _ => value.GetRawText() } : "";

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "GridMap.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }
}
