using System.Globalization;
using System.Text;
using GridMap.Api.Hosting;

namespace GridMap.Api.Exports;

/// <summary>
/// Holds texts to what a Shapefile's table takes: 254 bytes each, in its encoding. GDAL would cut off what is longer and put a
/// question mark for what GBK has no character for, and tell nobody.
/// </summary>
internal static class ShapefileTexts
{
    private const int MaxBytes = 254;
    private const int Gbk = 936;
    private const int LanguageDriverAt = 29;
    private const byte LanguageDriverOf936 = 0x4D;

    // Code page 936 throws at what it lacks; GB18030 has everything, and Shapefile readers do not know it.
    private static readonly Encoding StrictGbk =
        CodePagesEncodingProvider.Instance.GetEncoding(Gbk, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Looks at every text.</summary>
    /// <exception cref="ProblemException">A text does not fit, or has a character that the encoding lacks; it names the grid.</exception>
    public static void Check(IEnumerable<ExportedGrid> grids, string encoding)
    {
        var bytes = encoding == ExportRequest.Gbk ? StrictGbk : Encoding.UTF8;
        foreach (var grid in grids)
        {
            foreach (var (field, text) in GridFeatures.Texts(grid))
                Check(grid, field, text, bytes);
        }
    }

    /// <summary>
    /// Says the encoding in both places where programs look for it: 936 in the file beside the table, which they know by its number, and
    /// the table's own header. GDAL writes the one as GBK and the other not at all.
    /// </summary>
    /// <param name="shapefile">The path without an ending.</param>
    /// <param name="encoding">UTF-8 or GBK.</param>
    public static void Declare(string shapefile, string encoding)
    {
        File.WriteAllText($"{shapefile}.cpg", encoding == ExportRequest.Gbk ? Gbk.ToString(CultureInfo.InvariantCulture) : encoding);
        if (encoding != ExportRequest.Gbk)
            return;
        using var table = File.OpenWrite($"{shapefile}.dbf");
        table.Position = LanguageDriverAt;
        table.WriteByte(LanguageDriverOf936);
    }

    private static void Check(ExportedGrid grid, string field, string text, Encoding bytes)
    {
        try
        {
            var length = bytes.GetByteCount(text);
            if (length > MaxBytes)
            {
                throw new ProblemException(Problem.Bad(
                    "format", "text_too_long",
                    $"The {field} of grid {grid.Grid.Code} takes {length} bytes, and a Shapefile holds {MaxBytes}. Choose gpkg, or leave people out."));
            }
        }
        catch (EncoderFallbackException e)
        {
            var character = e.CharUnknownHigh != 0 ? char.ConvertFromUtf32(char.ConvertToUtf32(e.CharUnknownHigh, e.CharUnknownLow)) : e.CharUnknown.ToString();
            throw new ProblemException(Problem.Bad(
                "encoding", "encoding_lacks", $"The {field} of grid {grid.Grid.Code} has the character {character}, which GBK lacks. encoding is utf-8 here."));
        }
    }
}
