using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Exports;

/// <summary>A format that grids leave in.</summary>
public enum ExportFormat
{
    /// <summary>GeoPackage: a layer a level.</summary>
    Gpkg,

    /// <summary>Shapefiles in a zip, one a level.</summary>
    Shp,

    /// <summary>One FeatureCollection of all levels.</summary>
    GeoJson,
}

/// <summary>What is exported and how, checked. Immutable.</summary>
/// <param name="Format">The format.</param>
/// <param name="Level">Null: all levels.</param>
/// <param name="Crs">An authority's code, such as <c>EPSG:4547</c>.</param>
/// <param name="Generation">Null: the present one.</param>
/// <param name="Encoding">Of a Shapefile's texts: UTF-8 or GBK.</param>
internal sealed record ExportRequest(ExportFormat Format, int? Level, string Crs, int? Generation, string Encoding)
{
    /// <summary>The system that grids are stored in.</summary>
    public const string StoredCrs = "EPSG:4490";

    private const string Utf8 = "UTF-8";

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ProblemException">One has no meaning.</exception>
    public static ExportRequest Of(string? format, int? level, string? crs, int? generation, string? encoding)
    {
        if (!Enum.TryParse<ExportFormat>(format ?? "geojson", ignoreCase: true, out var known) || !Enum.IsDefined(known) || char.IsDigit(format?[0] ?? 'g'))
            throw new ProblemException(Problem.Bad("format", "bad_format", "format is gpkg, shp or geojson."));
        var texts = (encoding ?? Utf8).ToUpperInvariant();
        return texts is Utf8 or "GBK"
            ? new ExportRequest(known, level, CodeOf(crs), generation, texts)
            : throw new ProblemException(Problem.Bad("encoding", "encoding_unknown", "encoding is UTF-8 or GBK."));
    }

    /// <summary>The format that a file's ending stands for; null for others.</summary>
    public static string? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".gpkg" => "gpkg",
        ".zip" => "shp",
        ".geojson" or ".json" => "geojson",
        _ => null,
    };

    // A file says which system it is in, and the shifted ones have no name that it could say.
    private static string CodeOf(string? crs) => SourceCrs.Parse(crs) switch
    {
        null or { Datum: Datum.Cgcs2000 } => StoredCrs,
        { Datum: Datum.Gcj02 or Datum.Bd09 } => throw new ProblemException(Problem.Bad(
            "crs", "crs_unknown", "GCJ-02 and BD-09 have no name that a file could carry. Export in CGCS2000 and convert where it is shown.")),
        { Code: "wgs84" } => "EPSG:4326",
        var named => named.Code,
    };
}
