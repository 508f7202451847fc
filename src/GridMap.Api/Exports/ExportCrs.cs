using System.Globalization;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Exports;

/// <summary>The reference system that a file is to be in. Immutable.</summary>
/// <param name="Code">An authority's code, such as <c>EPSG:4526</c>; null: the Gauss-Kruger zone in whose middle the grids lie.</param>
internal sealed record ExportCrs(string? Code)
{
    /// <summary>The system that grids are stored in.</summary>
    public const string Stored = "EPSG:4490";

    /// <summary>For messages.</summary>
    public const string Accepted =
        "cgcs2000 (EPSG:4490), wgs84 (EPSG:4326), a CGCS2000 3-degree Gauss-Kruger zone (EPSG:4513 to EPSG:4554) or another EPSG code";

    private const string Wgs84 = "EPSG:4326";
    private const string ZonesAccepted = "auto, or the number of a CGCS2000 3-degree Gauss-Kruger zone, 25 to 45 (a third of its central meridian)";

    /// <summary>Reads the options <c>crs</c> and <c>zone</c>. A drawing is in metres unless somebody asks for degrees; KML knows WGS84 only.</summary>
    /// <exception cref="ProblemException">One has no meaning, or the format cannot have it.</exception>
    public static ExportCrs Of(ExportFormat format, string? crs, string? zone)
    {
        var named = string.IsNullOrWhiteSpace(crs) ? null : CodeOf(crs);
        if (format == ExportFormat.Xlsx && (named ?? zone) is not null)
            throw Refuse(named is null ? "zone" : "crs", "crs_of_sheet", "xlsx holds attributes and no borders: leave crs and zone out.");
        if (format == ExportFormat.Kml)
        {
            return zone is null && named is null or Wgs84
                ? new ExportCrs(Wgs84)
                : throw Refuse(named is null or Wgs84 ? "zone" : "crs", "crs_of_kml", "KML is always in wgs84: leave crs and zone out, or choose another format.");
        }

        if (zone is null)
            return format == ExportFormat.Dxf && named is null ? new ExportCrs((string?)null) : new ExportCrs(named ?? Stored);
        if (named is not (null or Stored))
            throw Refuse("zone", "crs_and_zone", $"zone is of CGCS2000 and says all: leave crs out, or zone. zone is {ZonesAccepted}.");
        return zone.Equals("auto", StringComparison.OrdinalIgnoreCase) ? new ExportCrs((string?)null) : new ExportCrs(OfNumber(zone));
    }

    /// <summary>The code for grids that lie there.</summary>
    /// <param name="box">Degrees, X lon.</param>
    /// <exception cref="ProblemException">No zone is defined there.</exception>
    public string For(Envelope box) => Code ?? (GaussKrugerZone.Natural(box.Centre.X, hasZonePrefix: true) is { } zone
        ? Name(zone)
        : throw Refuse("zone", "no_zone", $"CGCS2000 has zones from 73.5 to 136.5 degrees east only, and the grids lie elsewhere. Give crs: {Accepted}."));

    /// <summary>The refusal of a system that nobody knows.</summary>
    public static ProblemException Unknown(string text) => Refuse(
        "crs", "crs_unknown", $"\"{(text.Length > 40 ? text[..40] + "…" : text)}\" is no reference system known here. crs is {Accepted}.");

    // A file says which system it is in, and the shifted ones have no name that it could say.
    private static string CodeOf(string text)
    {
        if (Datums.TryParse(text.Trim(), out var datum))
        {
            return datum switch
            {
                Datum.Cgcs2000 => Stored,
                Datum.Wgs84 => Wgs84,
                _ => throw Refuse("crs", "crs_unknown", $"GCJ-02 and BD-09 have no name that a file could carry: convert where it is shown. crs is {Accepted}."),
            };
        }

        try
        {
            return SourceCrs.Parse(text)!.Code;
        }
        catch (ProblemException)
        {
            throw Unknown(text);
        }
    }

    private static string OfNumber(string zone) =>
        int.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && GaussKrugerZone.All.FirstOrDefault(one => one.HasZonePrefix && one.Number == number) is { } found
            ? Name(found)
            : throw Refuse("zone", "bad_zone", $"zone is {ZonesAccepted}.");

    private static string Name(GaussKrugerZone zone) => $"EPSG:{zone.Epsg.ToString(CultureInfo.InvariantCulture)}";

    private static ProblemException Refuse(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
