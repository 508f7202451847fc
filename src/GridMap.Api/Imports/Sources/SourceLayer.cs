using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GridMap.Api.Imports.Sources;

/// <summary>A layer as <c>ogrinfo</c> describes it.</summary>
/// <param name="Name">Its name inside the dataset.</param>
/// <param name="Geometry">The geometry type in GDAL's words, such as <c>Multi Polygon</c> or <c>Unknown (any)</c>.</param>
/// <param name="CrsName">The name of its reference system; null when the file has none that places it on Earth.</param>
/// <param name="Crs">Its code, if it has one.</param>
internal sealed partial record SourceLayer(string Name, string Geometry, string? CrsName, SourceCrs? Crs)
{
    /// <summary>How many features it has, with or without a geometry; null when it was not asked, or cannot tell.</summary>
    public long? Features { get; init; }

    /// <summary>Declared to hold polygons.</summary>
    public bool IsPolygonal => Geometry.Contains("Polygon", StringComparison.Ordinal) || Geometry.Contains("Surface", StringComparison.Ordinal);

    /// <summary>Declared to hold polygons with straight edges only.</summary>
    public bool IsPlain => Geometry is "Polygon" or "Multi Polygon" or "3D Polygon" or "3D Multi Polygon";

    /// <summary>Not declared to hold something else.</summary>
    public bool MayBePolygonal =>
        IsPolygonal || Geometry.Contains("Unknown", StringComparison.Ordinal) || Geometry.Contains("Collection", StringComparison.Ordinal);

    /// <summary>Reads the summary that <c>ogrinfo -ro -so -al -nomd</c> prints.</summary>
    public static List<SourceLayer> Parse(string summary)
    {
        var layers = new List<SourceLayer>();
        string? name = null;
        var geometry = "";
        long? count = null;
        StringBuilder? wkt = null;
        foreach (var line in summary.Split('\n'))
        {
            if (line.StartsWith("Layer name: ", StringComparison.Ordinal))
            {
                Finish();
                (name, geometry, count, wkt) = (line["Layer name: ".Length..].TrimEnd('\r'), "", null, null);
            }
            else if (line.StartsWith("Geometry: ", StringComparison.Ordinal))
            {
                geometry = line["Geometry: ".Length..].Trim();
            }
            else if (line.StartsWith("Feature Count: ", StringComparison.Ordinal))
            {
                count = long.TryParse(line["Feature Count: ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            }
            else if (line.StartsWith("Layer SRS WKT:", StringComparison.Ordinal))
            {
                wkt = new StringBuilder();
            }
            else if (wkt is not null && (wkt.Length == 0 || line.StartsWith(' ')))
            {
                wkt.Append(line.Trim());
            }
        }

        Finish();
        return layers;

        void Finish()
        {
            if (name is not null)
                layers.Add(Of(name, geometry, wkt?.ToString() ?? "") with { Features = count });
        }
    }

    private static SourceLayer Of(string name, string geometry, string wkt)
    {
        var root = Root().Match(wkt);
        if (!root.Success || root.Groups["kind"].Value is "ENGCRS" or "LOCAL_CS" or "VERTCRS")
            return new SourceLayer(name, geometry, null, null);
        var id = LastId().Match(wkt);
        return new SourceLayer(name, geometry, root.Groups["name"].Value, id.Success ? SourceCrs.OfCode($"{id.Groups["authority"].Value}:{id.Groups["code"].Value}") : null);
    }

    [GeneratedRegex(@"\A(?<kind>[A-Z_]+)\[""(?<name>[^""]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Root();

    [GeneratedRegex(@"ID\[""(?<authority>EPSG|ESRI|OGC)"",""?(?<code>[0-9A-Z]+)""?\]\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex LastId();
}
