using System.Text.Json;

namespace GridMap.Api.Imports.Sources;

/// <summary>A format that an import reads.</summary>
internal enum SourceFormat
{
    Unknown,
    Shapefile,
    GeoPackage,
    GeoJson,
    TopoJson,
    Kml,
    Dxf,
    Zip,

    /// <summary>A sheet; not of grids.</summary>
    Xlsx,

    /// <summary>A sheet; not of grids.</summary>
    Csv,
}

/// <summary>What a file is, by its first bytes; by its name only where these leave it open.</summary>
internal static class SourceFormats
{
    /// <summary>For messages.</summary>
    public const string Accepted = "Shapefile (as a zip, or .shp with .dbf and .prj), GeoPackage, GeoJSON, TopoJSON, KML, KMZ, DXF";

    private const int SniffedBytes = 64 << 10;

    /// <summary>GDAL's name of the driver that reads the format; null for what GDAL does not read here.</summary>
    public static string? Driver(this SourceFormat format) => format switch
    {
        SourceFormat.Shapefile => "ESRI Shapefile",
        SourceFormat.GeoPackage => "GPKG",
        SourceFormat.GeoJson => "GeoJSON",
        SourceFormat.TopoJson => "TopoJSON",
        SourceFormat.Kml => "LIBKML",
        SourceFormat.Dxf => "DXF",
        SourceFormat.Xlsx => "XLSX",
        SourceFormat.Csv => Gdal.CsvDriver,
        _ => null,
    };

    /// <summary>The ending that the file is given in the private folder.</summary>
    public static string Extension(this SourceFormat format) => format switch
    {
        SourceFormat.Shapefile => ".shp",
        SourceFormat.GeoPackage => ".gpkg",
        SourceFormat.GeoJson => ".geojson",
        SourceFormat.TopoJson => ".topojson",
        SourceFormat.Kml => ".kml",
        SourceFormat.Dxf => ".dxf",
        _ => ".bin",
    };

    /// <summary>Looks at the start of a file.</summary>
    public static SourceFormat Of(string path, string name)
    {
        using var file = File.OpenRead(path);
        var start = new byte[SniffedBytes];
        return Of(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)), name);
    }

    /// <summary>Looks at the start of a file.</summary>
    public static SourceFormat Of(ReadOnlySpan<byte> start, string name)
    {
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return SourceFormat.Zip;
        if (start.StartsWith("SQLite format 3\0"u8))
            return SourceFormat.GeoPackage;
        if (start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0x27, 0x0A]))
            return SourceFormat.Shapefile;
        if (start.StartsWith("AutoCAD Binary DXF"u8))
            return SourceFormat.Dxf;
        var ending = Path.GetExtension(name).ToLowerInvariant();
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n\u001e"u8);
        if (text.StartsWith("{"u8) || text.StartsWith("["u8))
            return IsTopology(text, ending) ? SourceFormat.TopoJson : SourceFormat.GeoJson;
        if (text.StartsWith("<"u8))
            return text.IndexOf("<kml"u8) >= 0 || ending == ".kml" ? SourceFormat.Kml : SourceFormat.Unknown;
        if (ending == ".dxf" && text.IndexOf("SECTION"u8) >= 0)
            return SourceFormat.Dxf;
        // Whatever else calls itself JSON is left to the JSON reader, which says what is wrong with it.
        return ending is ".geojson" or ".json" or ".geojsonl" or ".geojsons" or ".ndjson" ? SourceFormat.GeoJson : SourceFormat.Unknown;
    }

    // The type of the outermost object, or, when that lies beyond what was looked at, a member that only TopoJSON has.
    private static bool IsTopology(ReadOnlySpan<byte> text, string ending)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (reader.ValueTextEquals("arcs"u8) || reader.ValueTextEquals("objects"u8))
                    return true;
                if (reader.ValueTextEquals("type"u8) && reader.Read())
                    return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Topology"u8);
            }
        }
        catch (JsonException)
        {
            // Broken JSON: its reader says where.
        }

        return ending == ".topojson";
    }
}
