using System.Buffers.Binary;

namespace GridMap.Api.Issues.Photos;

/// <summary>WebP (RFC 9649): a RIFF file of chunks, each with a type and a length, padded to an even one.</summary>
internal static class WebPPicture
{
    private const int HeadBytes = 12;
    private const int FlagsAt = HeadBytes + 8;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;

    private static readonly HashSet<string> Kept = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];
    private static readonly HashSet<string> First = ["VP8 ", "VP8L", "VP8X"];

    public static bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("RIFF"u8) && bytes.Length >= HeadBytes && bytes[8..].StartsWith("WEBP"u8);

    public static byte[] Strip(ReadOnlySpan<byte> bytes)
    {
        // What stands behind the end that the file itself names is not looked at.
        bytes = PhotoMetadata.Part(bytes, 0, 8L + PhotoMetadata.LittleEndian32(bytes, 4));
        using var picture = new MemoryStream(bytes.Length);
        var orientation = ExifOrientation.Upright;
        picture.Write(PhotoMetadata.Part(bytes, 0, HeadBytes));
        var isExtended = false;
        for (var at = HeadBytes; at < bytes.Length;)
        {
            var length = (long)PhotoMetadata.LittleEndian32(bytes, at + 4);
            var chunk = PhotoMetadata.Part(bytes, at, 8 + length + (length & 1));
            var type = System.Text.Encoding.Latin1.GetString(chunk[..4]);
            if (at == HeadBytes)
            {
                isExtended = First.Contains(type) ? type == "VP8X" : throw new InvalidDataException("The picture has no header.");
            }

            if (type == "EXIF")
            {
                orientation = ExifOrientation.Read(Tiff(chunk.Slice(8, (int)length)));
            }
            else if (Kept.Contains(type))
            {
                picture.Write(chunk);
            }

            at += chunk.Length;
        }

        return Finish(picture, isExtended, orientation);
    }

    // Some cameras write the head that only JPEG has.
    private static ReadOnlySpan<byte> Tiff(ReadOnlySpan<byte> exif) => exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;

    private static byte[] Finish(MemoryStream picture, bool isExtended, int orientation)
    {
        if (picture.Length <= FlagsAt)
        {
            throw new InvalidDataException("The picture is empty.");
        }

        if (isExtended && orientation != ExifOrientation.Upright)
        {
            var tiff = ExifOrientation.Write(orientation);
            picture.Write([.. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff]);
        }

        var clean = picture.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(clean.AsSpan(4), (uint)(clean.Length - 8));
        if (isExtended)
        {
            var flags = clean[FlagsAt] & ~(ExifFlag | XmpFlag);
            clean[FlagsAt] = (byte)(orientation == ExifOrientation.Upright ? flags : flags | ExifFlag);
        }

        return clean;
    }
}
