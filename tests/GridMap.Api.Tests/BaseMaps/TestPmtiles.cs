using System.Buffers.Binary;

namespace GridMap.Api.Tests.BaseMaps;

/// <summary>A PMTiles archive of version 3 with the one tile 0/0/0, nothing compressed.</summary>
internal static class TestPmtiles
{
    public const byte Mvt = 1;
    public const byte Png = 2;

    private const int HeaderBytes = 127;

    /// <param name="tile">The tile's bytes.</param>
    /// <param name="type">What they are.</param>
    /// <param name="maxZoom">As the header claims.</param>
    public static byte[] Write(byte[] tile, byte type, byte maxZoom = 0)
    {
        // One entry: tile 0, a run of one, its length, its offset plus one; each column as varints.
        byte[] directory = [1, 0, 1, .. Varint((uint)tile.Length), 1];
        var metadata = "{}"u8.ToArray();
        var header = new byte[HeaderBytes];
        "PMTiles\u0003"u8.CopyTo(header);
        ulong place = HeaderBytes;
        Section(header, 8, ref place, directory.Length);
        Section(header, 24, ref place, metadata.Length);
        Section(header, 40, ref place, 0);
        Section(header, 56, ref place, tile.Length);
        foreach (var count in (int[])[72, 80, 88])
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(count), 1);
        header[96] = 1;
        (header[97], header[98]) = (1, 1);
        (header[99], header[100], header[101]) = (type, 0, maxZoom);
        Corner(header.AsSpan(102), -180, -85);
        Corner(header.AsSpan(110), 180, 85);
        return [.. header, .. directory, .. metadata, .. tile];
    }

    private static void Section(byte[] header, int at, ref ulong place, int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(at), place);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(at + 8), (ulong)length);
        place += (ulong)length;
    }

    private static void Corner(Span<byte> at, int lon, int lat)
    {
        BinaryPrimitives.WriteInt32LittleEndian(at, lon * 10_000_000);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], lat * 10_000_000);
    }

    private static IEnumerable<byte> Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
