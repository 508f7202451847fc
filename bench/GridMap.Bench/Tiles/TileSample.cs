using GridMap.Core.Tiles;

namespace GridMap.Bench.Tiles;

/// <summary>Which tiles of a zoom are measured: all over the territory, in an order in which neighbours do not follow each other.</summary>
internal static class TileSample
{
    /// <summary>All tiles of a zoom that the tiles' envelope meets.</summary>
    public static List<TileCoord> All(GridTiles tiles, int z)
    {
        var envelope = tiles.Envelope!;
        var (first, last) = (TileCoord.At(z, envelope.MinX, envelope.MaxY), TileCoord.At(z, envelope.MaxX, envelope.MinY));
        var all = new List<TileCoord>();
        for (var x = first.X; x <= last.X; x++)
        {
            for (var y = first.Y; y <= last.Y; y++)
                all.Add(new TileCoord(z, x, y));
        }

        return all;
    }

    /// <summary>At most so many of them, shuffled by seed.</summary>
    public static TileCoord[] Of(GridTiles tiles, int z, int most)
    {
        var all = All(tiles, z).ToArray();
        new Random(z).Shuffle(all);
        return all[..Math.Min(most, all.Length)];
    }
}
