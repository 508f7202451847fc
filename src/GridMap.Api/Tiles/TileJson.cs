using System.Text.Json.Serialization;
using GridMap.Core.Tiles;

namespace GridMap.Api.Tiles;

/// <summary>A tileset as TileJSON 3.0.0 describes it.</summary>
/// <param name="Name">The tileset.</param>
/// <param name="Tiles">Addresses of its tiles.</param>
/// <param name="MaxZoom">The deepest zoom; clients enlarge it for those beyond.</param>
/// <param name="Bounds">West, south, east, north in degrees; left out where there is nothing.</param>
/// <param name="VectorLayers">Its layers.</param>
public sealed record TileJson(
    string Name,
    string[] Tiles,
    [property: JsonPropertyName("maxzoom")] int MaxZoom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double[]? Bounds,
    [property: JsonPropertyName("vector_layers")] IReadOnlyList<VectorLayer> VectorLayers)
{
    [JsonPropertyName("tilejson")]
    public string Version { get; } = "3.0.0";

    public string Scheme { get; } = "xyz";

    [JsonPropertyName("minzoom")]
    public int MinZoom { get; }
}

/// <summary>A layer in a tileset's tiles.</summary>
/// <param name="Id">Its name there.</param>
/// <param name="MinZoom">The first zoom that has it.</param>
/// <param name="MaxZoom">The last.</param>
/// <param name="Fields">Properties of its features with their types.</param>
public sealed record VectorLayer(
    string Id,
    [property: JsonPropertyName("minzoom")] int MinZoom,
    [property: JsonPropertyName("maxzoom")] int MaxZoom,
    IReadOnlyDictionary<string, string> Fields)
{
    public static VectorLayer Of(TileLayer layer) => new(layer.Id, layer.MinZoom, layer.MaxZoom, layer.Fields);
}
