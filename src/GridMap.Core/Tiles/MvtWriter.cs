using Google.Protobuf;

namespace GridMap.Core.Tiles;

/// <summary>
/// Writes one Mapbox Vector Tile (specification 2.1): the only such writer in GridMap. A layer without features is left out, so a
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

    /// <summary>Begins a layer.</summary>
    /// <param name="name">A name that no other layer of the tile has.</param>
    /// <exception cref="ArgumentException">The tile has a layer of this name.</exception>
    public MvtLayer AddLayer(string name)
    {
        if (layers.Exists(layer => layer.Name == name))
            throw new ArgumentException($"The tile has a layer '{name}'.", nameof(name));
        var added = new MvtLayer(name);
        layers.Add(added);
        return added;
    }

    /// <summary>The tile's bytes, not compressed; none when no layer has a feature.</summary>
    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach (var layer in layers)
            {
                if (layer.Count > 0)
                    layer.WriteTo(output, LayersField);
            }
        }

        return stream.ToArray();
    }
}
