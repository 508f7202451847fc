using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Writing;

/// <summary>A GeoJSON file with one feature a line, so that a change shows as the lines it changed.</summary>
internal sealed class FeatureFile
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly List<string> features = [];

    public void Add(Geometry degrees, Action<Utf8JsonWriter> properties)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
            GeoJsonWriter.WriteFeature(writer, null, degrees, properties);
        features.Add(Encoding.UTF8.GetString(stream.ToArray()));
    }

    public void Save(string path) =>
        File.WriteAllText(path, $"{{\"type\":\"FeatureCollection\",\"features\":[\n{string.Join(",\n", features)}\n]}}\n");
}
