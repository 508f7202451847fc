using System.Buffers.Binary;
using System.Text;

namespace GridMap.Api.Tests.Issues;

/// <summary>Small real pictures of 4 by 3 pixels, and the same as a telephone would write them, full of what must not be kept.</summary>
internal static class TestPictures
{
    /// <summary>Stands in every piece of metadata.</summary>
    public const string Secret = "23.04512N113.0991E";

    public static byte[] Jpeg { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/" +
        "2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAADAAQDASIAAhEBAxEB/8QA" +
        "FQABAQAAAAAAAAAAAAAAAAAAAAj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAM" +
        "AwEAAhEDEQA/AJ/AB//Z");

    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAADElEQVQImWNgIAoAAAAnAAGfWjwcAAAAAElFTkSuQmCC");

    public static byte[] WebP { get; } = Convert.FromBase64String("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoEAAMAAgA0JaQAA3AA/vv9UAA=");

    /// <summary>A PNG of some hundred bytes that says it has so many pixels.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var bytes = (byte[])Png.Clone();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc(bytes.AsSpan(12, 17)));
        return bytes;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    public static byte[] Plain(string kind) => kind switch { "jpeg" => Jpeg, "png" => Png, _ => WebP };

    /// <summary>The same picture with place, maker, words and previews in every way that its format has.</summary>
    public static byte[] FromTelephone(string kind, int orientation, bool littleEndian = true) => kind switch
    {
        "jpeg" => TelephoneJpeg(Tiff(orientation, littleEndian)),
        "png" => TelephonePng(Tiff(orientation, littleEndian)),
        _ => TelephoneWebP(Tiff(orientation, littleEndian)),
    };

    /// <summary>A TIFF directory of orientation, maker and a pointer to a directory with the place.</summary>
    public static byte[] Tiff(int orientation, bool littleEndian)
    {
        var bytes = new List<byte>();
        void Add16(int value) => bytes.AddRange(littleEndian ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value]);
        void Add32(int value)
        {
            Span<byte> four = stackalloc byte[4];
            if (littleEndian)
            {
                BinaryPrimitives.WriteInt32LittleEndian(four, value);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(four, value);
            }

            bytes.AddRange(four);
        }

        void Entry(int tag, int type, int count, int value)
        {
            Add16(tag);
            Add16(type);
            Add32(count);
            if (type == 3)
            {
                Add16(value);
                Add16(0);
            }
            else
            {
                Add32(value);
            }
        }

        bytes.AddRange(Encoding.ASCII.GetBytes(littleEndian ? "II" : "MM"));
        Add16(42);
        Add32(8);
        Add16(3);
        Entry(0x010F, 2, Secret.Length, 50);
        Entry(0x0112, 3, 1, orientation);
        Entry(0x8825, 4, 1, 50 + Secret.Length);
        Add32(0);
        bytes.AddRange(Encoding.ASCII.GetBytes(Secret));
        Add16(1);
        Entry(0x001D, 2, Secret.Length, 50);
        Add32(0);
        return [.. bytes];
    }

    private static byte[] TelephoneJpeg(byte[] tiff)
    {
        byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
        byte[] Words(string head) => Encoding.Latin1.GetBytes($"{head}\0{Secret}");
        var jfifEnd = 2 + 18;
        return
        [
            .. Jpeg[..2],
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]),
            .. Jpeg[2..jfifEnd],
            .. Segment(0xE0, Words("JFXX")),
            .. Segment(0xE1, Words("http://ns.adobe.com/xap/1.0/")),
            .. Segment(0xE2, Words("MPF")),
            .. Segment(0xED, Words("Photoshop 3.0")),
            .. Segment(0xFE, Words("a comment")),
            .. (byte[])[0xFF, 0xFF, 0xFF],
            .. Segment(0xEF, Words("maker")),
            .. Jpeg[jfifEnd..],
            .. TelephonePreview(tiff),
        ];

        // A second whole picture behind the first, as telephones write for films and depth.
        static byte[] TelephonePreview(byte[] tiff) => [.. Jpeg[..2], 0xFF, 0xE1, 0, (byte)(tiff.Length + 8), .. "Exif\0\0"u8, .. tiff, .. Jpeg[2..]];
    }

    private static byte[] TelephonePng(byte[] tiff)
    {
        byte[] Chunk(string type, byte[] data)
        {
            byte[] chunk = [0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
            return chunk;
        }

        var words = Encoding.Latin1.GetBytes($"Comment\0{Secret}");
        var headerEnd = 8 + 25;
        return
        [
            .. Png[..headerEnd],
            .. Chunk("eXIf", tiff),
            .. Chunk("tEXt", words), .. Chunk("iTXt", words), .. Chunk("zTXt", words), .. Chunk("caBX", words), .. Chunk("prVt", words),
            .. Png[headerEnd..],
            .. words,
        ];
    }

    private static byte[] TelephoneWebP(byte[] tiff)
    {
        byte[] Chunk(string type, byte[] data) =>
            [.. Encoding.ASCII.GetBytes(type), (byte)data.Length, (byte)(data.Length >> 8), 0, 0, .. data, .. data.Length % 2 == 1 ? new byte[1] : []];

        // Flags for EXIF and XMP, then the width and height less one, 24 bits each.
        byte[] extended = [0x0C, 0, 0, 0, 3, 0, 0, 2, 0, 0];
        var words = Encoding.Latin1.GetBytes($"<x>{Secret}</x>");
        byte[] file = [.. WebP[..12], .. Chunk("VP8X", extended), .. WebP[12..], .. Chunk("EXIF", tiff), .. Chunk("XMP ", words), .. Chunk("prvt", words)];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return [.. file, .. words];
    }
}
