using NetTopologySuite.Geometries;

namespace GridMap.Core.Tiles;

/// <summary>
/// The address of one tile of the XYZ scheme (tile matrix set WebMercatorQuad): zoom, column from longitude -180 eastwards,
/// row from the northern edge southwards. An immutable value; what exists is in range.
/// </summary>
public readonly record struct TileCoord
{
    /// <summary>The deepest zoom that is addressed.</summary>
    public const int MaxZ = 22;

    /// <summary>Takes an address as a tile.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The zoom exceeds <see cref="MaxZ"/>, or the column or row 2^z - 1.</exception>
    public TileCoord(int z, int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(z);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(z, MaxZ);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, 1 << z);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, 1 << z);
        (Z, X, Y) = (z, x, y);
    }

    /// <summary>Zoom, 0 to <see cref="MaxZ"/>.</summary>
    public int Z { get; }

    /// <summary>Column, 0 to 2^z - 1, eastwards.</summary>
    public int X { get; }

    /// <summary>Row, 0 to 2^z - 1, southwards.</summary>
    public int Y { get; }

    /// <summary>Takes an address as a tile if it is in range.</summary>
    public static bool TryCreate(int z, int x, int y, out TileCoord tile)
    {
        var inRange = z is >= 0 and <= MaxZ && x >= 0 && y >= 0 && x < 1 << z && y < 1 << z;
        tile = inRange ? new TileCoord(z, x, y) : default;
        return inRange;
    }

    /// <summary>The tile of a zoom in which a position lies; latitudes beyond the projection's limit lie in the outermost row.</summary>
    /// <param name="z">Zoom, 0 to <see cref="MaxZ"/>.</param>
    /// <param name="lon">Longitude in degrees.</param>
    /// <param name="lat">Latitude in degrees.</param>
    public static TileCoord At(int z, double lon, double lat)
    {
        var last = (1 << z) - 1;
        var x = (int)Math.Floor(WebMercator.X(lon) * (1 << z));
        var y = (int)Math.Floor(WebMercator.Y(lat) * (1 << z));
        return new TileCoord(z, Math.Clamp(x, 0, last), Math.Clamp(y, 0, last));
    }

    /// <summary>What the tile covers, in degrees (X lon, Y lat).</summary>
    /// <param name="bufferUnits">Added on every side, in units of <see cref="MvtWriter.Extent"/> to a tile.</param>
    public Envelope Envelope(int bufferUnits = 0)
    {
        var buffer = (double)bufferUnits / MvtWriter.Extent;
        var tiles = (double)(1 << Z);
        return new Envelope(
            WebMercator.Lon((X - buffer) / tiles),
            WebMercator.Lon((X + 1 + buffer) / tiles),
            WebMercator.Lat((Y - buffer) / tiles),
            WebMercator.Lat((Y + 1 + buffer) / tiles));
    }

    /// <summary>z/x/y.</summary>
    public override string ToString() => $"{Z}/{X}/{Y}";
}
