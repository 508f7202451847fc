using System.Text;

namespace GridMap.Api.Imports.Sources;

/// <summary>GB18030, which has all of GBK (code page 936), the encoding of Chinese desktop software.</summary>
internal static class Gbk
{
    /// <summary>Replaces what it cannot read.</summary>
    public static Encoding Encoding { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>Throws at what it cannot read.</summary>
    public static Encoding Strict { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
