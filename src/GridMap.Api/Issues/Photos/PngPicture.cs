using System.Buffers.Binary;

namespace GridMap.Api.Issues.Photos;

/// <summary>PNG (W3C, third edition): chunks of length, type, data and checksum.</summary>
internal static class PngPicture
{
    private const int FrameBytes = 12;
    private const string Header = "IHDR";
    private const string End = "IEND";
    private const string Exif = "eXIf";

    // What makes the picture, its colours and its frames.
    private static readonly HashSet<string> Kept =
    [
        Header, "PLTE", "IDAT", End, "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs",
        "acTL", "fcTL", "fdAT",
    ];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    public static byte[] Strip(ReadOnlySpan<byte> bytes)
    {
        using var picture = new MemoryStream(bytes.Length);
        byte[] header = [];
        var orientation = ExifOrientation.Upright;
        var at = Signature.Length;
        for (var type = ""; type != End;)
        {
            var chunk = PhotoMetadata.Part(bytes, at, FrameBytes + (long)PhotoMetadata.BigEndian32(bytes, at));
            at += chunk.Length;
            type = System.Text.Encoding.Latin1.GetString(chunk.Slice(4, 4));
            if (header.Length == 0)
            {
                header = type == Header ? chunk.ToArray() : throw new InvalidDataException("The picture has no header.");
            }
            else if (type == Exif)
            {
                orientation = ExifOrientation.Read(chunk[8..^4]);
            }
            else if (Kept.Contains(type))
            {
                picture.Write(chunk);
            }
        }

        // What stands behind the end is not written.
        return [.. Signature, .. header, .. orientation == ExifOrientation.Upright ? [] : ExifChunk(orientation), .. picture.ToArray()];
    }

    private static byte[] ExifChunk(int orientation)
    {
        var tiff = ExifOrientation.Write(orientation);
        byte[] chunk = [0, 0, 0, (byte)tiff.Length, .. "eXIf"u8, .. tiff, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4), Checksum(chunk.AsSpan(4..^4)));
        return chunk;
    }

    /// <summary>CRC-32 as PNG has it (ISO 3309).</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
