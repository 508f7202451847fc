using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Imports.Sources;

/// <summary>How the files of one level are to be read.</summary>
/// <param name="Layer">The layer's or the dataset's name; <c>*</c> for all that hold polygons; null for the only one.</param>
/// <param name="Crs">The reference system that the sender names; null for the file's own.</param>
/// <param name="Encoding">The encoding of texts that the sender names; null for what the file tells.</param>
internal sealed record SourceChoice(string? Layer, SourceCrs? Crs, string? Encoding);

/// <summary>A feature and where it came from.</summary>
/// <param name="Source">The dataset's name, as the sender called it.</param>
/// <param name="Number">From 1, in the order of the source.</param>
/// <param name="Datum">What its coordinates refer to.</param>
/// <param name="Feature">The feature.</param>
internal sealed record SourceFeature(string Source, int Number, Datum Datum, GeoJsonFeature Feature)
{
    /// <summary>For messages.</summary>
    public override string ToString() => $"{Source} feature {Number}";
}

/// <summary>What was read, for the report.</summary>
internal sealed record SourceSummary(
    string Name, string Format, string? Layer, string Crs, double? CrsAccuracyMetres, string? Encoding, int Features);

/// <summary>Reads the files of an import: GeoJSON in degrees by the GeoJSON reader alone, all else through GDAL.</summary>
internal sealed class SourceReader(Gdal gdal, ImportOptions limits)
{
    /// <summary>Reads all features of the layers chosen.</summary>
    /// <param name="folder">Holds the datasets.</param>
    /// <param name="datasets">Those of one level.</param>
    /// <param name="choice">How to read them.</param>
    /// <param name="into">Features are added to it.</param>
    /// <param name="progress">Told the number of features so far.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="ProblemException">A file cannot be read, has several layers, or has no reference system.</exception>
    public async Task<List<SourceSummary>> ReadAsync(
        SourceFolder folder, IReadOnlyList<SourceDataset> datasets, SourceChoice choice, List<SourceFeature> into,
        Action<int> progress, CancellationToken cancel)
    {
        var summaries = new List<SourceSummary>();
        foreach (var origin in datasets.GroupBy(dataset => dataset.Origin))
        {
            foreach (var candidate in await ChooseAsync(folder, [.. origin], choice, cancel))
            {
                var before = into.Count;
                var summary = await ReadLayerAsync(folder, candidate, choice, into, progress, cancel);
                summaries.Add(summary with { Features = into.Count - before });
            }
        }

        return summaries;
    }

    private sealed record Candidate(SourceDataset Dataset, SourceLayer? Layer, string? Encoding, bool IsOnlyLayer)
    {
        public string Name => Layer is null || Dataset.Format == SourceFormat.Shapefile ? Dataset.Name : Layer.Name;
    }

    private async Task<List<Candidate>> ChooseAsync(
        SourceFolder folder, List<SourceDataset> datasets, SourceChoice choice, CancellationToken cancel)
    {
        var all = new List<Candidate>();
        foreach (var dataset in datasets)
        {
            if (dataset.Format == SourceFormat.GeoJson)
            {
                all.Add(new Candidate(dataset, null, null, true));
                continue;
            }

            var encoding = EncodingOf(dataset, choice.Encoding);
            var layers = await gdal.LayersAsync(dataset, folder.Path, encoding, cancel);
            all.AddRange(layers.Select(layer => new Candidate(dataset, layer, encoding, layers.Count == 1)));
        }

        if (choice.Layer is { Length: > 0 } and not "*")
        {
            var named = all.Where(c => c.Name == choice.Layer || c.Dataset.Name == choice.Layer).ToList();
            return named.Count > 0 ? named : throw Refuse("layer_unknown", $"There is no layer \"{choice.Layer}\". ", all);
        }

        var sure = all.Where(c => c.Layer is null || c.Layer.IsPolygonal).ToList();
        var chosen = sure.Count > 0 ? sure : all.Where(c => c.Layer!.MayBePolygonal).ToList();
        if (chosen.Count == 0)
            throw Refuse("no_polygons", "No layer holds polygons. ", all);
        return chosen.Count == 1 || choice.Layer == "*" ? chosen : throw Refuse("layer_ambiguous", "Several layers hold polygons: name one, or * for all. ", all);
    }

    private async Task<SourceSummary> ReadLayerAsync(
        SourceFolder folder, Candidate candidate, SourceChoice choice, List<SourceFeature> into, Action<int> progress, CancellationToken cancel)
    {
        var (dataset, layer, encoding, isOnly) = candidate;
        if (layer is null)
            return await ReadGeoJsonAsync(folder, dataset, choice, into, progress, cancel);
        var crs = choice.Crs ?? layer.Crs ?? (dataset.Format == SourceFormat.TopoJson ? SourceCrs.Parse("wgs84") : null);
        if (crs is null && layer.CrsName is null)
            throw SourceRefusals.CrsMissing(dataset);
        var accuracy = crs is null ? null : await gdal.AccuracyAsync(crs, folder.Path, cancel);
        if (layer.Name.StartsWith('-') && !isOnly)
            throw new ProblemException(Problem.Bad("layer", "layer_name", "Rename the layer: its name begins with a hyphen."));
        var (before, isBinary) = (into.Count, Gdal.IsBinary(dataset, layer));
        await AddAsync(Read(isBinary), dataset, crs?.Datum ?? Datum.Wgs84, into, progress);
        if (isBinary && into.Count - before != layer.Features)
        {
            into.RemoveRange(before, into.Count - before);
            await AddAsync(Read(isBinary: false), dataset, crs?.Datum ?? Datum.Wgs84, into, progress);
        }

        return new SourceSummary(
            dataset.Name, dataset.Format.ToString(), candidate.Name, crs?.Code ?? layer.CrsName!, accuracy, encoding, 0);

        IAsyncEnumerable<GeoJsonFeature> Read(bool isBinary) =>
            gdal.FeaturesAsync(dataset, isOnly ? null : layer.Name, isBinary, crs, encoding, folder.Path, cancel);
    }

    private async Task<SourceSummary> ReadGeoJsonAsync(
        SourceFolder folder, SourceDataset dataset, SourceChoice choice, List<SourceFeature> into, Action<int> progress, CancellationToken cancel)
    {
        var (own, features) = await TakeGeoJsonAsync(dataset, choice.Crs is { Datum: null }, cancel);
        var crs = choice.Crs ?? (own is null ? null : CrsOfMember(own)) ?? SourceCrs.Parse("wgs84")!;
        double? accuracy = 0;
        if (crs.Datum is { } datum)
        {
            foreach (var feature in features)
                Add(feature, dataset, datum, into, progress);
        }
        else
        {
            // Read strictly above; GDAL is asked for the transformation only.
            accuracy = await gdal.AccuracyAsync(crs, folder.Path, cancel);
            await AddAsync(gdal.FeaturesAsync(dataset, null, isBinary: false, crs, null, folder.Path, cancel), dataset, Datum.Wgs84, into, progress);
        }

        return new SourceSummary(dataset.Name, "GeoJson", null, crs.Code, accuracy, null, 0);
    }

    // A text of older GeoJSON may be projected, and say so after its coordinates: then it is read again, without bounds.
    private async Task<(string? Crs, List<GeoJsonFeature> Features)> TakeGeoJsonAsync(
        SourceDataset dataset, bool isProjected, CancellationToken cancel)
    {
        string? crs = null;
        var features = new List<GeoJsonFeature>();
        var options = new GeoJsonOptions { Projected = isProjected, Sequence = dataset.IsSequence };
        await using var file = File.OpenRead(dataset.Path);
        try
        {
            await foreach (var feature in GeoJsonSource.ReadAsync(file, options, limits.GdalMaxBytes, cancel, name => crs = name))
                features.Add(feature);
            return (crs, features);
        }
        catch (GeoJsonException e) when (e.Problem.Code == GeoJsonCodes.CoordinateOutOfRange && !isProjected)
        {
            var (found, again) = await TakeGeoJsonAsync(dataset, isProjected: true, cancel);
            if (found is null || CrsOfMember(found) is { Datum: not null })
                throw SourceRefusals.Of(dataset, e);
            return (found, again);
        }
        catch (GeoJsonException e)
        {
            throw SourceRefusals.Of(dataset, e);
        }
    }

    private async Task AddAsync(
        IAsyncEnumerable<GeoJsonFeature> features, SourceDataset dataset, Datum datum, List<SourceFeature> into, Action<int> progress)
    {
        try
        {
            await foreach (var feature in features)
                Add(feature, dataset, datum, into, progress);
        }
        catch (GeoJsonException e)
        {
            throw SourceRefusals.Of(dataset, e);
        }
    }

    // A drawing has outlines, not areas: a closed polyline is taken as one.
    private void Add(GeoJsonFeature feature, SourceDataset dataset, Datum datum, List<SourceFeature> into, Action<int> progress)
    {
        if (dataset.Format == SourceFormat.Dxf && feature.Geometry is LineString { IsClosed: true, NumPoints: > 3 } outline)
            feature = feature with { Geometry = outline.Factory.CreatePolygon(outline.Coordinates) };
        into.Add(new SourceFeature(dataset.Name, feature.Index + 1, datum, feature));
        if (into.Count > limits.MaxFeatures)
        {
            throw new ProblemException(Problem.Bad(
                "file", "too_many_features", $"There are more than {limits.MaxFeatures} features. Import a part at a time, inside a parent."));
        }

        progress(into.Count);
    }

    private static SourceCrs CrsOfMember(string name) => SourceCrs.Parse(name)!;

    private static string? EncodingOf(SourceDataset dataset, string? asked)
    {
        if (asked is not null)
        {
            return DbfEncoding.IsName(asked)
                ? asked.ToUpperInvariant()
                : throw new ProblemException(Problem.Bad("encoding", "encoding_unknown", "Give the encoding's name, such as GBK or UTF-8."));
        }

        if (dataset.Format != SourceFormat.Shapefile)
            return null;
        var cpg = DbfEncoding.ReadCpg(dataset.Sidecar(".cpg"));
        var dbf = dataset.Sidecar(".dbf");
        return File.Exists(dbf) ? DbfEncoding.Detect(dbf, cpg) : cpg;
    }

    private static ProblemException Refuse(string code, string why, List<Candidate> all) =>
        SourceRefusals.Layers(code, why, all.Select(c => (c.Name, c.Layer?.Geometry ?? "GeoJSON")));
}
