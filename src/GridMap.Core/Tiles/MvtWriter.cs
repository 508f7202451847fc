using System.Runtime.InteropServices;

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

    // Those behind the count wait for the next tile, which mostly has the same ones.
    private readonly List<MvtLayer> layers = [];
    private int count;

    /// <summary>Begins a layer.</summary>
    /// <param name="name">A name that no other layer of the tile has.</param>
    /// <exception cref="ArgumentException">The tile has a layer of this name.</exception>
    public MvtLayer AddLayer(string name)
    {
        foreach (var layer in Layers)
        {
            if (layer.Name == name)
                throw new ArgumentException($"The tile has a layer '{name}'.", nameof(name));
        }

        if (count == layers.Count)
            layers.Add(new MvtLayer(name));
        else
            layers[count].Reset(name);
        return layers[count++];
    }

    private ReadOnlySpan<MvtLayer> Layers => CollectionsMarshal.AsSpan(layers)[..count];

    /// <summary>The tile's bytes, not compressed; none when no layer has a feature.</summary>
    public byte[] ToArray()
    {
        var size = 0;
        foreach (var layer in Layers)
            size += layer.Count == 0 ? 0 : 1 + ProtoBuffer.SizeOf((ulong)layer.Size) + layer.Size;
        if (size == 0)
            return [];
        var tile = GC.AllocateUninitializedArray<byte>(size);
        var length = 0;
        foreach (var layer in Layers)
        {
            if (layer.Count > 0)
                length += layer.WriteTo(tile.AsSpan(length));
        }

        return tile;
    }

    /// <summary>Drops all layers, to write another tile into the same memory.</summary>
    internal void Clear() => count = 0;
}
