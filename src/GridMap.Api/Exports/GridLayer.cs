using System.Globalization;

namespace GridMap.Api.Exports;

/// <summary>The grids of one level, as a layer of a file. Immutable.</summary>
/// <param name="Level">1 is outermost.</param>
/// <param name="Grids">By code.</param>
internal sealed record GridLayer(int Level, IReadOnlyList<ExportedGrid> Grids)
{
    /// <summary>The layer's name in every format.</summary>
    public string Name => NameOf(Level);

    /// <summary>A layer for each level that has grids, outermost first.</summary>
    public static IEnumerable<GridLayer> Of(IReadOnlyList<ExportedGrid> grids) =>
        grids.GroupBy(entry => entry.Grid.Level).Select(level => new GridLayer(level.Key, [.. level]));

    /// <summary>The name of a level's layer.</summary>
    public static string NameOf(int level) => $"grids-{level.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>
    /// The layer's fields with their types, for GDAL: left to itself it would guess them from the values, and take counts that nobody
    /// made for texts. Texts are texts already, as JSON says.
    /// </summary>
    /// <param name="isShapefile">A Shapefile goes without the grids' other fields, and says how many digits a number has.</param>
    public string Select(bool isShapefile = false)
    {
        var fields = GridFeatures.FieldsOf(Grids[0]).Where(field => !isShapefile || field != GridFeatures.Attributes);
        return $"select {string.Join(", ", fields.Select(field => Typed(field, isShapefile)))} from \"{Name}\"";
    }

    private static string Typed(string field, bool isShapefile)
    {
        var type = field switch
        {
            GridFeatures.Level or GridFeatures.Households => "integer",
            GridFeatures.Area => isShapefile ? "numeric(18,3)" : "float",
            _ => null,
        };
        return type is null ? $"\"{field}\"" : $"cast(\"{field}\" as {type}) as \"{field}\"";
    }
}
