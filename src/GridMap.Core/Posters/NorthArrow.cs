namespace GridMap.Core.Posters;

/// <summary>The arrow to the north. Stateless.</summary>
internal static class NorthArrow
{
    public const double Width = 11;
    public const double Height = 16;

    /// <summary>Draws it.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="place">As wide and high as the two constants say, times the size.</param>
    /// <param name="mark">The word for north.</param>
    /// <param name="size">Against that on A4.</param>
    public static void Draw(SvgWriter svg, PictureBox place, string mark, double size = 1)
    {
        MapPlate.Draw(svg, place, size);
        var (x, y) = (place.CenterX, place.Y);
        var (wing, length, notch) = (SvgWriter.Number(3 * size), SvgWriter.Number(9.2 * size), SvgWriter.Number(1.9 * size));
        svg.Element("path", ("d", $"M{SvgWriter.Number(x)} {SvgWriter.Number(y + 5.2 * size)}l{wing} {length}l-{wing} -{notch}l-{wing} {notch}z"), ("fill", SheetColours.Ink));
        svg.Text(x, y + 4.4 * size, mark, 3.4 * size, SheetColours.Ink, ("text-anchor", "middle"), ("font-weight", "bold"));
    }
}
