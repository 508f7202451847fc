using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace GridMap.Api.Imports.Sources;

/// <summary>
/// Which encoding the texts of a dBASE table are in. Planning bureaus send GBK without a .cpg, or with one that says something
/// else, so the bytes have the last word: what is UTF-8 throughout is UTF-8, else what is GBK throughout, and looks like Chinese, is GBK.
/// </summary>
internal static partial class DbfEncoding
{
    public const string Utf8 = "UTF-8";
    public const string Gb18030 = "GB18030"; // has all of GBK

    private const int HeaderBytes = 32;
    private const int NameBytes = 11;
    private const long SampledBytes = 8 << 20;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The encoding's name for GDAL; null when neither the bytes nor a .cpg tell it.</summary>
    /// <param name="dbf">The table's path.</param>
    /// <param name="cpg">What the .cpg says, or null.</param>
    public static string? Detect(string dbf, string? cpg)
    {
        bool utf8 = true, gbk = true, ascii = true;
        int common = 0, rare = 0;
        foreach (var text in Texts(dbf))
        {
            if (!text.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)0x7F))
                continue;
            ascii = false;
            utf8 = utf8 && Decodes(Strict, text);
            gbk = gbk && Decodes(Gbk.Strict, text);
            Count(text, ref common, ref rare);
        }

        if (ascii || utf8)
            return Utf8;
        return gbk && common > rare && !IsOtherEastAsian(cpg) ? Gb18030 : cpg;
    }

    /// <summary>What a .cpg file says, as GDAL takes it; null for none, or one that says nothing.</summary>
    public static string? ReadCpg(string path)
    {
        if (!File.Exists(path))
            return null;
        using var reader = new StreamReader(path, Encoding.Latin1);
        var buffer = new char[64];
        var text = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
        return Name().IsMatch(text) ? text.ToUpperInvariant() switch { "936" or "CP936" or "GBK" or "GB2312" => Gb18030, "65001" or "UTF8" => Utf8, var other => other } : null;
    }

    /// <summary>True for a text that may be handed to GDAL as an encoding's name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    // Big5, EUC-KR and Shift-JIS bytes are often valid GBK: there the .cpg is believed.
    private static bool IsOtherEastAsian(string? cpg) =>
        cpg is "BIG5" or "950" or "CP950" or "EUC-KR" or "949" or "CP949" or "SHIFT-JIS" or "SHIFT_JIS" or "932" or "CP932";

    // The accented letters of European texts are valid GBK too, each with the letter after it. Chinese is made of pairs of high bytes.
    private static void Count(byte[] text, ref int common, ref int rare)
    {
        const byte First = 0xA1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
                continue;
            if (i + 1 < text.Length && text[i] >= First && text[i + 1] >= First)
                common++;
            else
                rare++;
            i++;
        }
    }

    private static bool Decodes(Encoding encoding, byte[] text)
    {
        // A field is cut at its width, perhaps within a character: up to three last bytes may be the start of one.
        for (var cut = 0; cut <= Math.Min(3, text.Length); cut++)
        {
            try
            {
                encoding.GetCharCount(text, 0, text.Length - cut);
                return true;
            }
            catch (DecoderFallbackException)
            {
                // Try without the last byte.
            }
        }

        return false;
    }

    /// <summary>The names of the fields and the values of the text fields, without padding.</summary>
    private static IEnumerable<byte[]> Texts(string dbf)
    {
        using var file = File.OpenRead(dbf);
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            yield break;
        int headerLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
        int recordLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10));
        var textFields = new List<(int Start, int Length)>();
        var descriptor = new byte[HeaderBytes];
        for (int at = HeaderBytes, start = 1; at + HeaderBytes <= headerLength; at += HeaderBytes)
        {
            if (file.ReadAtLeast(descriptor, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || descriptor[0] == 0x0D)
                break;
            yield return Trim(descriptor.AsSpan(0, NameBytes));
            if (descriptor[11] == 'C')
                textFields.Add((start, descriptor[16]));
            start += descriptor[16];
        }

        if (recordLength == 0 || textFields.Count == 0)
            yield break;
        file.Position = headerLength;
        var record = new byte[recordLength];
        while (file.Position < SampledBytes && file.ReadAtLeast(record, recordLength, throwOnEndOfStream: false) == recordLength)
        {
            foreach (var (start, length) in textFields.Where(field => field.Start + field.Length <= recordLength))
                yield return Trim(record.AsSpan(start, length));
        }
    }

    private static byte[] Trim(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        return (end < 0 ? text : text[..end]).TrimEnd((byte)' ').ToArray();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
