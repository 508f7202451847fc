using System.Globalization;

namespace GridMap.Core.Posters;

/// <summary>A bar of a round number of metres, in four pieces. Stateless.</summary>
internal static class ScaleBar
{
    private const double LongestMillimetres = 46;
    private const double Height = 11;
    private const double Side = 6;

    /// <summary>How wide and high it is.</summary>
    /// <param name="frame">Of the map.</param>
    /// <param name="size">Against that on A4.</param>
    public static (double Width, double Height) Extent(MapFrame frame, double size = 1) => (Metres(frame, size) * frame.Scale + 2 * Side * size, Height * size);

    /// <summary>Its place in the lower right corner.</summary>
    public static PictureBox Place(MapFrame frame)
    {
        var (width, height) = Extent(frame);
        return new PictureBox(frame.Box.Right - width - 2, frame.Box.Bottom - height - 2, width, height);
    }

    /// <summary>Draws it in a place of its extent.</summary>
    public static void Draw(SvgWriter svg, MapFrame frame, PictureBox place, double size = 1)
    {
        var metres = Metres(frame, size);
        MapPlate.Draw(svg, place, size);
        var (x, y, piece) = (place.X + Side * size, place.Y + 6.2 * size, metres * frame.Scale / 4);
        for (var i = 0; i < 4; i++)
        {
            svg.Element(
                "rect", ("x", x + i * piece), ("y", y), ("width", piece), ("height", 1.5 * size), ("fill", i % 2 == 0 ? SheetColours.Ink : SheetColours.Paper),
                ("stroke", SheetColours.Ink), ("stroke-width", 0.25 * size));
        }

        foreach (var share in (double[])[0, 0.5, 1])
            svg.Text(x + 4 * piece * share, y - 1.3 * size, Text(metres * share, isLast: share == 1, metres), 2.7 * size, SheetColours.Ink, ("text-anchor", "middle"));
    }

    // 1, 2, 4 or 5 and noughts: the half of each is a number that can be written.
    private static double Metres(MapFrame frame, double size)
    {
        var longest = LongestMillimetres * size / frame.Scale;
        var power = Math.Pow(10, Math.Floor(Math.Log10(longest)));
        return new[] { 5, 4, 2, 1 }.First(digit => digit * power <= longest) * power;
    }

    private static string Text(double metres, bool isLast, double whole)
    {
        var number = (whole >= 1000 ? metres / 1000 : metres).ToString("0.##", CultureInfo.InvariantCulture);
        return isLast ? $"{number} {(whole >= 1000 ? "km" : "m")}" : number;
    }
}
