using System.Buffers.Binary;

namespace GridMap.Api.Issues;

/// <summary>
/// Drops metadata (EXIF, XMP, IPTC, comments) from JPEG, PNG and WebP by leaving out the segments that hold it; the picture's own
/// bytes stay as they are. Of EXIF only the orientation is kept, in a segment written anew, or pictures would lie on their side.
/// Written by hand because no image library restores here; it has the shape of ImageSharp's <c>Metadata.ExifProfile = null</c>.
/// </summary>
internal static class PhotoMetadata
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>The clean picture; null when the bytes are none of the three kinds.</returns>
    public static UploadedPhoto? Strip(byte[] bytes) =>
        bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? new UploadedPhoto("image/jpeg", StripJpeg(bytes))
        : bytes.AsSpan().StartsWith(PngSignature) ? new UploadedPhoto("image/png", StripPng(bytes))
        : bytes.AsSpan().StartsWith("RIFF"u8) && bytes.AsSpan(8).StartsWith("WEBP"u8) ? new UploadedPhoto("image/webp", StripWebP(bytes))
        : null;

    private static byte[] StripJpeg(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..2]);
        if (Orientation(bytes) is > 1 and <= 8 and var orientation)
        {
            kept.Write(OrientationSegment(orientation));
        }

        var at = 2;
        while (true)
        {
            var marker = bytes[at + 1];
            if (bytes[at] != 0xFF)
            {
                throw new ArgumentOutOfRangeException(nameof(bytes));
            }

            // Start of scan: the rest is the picture itself.
            if (marker == 0xDA)
            {
                kept.Write(bytes[at..]);
                return kept.ToArray();
            }

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            var isMetadata = marker is (>= 0xE1 and <= 0xED) or 0xEF or 0xFE;
            if (!isMetadata)
            {
                kept.Write(bytes.Slice(at, length));
            }

            at += length;
        }
    }

    /// <summary>The EXIF orientation, 1 to 8; 1 when there is none.</summary>
    private static int Orientation(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; bytes[at + 1] != 0xDA; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]))
        {
            if (bytes[at + 1] != 0xE1 || !bytes[(at + 4)..].StartsWith("Exif\0\0"u8))
            {
                continue;
            }

            var tiff = bytes[(at + 10)..];
            var little = tiff[0] == 'I';
            var directory = (int)Read32(tiff[4..], little);
            var entries = Read16(tiff[directory..], little);
            for (var entry = 0; entry < entries; entry++)
            {
                var field = tiff[(directory + 2 + 12 * entry)..];
                if (Read16(field, little) == 0x0112)
                {
                    return Read16(field[8..], little);
                }
            }
        }

        return 1;
    }

    private static int Read16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint Read32(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    /// <summary>An APP1 segment with a big-endian TIFF directory of one entry, tag 0x0112.</summary>
    private static byte[] OrientationSegment(int orientation) =>
    [
        0xFF, 0xE1, 0x00, 0x22, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static byte[] StripPng(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..8]);
        var at = 8;
        while (at < bytes.Length)
        {
            var length = 12 + BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            var type = bytes.Slice(at + 4, 4);
            var isMetadata = type.SequenceEqual("eXIf"u8) || type.SequenceEqual("tEXt"u8) || type.SequenceEqual("iTXt"u8)
                || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("tIME"u8);
            var chunk = bytes.Slice(at, length);
            if (!isMetadata)
            {
                kept.Write(chunk);
            }

            at += length;
        }

        return kept.ToArray();
    }

    private static byte[] StripWebP(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..12]);
        var at = 12;
        while (at + 8 <= bytes.Length)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            var chunk = bytes.Slice(at, 8 + size + (size & 1));
            var type = chunk[..4];
            if (!type.SequenceEqual("EXIF"u8) && !type.SequenceEqual("XMP "u8))
            {
                var start = (int)kept.Position;
                kept.Write(chunk);
                if (type.SequenceEqual("VP8X"u8))
                {
                    // The flags that announce EXIF (0x08) and XMP (0x04).
                    kept.GetBuffer()[start + 8] &= 0xF3;
                }
            }

            at += chunk.Length;
        }

        var clean = kept.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(clean.AsSpan(4), clean.Length - 8);
        return clean;
    }
}
