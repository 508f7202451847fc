using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GridMap.Api.Hosting;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Imports.Sources;

/// <summary>What an import asks of GDAL: which layers a dataset has, their features as GeoJSON, how exact a transformation is.</summary>
internal sealed partial class Gdal(ImportOptions limits, ILogger<Gdal> log)
{
    private const int SummaryBytes = 4 << 20;
    private const int TableBytes = 64 << 20;
    private const string Output = "GeoJSONSeq";
    private const string Binary = "FlatGeobuf";

    /// <summary>GDAL's name of comma-separated text.</summary>
    public const string CsvDriver = "CSV";

    private static readonly Dictionary<string, string> NoSettings = [];

    private string[]? drivers;

    /// <summary>The layers of a dataset.</summary>
    /// <exception cref="ProblemException">GDAL cannot open it.</exception>
    public async Task<List<SourceLayer>> LayersAsync(SourceDataset dataset, string folder, string? encoding, CancellationToken cancel)
    {
        List<string> arguments = ["-ro", "-so", "-al", "-nomd", "-noextent"];
        if (!HasBinary(dataset))
            arguments.Add("-nocount"); // These formats would be read from end to end for it.
        AddOpenOptions(arguments, dataset, encoding);
        arguments.Add(dataset.Path);
        var outcome = await GdalProcess.RunAsync(
            "ogrinfo", arguments, await SettingsAsync(dataset, Output, encoding, folder, cancel), folder, limits, SummaryBytes, cancel);
        var layers = SourceLayer.Parse(outcome.Output);
        if (outcome.ExitCode == 0 && layers.Count > 0)
            return layers;
        Unreadable(log, dataset.Name, outcome.ExitCode, outcome.Errors);
        throw Refuse(dataset);
    }

    /// <summary>
    /// Whether a layer's features can come as FlatGeobuf: every geometry is a polygon and every field a plain one, so coordinates need not become
    /// decimal digits and back. GDAL leaves out features without a geometry there: whoever gets fewer than the layer has reads it again as text.
    /// </summary>
    public static bool IsBinary(SourceDataset dataset, SourceLayer layer) => HasBinary(dataset) && layer is { IsPlain: true, Features: not null };

    /// <summary>The features of a layer in degrees: transformed to WGS84, or as they stand when <paramref name="crs"/> is a datum.</summary>
    /// <exception cref="ProblemException">GDAL cannot read or transform it, or it is too much.</exception>
    /// <exception cref="GeoJsonException">GDAL wrote what is no GeoJSON, as from coordinates that are not finite.</exception>
    public async IAsyncEnumerable<GeoJsonFeature> FeaturesAsync(
        SourceDataset dataset, string? layer, bool isBinary, SourceCrs? crs, string? encoding, string folder,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var output = isBinary ? Binary : Output;
        List<string> arguments = isBinary
            ? ["-f", Binary, "-lco", "SPATIAL_INDEX=NO", "-nlt", "GEOMETRY", "-dim", "XY"]
            : ["-f", Output, "-lco", "COORDINATE_PRECISION=15", "-lco", "RS=NO", "-dim", "XY", "-nlt", "CONVERT_TO_LINEAR"];
        if (crs is { Datum: not null })
            arguments.AddRange(["-a_srs", "EPSG:4326"]);
        else
            arguments.AddRange(crs is null ? ["-t_srs", "EPSG:4326"] : ["-s_srs", crs.Code, "-t_srs", "EPSG:4326"]);
        AddOpenOptions(arguments, dataset, encoding);
        // FlatGeobuf's driver takes a name without its ending for a folder.
        arguments.AddRange([isBinary ? "/vsistdout/features.fgb" : "/vsistdout/", dataset.Path]);
        if (layer is not null)
            arguments.Add(layer);

        var settings = await SettingsAsync(dataset, output, encoding, folder, cancel);
        await using var process = GdalProcess.Start("ogr2ogr", arguments, settings, folder, limits, cancel);
        var features = isBinary
            ? FlatGeobufSource.ReadAsync(process.Output, limits.GdalMaxBytes, cancel)
            : GeoJsonSource.ReadAsync(process.Output, GeoJsonOptions.FromGdal, limits.GdalMaxBytes, cancel);
        await foreach (var feature in features)
            yield return feature;
        var (exitCode, errors) = await process.EndAsync();
        if (exitCode == 0)
            yield break;
        Unreadable(log, dataset.Name, exitCode, errors);
        throw Refuse(dataset);
    }

    /// <summary>Writes a file from a GeoJSON file of ours.</summary>
    /// <param name="driver">GDAL's name of the format.</param>
    /// <param name="arguments">Of ogr2ogr; nothing that a caller wrote, but for a reference system that is known.</param>
    /// <param name="folder">Working folder.</param>
    /// <param name="cancel">Kills GDAL.</param>
    /// <param name="source">The format of what is read: ours.</param>
    /// <exception cref="ProblemException">It could not be written: the coordinates lie outside what the reference system covers.</exception>
    public async Task WriteAsync(
        string driver, IEnumerable<string> arguments, string folder, CancellationToken cancel, SourceFormat source = SourceFormat.GeoJson)
    {
        var settings = await SkippingAsync(folder, cancel, driver, source.Driver()!);
        var outcome = await GdalProcess.RunAsync("ogr2ogr", ["-f", driver, .. arguments], settings, folder, limits, SummaryBytes, cancel);
        if (outcome.ExitCode == 0)
            return;
        Unwritable(log, driver, outcome.ExitCode, outcome.Errors);
        throw new ProblemException(Problem.Bad("crs", "crs_unusable", "The grids cannot be written in that reference system: give one as crs that covers them, such as cgcs2000 (EPSG:4490), or zone=auto."));
    }

    /// <summary>The first sheet of a workbook, or a CSV file, as CSV: headings first, every cell as the text that is in the file.</summary>
    /// <exception cref="ProblemException">GDAL cannot read it, or it is too much.</exception>
    public async Task<string> TableAsync(SourceDataset dataset, string folder, CancellationToken cancel)
    {
        var settings = await SkippingAsync(folder, cancel, CsvDriver, dataset.Format.Driver()!);
        settings["OGR_XLSX_HEADERS"] = "FORCE";
        settings["OGR_XLSX_FIELD_TYPES"] = "STRING";
        var sheets = SourceLayer.Parse((await GdalProcess.RunAsync(
            "ogrinfo", ["-ro", "-so", "-al", "-nomd", dataset.Path], settings, folder, limits, SummaryBytes, cancel)).Output);
        if (sheets.Count > 0)
        {
            string[] open = dataset.Format == SourceFormat.Csv ? ["-oo", "AUTODETECT_TYPE=NO", "-oo", "HEADERS=YES"] : [];
            var outcome = await GdalProcess.RunAsync(
                "ogr2ogr", ["-f", CsvDriver, "-lco", "GEOMETRY=NONE", .. open, "/vsistdout/", dataset.Path, sheets[0].Name], settings, folder, limits,
                TableBytes, cancel);
            if (outcome.ExitCode == 0 && outcome.Output.Length < TableBytes)
                return outcome.Output;
            Unreadable(log, dataset.Name, outcome.ExitCode, outcome.Errors);
        }

        throw new ProblemException(Problem.Bad(
            "file", "source_unreadable", "That is no sheet that can be read: send an .xlsx workbook, or CSV in UTF-8 or GBK. Nothing was stored."));
    }

    /// <summary>How exactly a system can be transformed to CGCS2000 or WGS84 with what is installed, in metres; null when that is unknown.</summary>
    /// <exception cref="ProblemException">PROJ does not know the code, or no way from it to longitude and latitude.</exception>
    public async Task<double?> AccuracyAsync(SourceCrs crs, string folder, CancellationToken cancel)
    {
        if (crs.Datum is not null)
            return 0;
        double? best = null;
        foreach (var target in (string[])["EPSG:4490", "EPSG:4326"])
        {
            var outcome = await GdalProcess.RunAsync(
                "projinfo", ["-s", crs.Code, "-t", target, "--spatial-test", "intersects", "--summary"], NoSettings, folder, limits,
                SummaryBytes, cancel);
            if (outcome.ExitCode != 0)
                throw SourceCrs.Unknown(crs.Code);
            foreach (Match match in Accuracy().Matches(outcome.Output))
                best = Math.Min(best ?? double.MaxValue, double.Parse(match.Groups["metres"].Value, CultureInfo.InvariantCulture));
        }

        return best;
    }

    private static bool HasBinary(SourceDataset dataset) => dataset.Format is SourceFormat.Shapefile or SourceFormat.GeoPackage;

    private static void AddOpenOptions(List<string> arguments, SourceDataset dataset, string? encoding)
    {
        if (dataset.Format == SourceFormat.Shapefile && encoding is not null)
            arguments.AddRange(["-oo", $"ENCODING={encoding}"]);
    }

    private async Task<Dictionary<string, string>> SettingsAsync(SourceDataset dataset, string output, string? encoding, string folder, CancellationToken cancel)
    {
        var settings = await SkippingAsync(folder, cancel, output, dataset.Format.Driver()!);
        settings["SHAPE_RESTORE_SHX"] = "YES";
        settings["LIBKML_RESOLVE_STYLE"] = "NO";
        if (dataset.Format == SourceFormat.Dxf && encoding is not null)
            settings["DXF_ENCODING"] = encoding;
        return settings;
    }

    /// <summary>All drivers but these are taken away.</summary>
    private async Task<Dictionary<string, string>> SkippingAsync(string folder, CancellationToken cancel, params string[] wanted)
    {
        drivers ??= await DriversAsync(folder, cancel);
        return new Dictionary<string, string>
        {
            ["OGR_SKIP"] = string.Join(',', drivers.Where(driver => !wanted.Contains(driver))),
            ["OGR_GEOJSON_MAX_OBJ_SIZE"] = "200",
        };
    }

    private async Task<string[]> DriversAsync(string folder, CancellationToken cancel)
    {
        var outcome = await GdalProcess.RunAsync("ogrinfo", ["--formats"], NoSettings, folder, limits, SummaryBytes, cancel);
        return [.. Driver().Matches(outcome.Output).Select(match => match.Groups["name"].Value)];
    }

    private static ProblemException Refuse(SourceDataset dataset) => new(Problem.Bad(
        "file", "source_unreadable",
        $"{dataset.Name} cannot be read to its end as {dataset.Format}: it is damaged, or its coordinates cannot be transformed. " +
        "Nothing was stored. Open it in a desktop GIS, save it again and send that; the service's log has GDAL's words."));

    [GeneratedRegex(@"^ {2}(?<name>.+?) -[a-z, ]+- \(", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Driver();

    [GeneratedRegex(@"(?<metres>[0-9.]+) m,", RegexOptions.CultureInvariant)]
    private static partial Regex Accuracy();

    [LoggerMessage(3002, LogLevel.Warning, "GDAL could not write {Driver} (exit code {ExitCode}): {Errors}")]
    private static partial void Unwritable(ILogger log, string driver, int exitCode, string errors);

    [LoggerMessage(3001, LogLevel.Warning, "GDAL could not read {Dataset} (exit code {ExitCode}): {Errors}")]
    private static partial void Unreadable(ILogger log, string dataset, int exitCode, string errors);
}
