using GridMap.Api.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Exports;

/// <summary>The options of an export as they were written.</summary>
/// <param name="Format">gpkg, shp, dxf, geojson (the default), kml or xlsx.</param>
/// <param name="Level">One level; all by default.</param>
/// <param name="Crs">cgcs2000 (the default), wgs84 or an EPSG code.</param>
/// <param name="Zone">A CGCS2000 Gauss-Kruger zone instead: auto, or 25 to 45.</param>
/// <param name="Encoding">Of a Shapefile's texts: utf-8 (the default) or gbk.</param>
/// <param name="People">Whether who answers for each grid goes with it.</param>
internal sealed record ExportOptions(
    [property: FromQuery(Name = "format")] string? Format = null,
    [property: FromQuery(Name = "level")] int? Level = null,
    [property: FromQuery(Name = "crs")] string? Crs = null,
    [property: FromQuery(Name = "zone")] string? Zone = null,
    [property: FromQuery(Name = "encoding")] string? Encoding = null,
    [property: FromQuery(Name = "people")] bool? People = null);

/// <summary>Which state of the grids: a plan's, or a generation's, or the present one when neither is named.</summary>
internal readonly record struct ExportSource(int? Generation = null, long? Plan = null);

/// <summary>What is exported and how, checked. Immutable.</summary>
/// <param name="Source">Which state of the grids.</param>
/// <param name="Format">The format.</param>
/// <param name="Level">Null: all levels.</param>
/// <param name="Crs">The reference system.</param>
/// <param name="Encoding">Of a Shapefile's texts: UTF-8 or GBK.</param>
/// <param name="People">Whether who answers for each grid goes with it.</param>
internal sealed record ExportRequest(ExportSource Source, ExportFormat Format, int? Level, ExportCrs Crs, string Encoding, bool People)
{
    /// <summary>The default encoding.</summary>
    public const string Utf8 = "UTF-8";

    /// <summary>The other one.</summary>
    public const string Gbk = "GBK";

    /// <summary>Reads the options.</summary>
    /// <exception cref="ProblemException">One has no meaning, or does not go with the format.</exception>
    public static ExportRequest Of(ExportSource source, ExportOptions options)
    {
        var format = ExportFormats.Of(options.Format ?? "geojson")
            ?? throw new ProblemException(Problem.Bad("format", "bad_format", $"format is {ExportFormats.Accepted}."));
        var encoding = (options.Encoding ?? Utf8).ToUpperInvariant();
        if (encoding is not (Utf8 or Gbk))
            throw new ProblemException(Problem.Bad("encoding", "encoding_unknown", "encoding is utf-8 or gbk."));
        if (encoding == Gbk && format != ExportFormat.Shp)
            throw new ProblemException(Problem.Bad("encoding", "encoding_of_format", "gbk is for format=shp: the other formats say themselves how their texts are written. Leave encoding out."));
        return new ExportRequest(source, format, options.Level, ExportCrs.Of(format, options.Crs, options.Zone), encoding, options.People ?? false);
    }
}
