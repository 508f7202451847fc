using System.Text.Json;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Exports;

/// <summary>
/// Grids as GeoJSON: what leaves as it is, and what GDAL makes the other formats of. Field names have ten characters at most, which
/// is all that a Shapefile holds: so they are the same in every format, and none is cut off.
/// </summary>
internal static class GridFeatures
{
    public const string Code = "code";
    public const string Name = "name";
    public const string Level = "level";
    public const string Kind = "kind";
    public const string Parent = "parent";
    public const string ParentName = "parentname";
    public const string Area = "area_m2";
    public const string Households = "households";
    public const string Telephone = "telephone";
    public const string People = "people";

    /// <summary>The grid's other fields as JSON; too long for a Shapefile, which goes without.</summary>
    public const string Attributes = "attributes";

    private const int FlushBytes = 1 << 20;

    /// <summary>The fields of a file.</summary>
    /// <param name="any">One of its grids.</param>
    public static string[] FieldsOf(ExportedGrid any)
    {
        string[] people = any.People is null ? [] : [People];
        return [Code, Name, Level, Kind, Parent, ParentName, Area, Households, Telephone, .. people, Attributes];
    }

    /// <summary>The texts of a grid by field; empty ones are left out.</summary>
    public static IEnumerable<(string Field, string Text)> Texts(ExportedGrid entry)
    {
        var grid = entry.Grid;
        foreach (var (field, text) in ((string, string?)[])[(Code, grid.Code), (Name, grid.Name), (Kind, grid.Kind), (Parent, entry.Parent?.Code),
            (ParentName, entry.Parent?.Name), (Telephone, entry.Telephone), (People, entry.People)])
        {
            if (!string.IsNullOrEmpty(text))
                yield return (field, text);
        }
    }

    /// <summary>Writes a FeatureCollection.</summary>
    /// <returns>The path.</returns>
    public static async Task<string> WriteAsync(IEnumerable<ExportedGrid> grids, string path, CancellationToken cancel)
    {
        await using var file = File.Create(path);
        await using var writer = new Utf8JsonWriter(file);
        GeoJsonWriter.StartCollection(writer);
        foreach (var entry in grids)
        {
            GeoJsonWriter.WriteFeature(writer, entry.Grid.GridId, entry.Grid.Geometry, properties => Write(properties, entry));
            if (writer.BytesPending > FlushBytes)
                await writer.FlushAsync(cancel);
        }

        GeoJsonWriter.EndCollection(writer);
        await writer.FlushAsync(cancel);
        return path;
    }

    private static void Write(Utf8JsonWriter writer, ExportedGrid entry)
    {
        var texts = Texts(entry).ToDictionary();
        foreach (var field in FieldsOf(entry))
        {
            switch (field)
            {
                case Level:
                    writer.WriteNumber(field, entry.Grid.Level);
                    break;
                case Area:
                    writer.WriteNumber(field, Math.Round(entry.Grid.AreaSquareMetres, 3));
                    break;
                case Households when entry.Households is { } count:
                    writer.WriteNumber(field, count);
                    break;
                case Attributes:
                    WriteOthers(writer, entry);
                    break;
                default:
                    writer.WriteString(field, texts.GetValueOrDefault(field));
                    break;
            }
        }
    }

    // As a text that holds JSON: GDAL's formats have no nested fields.
    private static void WriteOthers(Utf8JsonWriter writer, ExportedGrid entry)
    {
        var others = entry.Others.ToDictionary(field => field.Name, field => field.Value);
        writer.WriteString(Attributes, others.Count == 0 ? null : JsonSerializer.Serialize(others, Readable));
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
