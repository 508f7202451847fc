using System.Buffers.Binary;

namespace GridMap.Api.Issues.Photos;

/// <summary>
/// Drops metadata (EXIF, XMP, IPTC, comments, embedded previews, whatever stands behind the picture) from JPEG, PNG and WebP by
/// keeping only the parts that make the picture; their bytes stay as they are. Of EXIF only the orientation is kept, written
/// anew, or pictures would lie on their side.
/// Written by hand because no image library restores here; it has the shape of ImageSharp's <c>Metadata.ExifProfile = null</c>.
/// </summary>
internal static class PhotoMetadata
{
    /// <returns>The clean picture; null when the bytes are none of the three kinds.</returns>
    /// <exception cref="InvalidDataException">It is one of them, but broken or cut off.</exception>
    public static UploadedPhoto? Strip(byte[] bytes) =>
        JpegPicture.Recognises(bytes) ? new UploadedPhoto("image/jpeg", JpegPicture.Strip(bytes))
        : PngPicture.Recognises(bytes) ? new UploadedPhoto("image/png", PngPicture.Strip(bytes))
        : WebPPicture.Recognises(bytes) ? new UploadedPhoto("image/webp", WebPPicture.Strip(bytes))
        : null;

    /// <summary>A part of the file, or the refusal of a file that ends before it.</summary>
    internal static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int at, long length) =>
        at >= 0 && length >= 0 && length <= bytes.Length - at
            ? bytes.Slice(at, (int)length)
            : throw new InvalidDataException("The picture is broken off.");

    internal static uint BigEndian32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(Part(bytes, at, 4));

    internal static uint LittleEndian32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(Part(bytes, at, 4));
}
