namespace GridMap.Core.Tiles;

/// <summary>A layer of a tileset as TileJSON describes it. Immutable.</summary>
/// <param name="Id">The layer's name in the tiles.</param>
/// <param name="MinZoom">The first zoom that has it.</param>
/// <param name="MaxZoom">The last zoom that is made.</param>
/// <param name="Fields">Names of properties, with what they hold: Number, Boolean or String.</param>
public sealed record TileLayer(string Id, int MinZoom, int MaxZoom, IReadOnlyDictionary<string, string> Fields);
