using GridMap.Core.Coordinates;

namespace GridMap.Core.Posters.Battle;

/// <summary>A small map of the whole territory that shows where the grid of a poster lies. Stateless.</summary>
internal static class PosterInset
{
    private const double Longest = 34;
    private const double Head = 4.4;
    private const double Padding = 1.4;
    private const double Coarse = 0.12;

    /// <summary>How wide and high it is; null when the grid is the whole territory.</summary>
    public static (double Width, double Height)? Extent(PosterMapContent map, double letters)
    {
        var outermost = Outermost(map);
        if (outermost.Count == 1 && outermost[0] == map.Focus)
            return null;
        var around = PosterArcs.Around(map.Coverage, outermost);
        var plane = LocalPlane.At(new LonLat(around.Centre.X, around.Centre.Y));
        var (width, height) = (around.Width * plane.MetresPerDegreeEast, around.Height * plane.MetresPerDegreeNorth);
        var scale = Longest * letters / Math.Max(1, Math.Max(width, height));
        var least = Longest / 3 * letters;
        return (Math.Max(least, width * scale) + 2 * Padding * letters, Math.Max(least, height * scale) + (2 * Padding + Head) * letters);
    }

    /// <summary>Draws it in a place of its extent.</summary>
    public static void Draw(SvgWriter svg, PosterMapContent map, IReadOnlyList<PosterRow> rows, string title, PictureBox place, double letters)
    {
        MapPlate.Draw(svg, place, letters);
        svg.Element("rect", ("x", place.X), ("y", place.Y), ("width", place.Width), ("height", place.Height), ("rx", 1.2 * letters), ("fill", "none"), ("stroke", SheetColours.Line), ("stroke-width", 0.2 * letters));
        svg.Text(place.X + 1.6 * letters, place.Y + 3.5 * letters, title, 2.5 * letters, SheetColours.Soft, ("font-weight", "bold"));
        var outermost = Outermost(map);
        var inner = new PictureBox(place.X + Padding * letters, place.Y + (Head + 0.4) * letters, place.Width - 2 * Padding * letters, place.Height - (Head + Padding) * letters);
        var frame = new MapFrame(inner, PosterArcs.Around(map.Coverage, outermost), 0);
        var arcs = new PosterArcs(frame, map.Coverage, Coarse * letters);
        foreach (var grid in outermost)
            Area(svg, arcs.Rings(grid), SheetColours.Other);
        Area(svg, map.Focus is { } focus ? arcs.Rings(focus) : [.. rows.SelectMany(row => arcs.Rings(row.Grid))], SheetColours.Strong);
        var (fine, thick) = (new List<IReadOnlyList<(double X, double Y)>>(), new List<IReadOnlyList<(double X, double Y)>>());
        for (var arc = 0; arc < map.Coverage.Arcs.Count; arc++)
        {
            var (left, right) = (map.Coverage.Faces[map.Coverage.Arcs[arc].LeftFace], map.Coverage.Faces[map.Coverage.Arcs[arc].RightFace]);
            if (left.GridAt(1) != right.GridAt(1))
                thick.Add(arcs.Line(arc));
            else if (map.Level > 1 && left.GridAt(2) != right.GridAt(2))
                fine.Add(arcs.Line(arc));
        }

        Lines(svg, fine, PosterColours.AroundBorder, 0.12 * letters);
        Lines(svg, thick, SheetColours.Soft, 0.3 * letters);
    }

    private static List<int> Outermost(PosterMapContent map) => [.. Enumerable.Range(0, map.Coverage.Grids.Count).Where(grid => map.Coverage.Grids[grid].Level == 1)];

    private static void Area(SvgWriter svg, IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, string fill) =>
        svg.Element("path", ("d", MapFrame.Path(rings, closed: true)), ("fill", fill), ("fill-rule", "evenodd"));

    private static void Lines(SvgWriter svg, List<IReadOnlyList<(double X, double Y)>> lines, string stroke, double width)
    {
        if (lines.Count > 0)
            svg.Element("path", ("d", MapFrame.Path(lines, closed: false)), ("fill", "none"), ("stroke", stroke), ("stroke-width", width));
    }
}
