namespace GridMap.Core.Posters;

/// <summary>The pale plate under what stands on a map without being of it.</summary>
internal static class MapPlate
{
    public static void Draw(SvgWriter svg, PictureBox place, double size = 1) => svg.Element(
        "rect", ("x", place.X), ("y", place.Y), ("width", place.Width), ("height", place.Height), ("rx", 1.2 * size), ("fill", SheetColours.Paper), ("fill-opacity", 0.86));
}
