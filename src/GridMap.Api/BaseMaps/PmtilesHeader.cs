namespace GridMap.Api.BaseMaps;

/// <summary>What the first 127 bytes of a PMTiles archive say of it (specification 3).</summary>
/// <param name="IsVector">Vector tiles; else pictures.</param>
/// <param name="MinZoom">The first zoom that has tiles.</param>
/// <param name="MaxZoom">The last.</param>
internal sealed record PmtilesHeader(bool IsVector, int MinZoom, int MaxZoom)
{
    private const int Bytes = 127;
    private const byte Mvt = 1;
    private const byte Avif = 5;

    /// <summary>Null: it is no archive of that version, or of another kind of tiles.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PmtilesHeader? Read(string file)
    {
        var header = new byte[Bytes];
        using var stream = File.OpenRead(file);
        if (stream.ReadAtLeast(header, Bytes, throwOnEndOfStream: false) < Bytes)
            return null;
        var (type, minZoom, maxZoom) = (header[99], header[100], header[101]);
        return header.AsSpan().StartsWith("PMTiles\u0003"u8) && type is >= Mvt and <= Avif && minZoom <= maxZoom
            ? new PmtilesHeader(type == Mvt, minZoom, maxZoom)
            : null;
    }
}
