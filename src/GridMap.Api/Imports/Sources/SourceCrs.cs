using System.Globalization;
using System.Text.RegularExpressions;
using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Imports.Sources;

/// <summary>What the coordinates of a source refer to, as somebody named it: a datum word, or an authority's code.</summary>
/// <param name="Datum">Longitudes and latitudes of this datum; converted in Core. Null when <paramref name="Code"/> is to be transformed by GDAL.</param>
/// <param name="Code">Such as <c>EPSG:4547</c>.</param>
internal sealed partial record SourceCrs(Datum? Datum, string Code)
{
    /// <summary>For messages.</summary>
    public const string Accepted = "wgs84, cgcs2000, gcj02, bd09, or an EPSG code such as EPSG:4547";

    // Longitude and latitude already, on a datum that is WGS84 at this scale.
    private static readonly string[] Geographic = ["EPSG:4326", "EPSG:4490", "OGC:CRS84", "EPSG:4979", "EPSG:4480"];

    /// <summary>Reads the option <c>crs</c>; null for none.</summary>
    /// <exception cref="ProblemException">It has no meaning.</exception>
    public static SourceCrs? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var name = text.Trim();
        if (Datums.TryParse(name, out var datum))
            return new SourceCrs(datum, datum.ToWire());
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            name = $"EPSG:{number}";
        if (FromUrn(name) is { } fromUrn)
            name = fromUrn;
        name = name.ToUpperInvariant();
        if (!Form().IsMatch(name))
            throw Unknown(text);
        return OfCode(name);
    }

    /// <summary>A code that GDAL found in a file.</summary>
    public static SourceCrs OfCode(string code) =>
        Geographic.Contains(code) ? new SourceCrs(Core.Coordinates.Datum.Wgs84, code) : new SourceCrs(null, code);

    /// <summary>The code in a name such as <c>urn:ogc:def:crs:EPSG::4490</c>; null for other names.</summary>
    public static string? FromUrn(string name)
    {
        var match = Urn().Match(name);
        return match.Success ? $"{match.Groups["authority"].Value.ToUpperInvariant()}:{match.Groups["code"].Value.ToUpperInvariant()}" : null;
    }

    public static ProblemException Unknown(string text) => new(Problem.Bad(
        "crs", "crs_unknown", $"\"{(text.Length > 40 ? text[..40] + "…" : text)}\" is no coordinate reference system known here. Give {Accepted}."));

    [GeneratedRegex(@"\A(?:EPSG|ESRI|OGC):[0-9A-Z]{1,12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\Aurn:(?:ogc|x-ogc):def:crs:(?<authority>EPSG|OGC):[0-9.]*:(?<code>[0-9A-Za-z]{1,12})\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Urn();
}
