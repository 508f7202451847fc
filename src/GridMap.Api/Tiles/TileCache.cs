using System.Collections.Concurrent;
using System.IO.Compression;
using GridMap.Core.Tiles;
using Microsoft.Extensions.Caching.Memory;

namespace GridMap.Api.Tiles;

/// <summary>
/// Tiles of grids as they are sent: compressed, each made once for all who ask for it at the same time, up to 64 MB of those asked for
/// last. Thread safe.
/// </summary>
public sealed class TileCache : IDisposable
{
    private const long MaxBytes = 64 << 20;

    // What an entry takes besides its bytes.
    private const int EntryBytes = 200;

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private readonly ConcurrentDictionary<(string Version, TileCoord Tile), Lazy<byte[]>> inWork = new();

    /// <summary>One tile, gzip; no bytes when it is empty.</summary>
    public byte[] Get(GridTileset tileset, TileCoord tile)
    {
        var key = (tileset.Version, tile);
        if (kept.TryGetValue(key, out byte[]? found))
        {
            return found!;
        }

        var work = inWork.GetOrAdd(key, _ => new Lazy<byte[]>(() => Compress(tileset.Tiles.Tile(tile))));
        try
        {
            return kept.Set(key, work.Value, new MemoryCacheEntryOptions { Size = work.Value.Length + EntryBytes });
        }
        finally
        {
            inWork.TryRemove(key, out _);
        }
    }

    public void Dispose() => kept.Dispose();

    /// <summary>The bytes, gzip; none of none.</summary>
    public static byte[] Compress(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
