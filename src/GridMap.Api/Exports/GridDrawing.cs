using System.Globalization;
using System.Text.Json;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Exports;

/// <summary>
/// Grids as a drawing: every ring of a grid as a closed line, and its name as text, on a layer for each level. What GDAL's DXF writer
/// takes: features with a layer's name and a style. A polygon it would write as a filled hatch, which covers what lies below.
/// </summary>
internal static class GridDrawing
{
    /// <summary>What GDAL is asked for: layer and style, and no field, as a drawing has none.</summary>
    public const string Select = "select \"Layer\", \"style\" as OGR_STYLE from \"drawing\"";

    // A name spans some two thirds of its grid's width, if that were a square.
    private const double ShareOfWidth = 0.6;
    private const double FewestCharacters = 4;
    private const double MetresPerDegree = 111_320;

    // Red, yellow, green, cyan, blue, magenta: the first colours of every CAD program, so that levels are told apart.
    private static readonly string[] Colours = ["#FF0000", "#FFFF00", "#00FF00", "#00FFFF", "#0000FF", "#FF00FF"];

    /// <summary>Writes the features, outer levels first.</summary>
    /// <returns>The path; the layer is called as the file.</returns>
    public static async Task<string> WriteAsync(IReadOnlyList<ExportedGrid> grids, string path, bool inDegrees, CancellationToken cancel)
    {
        await using var file = File.Create(path);
        await using var writer = new Utf8JsonWriter(file);
        GeoJsonWriter.StartCollection(writer);
        foreach (var (grid, _, _) in grids)
        {
            cancel.ThrowIfCancellationRequested();
            var layer = GridLayer.NameOf(grid.Level);
            var colour = Colours[(grid.Level - 1) % Colours.Length];
            foreach (var ring in grid.Geometry.Geometries.Cast<Polygon>().SelectMany(part => part.InteriorRings.Prepend(part.ExteriorRing)))
                Write(writer, ring.Factory.CreateLineString(ring.CoordinateSequence), layer, $"PEN(c:{colour})");
            Write(writer, grid.Geometry.InteriorPoint, layer, Label(grid.Name, Height(grid.Name, grid.AreaSquareMetres) / (inDegrees ? MetresPerDegree : 1), colour));
        }

        GeoJsonWriter.EndCollection(writer);
        await writer.FlushAsync(cancel);
        return path;
    }

    private static void Write(Utf8JsonWriter writer, Geometry geometry, string layer, string style) =>
        GeoJsonWriter.WriteFeature(writer, null, geometry, properties =>
        {
            properties.WriteString("Layer", layer);
            properties.WriteString("style", style);
        });

    private static double Height(string name, double squareMetres) =>
        ShareOfWidth * Math.Sqrt(squareMetres) / Math.Max(FewestCharacters, name.Length);

    private static string Label(string text, double height, string colour) =>
        $"LABEL(t:\"{text.Replace("\\", "＼", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\",s:{height.ToString("G6", CultureInfo.InvariantCulture)}g,p:5,c:{colour})";
}
