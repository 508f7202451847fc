namespace GridMap.Core.Tiles;

/// <summary>
/// Writes Mapbox Vector Tiles (specification 2.1): the only such writer in GridMap. A layer without features is left out, so a
/// tile without any is empty. Not thread safe.
/// </summary>
public sealed class MvtWriter
{
    /// <summary>Units to a tile's side, on every layer.</summary>
    public const int Extent = 4096;

    /// <summary>Units by which lines and polygons reach over the tile's sides, so that outlines there are not drawn.</summary>
    public const int Buffer = 64;

    /// <summary>Media type of a tile.</summary>
    public const string MediaType = "application/vnd.mapbox-vector-tile";

    private const int LayersField = 3;

    private readonly List<MvtLayer> layers = [];
    private readonly Stack<MvtLayer> spare = [];
    private readonly ProtoBuffer tile = new();

    /// <summary>Begins a layer.</summary>
    /// <param name="name">A name that no other layer of the tile has.</param>
    /// <exception cref="ArgumentException">The tile has a layer of this name.</exception>
    public MvtLayer AddLayer(string name)
    {
        foreach (var layer in layers)
        {
            if (layer.Name == name)
                throw new ArgumentException($"The tile has a layer '{name}'.", nameof(name));
        }

        if (spare.TryPop(out var added))
            added.Reset(name);
        else
            added = new MvtLayer(name);
        layers.Add(added);
        return added;
    }

    /// <summary>The tile's bytes, not compressed; none when no layer has a feature.</summary>
    public byte[] ToArray()
    {
        tile.Clear();
        foreach (var layer in layers)
        {
            if (layer.Count == 0)
                continue;
            tile.LengthField(LayersField, layer.Size);
            layer.WriteTo(tile);
        }

        return tile.Written.ToArray();
    }

    /// <summary>Drops all layers, to write another tile into the same memory.</summary>
    internal void Clear()
    {
        foreach (var layer in layers)
            spare.Push(layer);
        layers.Clear();
    }
}
