using System.Globalization;

namespace GridMap.Core.Posters;

/// <summary>A bar of a round number of metres, in four pieces, in the lower right corner. Stateless.</summary>
internal static class ScaleBar
{
    private const double LongestMillimetres = 46;
    private const double Height = 11;
    private const double Side = 6;

    /// <summary>Where it stands.</summary>
    public static PictureBox Place(MapFrame frame)
    {
        var width = Metres(frame) * frame.Scale + 2 * Side;
        return new PictureBox(frame.Box.Right - width - 2, frame.Box.Bottom - Height - 2, width, Height);
    }

    /// <summary>Draws it.</summary>
    public static void Draw(SvgWriter svg, MapFrame frame)
    {
        var (place, metres) = (Place(frame), Metres(frame));
        svg.Element("rect", ("x", place.X), ("y", place.Y), ("width", place.Width), ("height", place.Height), ("rx", 1.2), ("fill", SheetColours.Paper), ("fill-opacity", 0.86));
        var (x, y, piece) = (place.X + Side, place.Y + 6.2, metres * frame.Scale / 4);
        for (var i = 0; i < 4; i++)
        {
            svg.Element(
                "rect", ("x", x + i * piece), ("y", y), ("width", piece), ("height", 1.5), ("fill", i % 2 == 0 ? SheetColours.Ink : SheetColours.Paper),
                ("stroke", SheetColours.Ink), ("stroke-width", 0.25));
        }

        foreach (var share in (double[])[0, 0.5, 1])
            svg.Text(x + 4 * piece * share, y - 1.3, Text(metres * share, isLast: share == 1, metres), 2.7, SheetColours.Ink, ("text-anchor", "middle"));
    }

    // 1, 2, 4 or 5 and noughts: the half of each is a number that can be written.
    private static double Metres(MapFrame frame)
    {
        var longest = LongestMillimetres / frame.Scale;
        var power = Math.Pow(10, Math.Floor(Math.Log10(longest)));
        return new[] { 5, 4, 2, 1 }.First(digit => digit * power <= longest) * power;
    }

    private static string Text(double metres, bool isLast, double whole)
    {
        var number = (whole >= 1000 ? metres / 1000 : metres).ToString("0.##", CultureInfo.InvariantCulture);
        return isLast ? $"{number} {(whole >= 1000 ? "km" : "m")}" : number;
    }
}
