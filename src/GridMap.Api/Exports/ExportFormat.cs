namespace GridMap.Api.Exports;

/// <summary>A format that grids leave in.</summary>
public enum ExportFormat
{
    /// <summary>GeoPackage: a layer a level.</summary>
    Gpkg,

    /// <summary>Shapefiles in a zip, one a level.</summary>
    Shp,

    /// <summary>Drawing: outlines and names, a layer a level.</summary>
    Dxf,

    /// <summary>One FeatureCollection of all levels.</summary>
    GeoJson,

    /// <summary>A folder a level; always WGS84.</summary>
    Kml,

    /// <summary>The attributes alone, as a sheet.</summary>
    Xlsx,
}

/// <summary>What is known of each format besides how it is written.</summary>
internal static class ExportFormats
{
    /// <summary>The words of the option, for messages.</summary>
    public const string Accepted = "gpkg, shp, dxf, geojson, kml or xlsx";

    /// <summary>The media type of a file.</summary>
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Gpkg => "application/geopackage+sqlite3",
        ExportFormat.Shp => "application/zip",
        ExportFormat.Dxf => "image/vnd.dxf",
        ExportFormat.Kml => "application/vnd.google-earth.kml+xml",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => Core.GeoJson.GeoJsonWriter.MediaType,
    };

    /// <summary>The format that a word means, in any case of letters; null for none.</summary>
    public static ExportFormat? Of(string word) =>
        Enum.TryParse<ExportFormat>(word, ignoreCase: true, out var known) && Enum.IsDefined(known) && char.IsLetter(word[0]) ? known : null;

    /// <summary>The word that a file's ending stands for; null for others.</summary>
    public static string? WordOfFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".gpkg" => "gpkg",
        ".zip" => "shp",
        ".dxf" => "dxf",
        ".geojson" or ".json" => "geojson",
        ".kml" => "kml",
        ".xlsx" => "xlsx",
        _ => null,
    };
}
