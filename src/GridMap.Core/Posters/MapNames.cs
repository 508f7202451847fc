namespace GridMap.Core.Posters;

/// <summary>Names on a map: how they are broken, how much room they need, how they are drawn over colours. Stateless.</summary>
internal static class MapNames
{
    private const double LineHeight = 1.22;
    private const double BoldIsWider = 1.06;

    /// <summary>A name on one line, and on two when it can be broken: at a space, before 第, else in its middle.</summary>
    public static IEnumerable<string[]> Lines(string name)
    {
        yield return [name];
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        var ordinal = name.IndexOf('第', StringComparison.Ordinal);
        if (space > 0)
            yield return [name[..space], name[(space + 1)..]];
        else if (ordinal > 0)
            yield return [name[..ordinal], name[ordinal..]];
        else if (name.Length > 4 && !char.IsHighSurrogate(name[name.Length / 2 - 1]))
            yield return [name[..(name.Length / 2)], name[(name.Length / 2)..]];
    }

    /// <summary>How wide and high lines are.</summary>
    public static (double Width, double Height) Extent(IReadOnlyList<string> lines, double size, bool bold) =>
        (lines.Max(TextMeasure.Width) * size * (bold ? BoldIsWider : 1), ((lines.Count - 1) * LineHeight + 1) * size);

    /// <summary>Draws lines in a place of their extent, with a rim that keeps them legible on any colour.</summary>
    public static void Draw(SvgWriter svg, PictureBox place, IReadOnlyList<string> lines, double size, string fill, bool bold, string rim = SheetColours.Paper)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            svg.Text(
                place.CenterX, place.Y + (0.86 + i * LineHeight) * size, lines[i], size, fill, ("text-anchor", "middle"), ("font-weight", bold ? "bold" : null),
                ("stroke", rim), ("stroke-width", size * 0.22), ("stroke-opacity", 0.85), ("paint-order", "stroke"));
        }
    }
}
