using System.Text;

namespace GridMap.Core.Posters;

/// <summary>
/// How wide a text will be, without a font at hand: Han characters fill their square, Latin ones about half of it (of Noto Sans CJK,
/// rounded up, so that what is laid out by it never runs over). Stateless.
/// </summary>
internal static class TextMeasure
{
    private const int FirstWide = 0x2E80;

    /// <summary>The width at font size 1.</summary>
    public static double Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>The largest size, not above one, at which a text is no wider than that.</summary>
    public static double Fit(string text, double width, double size) => Math.Min(size, width / Math.Max(0.01, Width(text)));

    /// <summary>Breaks a text into lines: after a sign of punctuation if it can be, else after a space, else between any two Han characters.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="width">Of a line.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="lines">So many at most; the last one then ends in an ellipsis.</param>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, int lines)
    {
        var made = new List<string>();
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            if (Width(rest) * size <= width)
            {
                made.Add(rest);
                break;
            }

            if (made.Count == lines - 1)
            {
                made.Add(Cut(rest, width / size));
                break;
            }

            var end = Break(rest, width / size);
            made.Add(rest[..end].Trim());
            rest = rest[end..].Trim();
        }

        return made;
    }

    private static double Width(Rune rune) => rune.Value switch
    {
        >= FirstWide => 1,
        ' ' => 0.26,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.9,
        >= 'A' and <= 'Z' => 0.68,
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.36,
        '·' or '—' or '…' => 1,
        _ => 0.58,
    };

    private static string Cut(string text, double ems)
    {
        var kept = new StringBuilder();
        var sum = 1.0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((sum += Width(rune)) > ems)
                break;
            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    // Not before a sign that closes: such a line would begin with it.
    private static int Break(string text, double ems)
    {
        var (sum, at, sign, space, any) = (0.0, 0, 0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            sum += Width(rune);
            if (sum > ems && any > 0)
                break;
            at += rune.Utf16SequenceLength;
            if (at < text.Length && "，。、；：）)」》,.;:".Contains(text[at], StringComparison.Ordinal))
                continue;
            if (rune.Value is '，' or '、' or '；' or '。' or ',' or ';')
                sign = at;
            else if (rune.Value is ' ')
                space = at;
            if (rune.Value >= FirstWide || any == 0)
                any = at;
        }

        return sign > at / 3 ? sign : space > at / 2 ? space : any;
    }
}
