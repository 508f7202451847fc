using System.Buffers.Binary;

namespace GridMap.Api.Issues.Photos;

/// <summary>The one thing that is kept of EXIF: which way up the camera was held, 1 to 8.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    private const int Tag = 0x0112;
    private const int EntryBytes = 12;

    /// <summary>Looks into a TIFF block. One that is broken says nothing: the picture is upright.</summary>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return Upright;
        }

        var little = tiff[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[(int)directory..];
        var count = Read16(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= EntryBytes; i++)
        {
            if (Read16(entries, little) == Tag)
            {
                return Read16(entries[8..], little) is >= 1 and <= 8 and var orientation ? orientation : Upright;
            }

            entries = entries[EntryBytes..];
        }

        return Upright;
    }

    /// <summary>A TIFF block that says this and nothing else.</summary>
    public static byte[] Write(int orientation) =>
    [
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static int Read16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
