using System.Globalization;
using System.Text;

namespace GridMap.Core.Posters;

/// <summary>Writes SVG: elements, attributes and texts, escaped; lengths in the units of the picture, to a hundredth. Not thread safe.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder text = new();
    private readonly Stack<string> open = new();

    /// <summary>A length or position.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Opens an element; <see cref="Close"/> ends it.</summary>
    public void Open(string name, params (string Name, object? Value)[] attributes)
    {
        Start(name, attributes);
        text.Append('>');
        open.Push(name);
    }

    /// <summary>Ends the element that was opened last.</summary>
    public void Close() => text.Append("</").Append(open.Pop()).Append('>');

    /// <summary>An element without content.</summary>
    public void Element(string name, params (string Name, object? Value)[] attributes)
    {
        Start(name, attributes);
        text.Append("/>");
    }

    /// <summary>A line of text.</summary>
    /// <param name="x">Of its anchor.</param>
    /// <param name="y">Of its baseline.</param>
    /// <param name="content">Plain text.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="fill">Its colour.</param>
    /// <param name="more">Further attributes.</param>
    public void Text(double x, double y, string content, double size, string fill, params (string Name, object? Value)[] more)
    {
        Start("text", [("x", x), ("y", y), ("font-size", size), ("fill", fill), .. more]);
        text.Append('>').Append(Escape(content)).Append("</text>");
    }

    /// <summary>All that was written.</summary>
    public override string ToString() => text.ToString();

    private void Start(string name, (string Name, object? Value)[] attributes)
    {
        text.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
                text.Append(' ').Append(key).Append("=\"").Append(Escape(value is double number ? Number(number) : Convert.ToString(value, CultureInfo.InvariantCulture)!)).Append('"');
        }
    }

    // What XML has no place for becomes a space: a name may have come in a file of long ago.
    private static string Escape(string raw)
    {
        var escaped = new StringBuilder(raw.Length);
        foreach (var rune in raw.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < ' ' or 0xFFFE or 0xFFFF => " ",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }
}
