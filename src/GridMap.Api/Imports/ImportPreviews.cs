using System.Text.Json;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Drafting;
using GridMap.Api.Imports.Sources;
using GridMap.Api.Plans.Edits;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace GridMap.Api.Imports;

/// <summary>What files hold, before they are imported. Nothing is stored.</summary>
/// <param name="Sources">The layers that were read, with the reference system and the encoding that were found.</param>
/// <param name="Levels">By level, outermost first.</param>
/// <param name="Bbox">West, south, east, north of all polygons, degrees on WGS84; null when there are none.</param>
/// <param name="Outlines">GeoJSON: the first polygons, simplified for looking at.</param>
public sealed record ImportPreview(IReadOnlyList<ReportedSource> Sources, IReadOnlyList<PreviewedLevel> Levels, IReadOnlyList<double>? Bbox, JsonElement? Outlines);

/// <summary>The features of a level.</summary>
/// <param name="Level">1 is outermost.</param>
/// <param name="Features">How many there are.</param>
/// <param name="Polygons">How many of them can become grids.</param>
/// <param name="Fields">Their fields.</param>
/// <param name="Chosen">Which of them an import takes as they are named or guessed; its code is null when none was recognised.</param>
public sealed record PreviewedLevel(int Level, int Features, int Polygons, IReadOnlyList<PreviewedField> Fields, ReportedFields Chosen);

/// <summary>A field.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">The first values that differ.</param>
/// <param name="Distinct">How many values there are.</param>
/// <param name="Empty">How many features have none.</param>
public sealed record PreviewedField(string Name, IReadOnlyList<string> Samples, int Distinct, int Empty);

/// <summary>Looks into files as an import would read them: layers, fields with examples, outlines. One at a time; thread safe.</summary>
internal sealed class ImportPreviews(SourceReader reader, DataFolder data, ImportOptions limits) : IDisposable
{
    private const int MostOutlines = 3000;
    private const int MostSamples = 4;
    private const int LongestSample = 40;
    private const double OutlineSteps = 1500;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Reads the files.</summary>
    /// <exception cref="ProblemException">As with an import: a file cannot be read, holds several layers, tells no reference system, lies off the map.</exception>
    public async Task<ImportPreview> LookAsync(ImportRequest request, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            Directory.CreateDirectory(data.Sub("imports"));
            using var folder = new SourceFolder(data.Sub("imports"), limits);
            var reading = new LevelReading(request, folder, reader);
            var sources = await reading.ReadAsync(_ => { }, cancel);
            return await Task.Run(() => Of(request, reading.Features, [.. sources.Select(ReportedSource.Of)]), cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private static ImportPreview Of(ImportRequest request, Dictionary<int, List<SourceFeature>> features, IReadOnlyList<ReportedSource> sources)
    {
        var levels = new List<PreviewedLevel>();
        var shapes = new List<Geometry>();
        foreach (var level in request.Levels)
        {
            var own = features[level.Level];
            var polygons = own.ConvertAll(PolygonsOf).OfType<Geometry>().ToList();
            levels.Add(new PreviewedLevel(
                level.Level, own.Count, polygons.Count, [.. SourceFields.Present(own).Select(name => FieldOf(name, own))], ReportedFields.Of(Choose(level, own))));
            shapes.AddRange(polygons);
        }

        var box = new Envelope();
        foreach (var shape in shapes)
            box.ExpandToInclude(shape.EnvelopeInternal);
        return box.IsNull
            ? new ImportPreview(sources, levels, null, null)
            : new ImportPreview(sources, levels, [box.MinX, box.MinY, box.MaxX, box.MaxY], Outlines(shapes, box));
    }

    private static Geometry? PolygonsOf(SourceFeature feature)
    {
        var taken = SourcePolygons.Of(feature);
        return taken.Refusal == Core.Coordinates.EntryRefusal.None ? taken.Polygons : throw SourcePolygons.Refuse(feature, taken);
    }

    // The field of codes is what a preview is for: that none was recognised is an answer, not a refusal.
    private static SourceFields Choose(ImportLevel level, List<SourceFeature> features)
    {
        try
        {
            return SourceFields.Choose(level, features, makesCodes: false);
        }
        catch (ProblemException e) when (e.Problem.Code == SourceFields.NoCodeField)
        {
            return SourceFields.Choose(level, features, makesCodes: true);
        }
    }

    private static PreviewedField FieldOf(string name, List<SourceFeature> features)
    {
        var values = features.Select(feature => Drafter.Text(feature, name)).ToList();
        var distinct = values.OfType<string>().Distinct().ToList();
        return new PreviewedField(name, [.. distinct.Take(MostSamples).Select(text => text[..Math.Min(text.Length, LongestSample)])], distinct.Count, values.Count(text => text is null));
    }

    private static JsonElement Outlines(List<Geometry> shapes, Envelope box)
    {
        var step = Math.Max(box.Width, box.Height) / OutlineSteps;
        var parts = shapes.Take(MostOutlines).Select(shape => DouglasPeuckerSimplifier.Simplify(shape, step)).SelectMany(Polygons).ToArray();
        return EditAnswers.ToGeoJson(shapes[0].Factory.CreateMultiPolygon(parts));
    }

    private static IEnumerable<Polygon> Polygons(Geometry shape) =>
        Enumerable.Range(0, shape.NumGeometries).Select(shape.GetGeometryN).OfType<Polygon>().Where(polygon => !polygon.IsEmpty);
}
