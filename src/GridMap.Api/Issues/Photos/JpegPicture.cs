using System.Buffers.Binary;

namespace GridMap.Api.Issues.Photos;

/// <summary>JPEG (ITU-T T.81): segments, each with a marker and a length, and after each start of scan the coded picture.</summary>
internal static class JpegPicture
{
    private const byte Temporary = 0x01;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte FirstExtension = 0xF0;
    private const byte Comment = 0xFE;

    // Marker and length, then "JFIF", version, density and a preview of 0 by 0.
    private const int BareJfifBytes = 18;

    private static ReadOnlySpan<byte> ExifHead => "Exif\0\0"u8;

    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static byte[] Strip(ReadOnlySpan<byte> bytes)
    {
        using var picture = new MemoryStream(bytes.Length);
        var orientation = ExifOrientation.Upright;
        var at = 2;
        for (byte marker; (marker = MarkerAt(bytes, ref at)) != EndOfImage;)
        {
            if (marker is Temporary or (>= FirstRestart and <= LastRestart))
            {
                picture.Write(bytes.Slice(at, 2));
                at += 2;
                continue;
            }

            var segment = SegmentAt(bytes, at);
            at += segment.Length;
            if (marker == App1 && segment[4..].StartsWith(ExifHead))
            {
                orientation = ExifOrientation.Read(segment[(4 + ExifHead.Length)..]);
            }
            else if (IsPicture(marker, segment))
            {
                picture.Write(segment);
            }

            if (marker == StartOfScan)
            {
                var end = EndOfScan(bytes, at);
                picture.Write(bytes[at..end]);
                at = end;
            }
        }

        // What stands behind the end of the picture (previews, films, maps of depth) is not written.
        return [0xFF, 0xD8, .. orientation == ExifOrientation.Upright ? [] : Exif(orientation), .. picture.ToArray(), 0xFF, EndOfImage];
    }

    /// <summary>The marker at or after fill bytes.</summary>
    private static byte MarkerAt(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (PhotoMetadata.Part(bytes, at, 2)[1] == 0xFF)
        {
            at++;
        }

        return bytes[at] == 0xFF ? bytes[at + 1] : throw new InvalidDataException("The picture is broken.");
    }

    private static ReadOnlySpan<byte> SegmentAt(ReadOnlySpan<byte> bytes, int at)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(PhotoMetadata.Part(bytes, at + 2, 2));
        return length >= 2 ? PhotoMetadata.Part(bytes, at, 2 + length) : throw new InvalidDataException("The picture is broken.");
    }

    // Kept of the application's segments: how the colours are meant.
    private static bool IsPicture(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        App0 => segment.Length == BareJfifBytes && segment[4..].StartsWith("JFIF\0"u8),
        App2 => segment[4..].StartsWith("ICC_PROFILE\0"u8),
        App14 => segment[4..].StartsWith("Adobe"u8),
        >= App0 and <= App15 => false,
        >= FirstExtension and <= Comment => false,
        _ => true,
    };

    /// <summary>Where the coded picture ends: at a marker that is no restart and no stuffed zero.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            var next = bytes[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= bytes.Length)
            {
                throw new InvalidDataException("The picture is broken off.");
            }

            at += next;
            if (bytes[at + 1] is not (0 or (>= FirstRestart and <= LastRestart)))
            {
                return at;
            }

            at += 2;
        }
    }

    private static byte[] Exif(int orientation)
    {
        var tiff = ExifOrientation.Write(orientation);
        return [0xFF, App1, 0, (byte)(2 + ExifHead.Length + tiff.Length), .. ExifHead, .. tiff];
    }
}
