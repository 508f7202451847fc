namespace GridMap.Core.Posters;

/// <summary>Draws the map of a sheet: ground, neighbours, the parent, the grid itself, names, scale bar, north, legend. Used once; not thread safe.</summary>
internal sealed class SheetMap
{
    private const string Frame = "frame";
    private const double RoomForNeighbours = 0.24; // So that they are seen and can be named.
    private const double RoomForNobody = 0.06;
    private const double LargestName = 4.2;
    private const double SmallestName = 2.1;
    private const double LargestOwnName = 7;
    private const double SmallestOwnName = 2.8;
    private const double LargestChildName = 2.8;
    private const double LegendLine = 5;
    private const double MarkRadius = 1.9;
    private const short Own = 0;
    private const int MostNames = 500;

    private readonly SvgWriter svg;
    private readonly SheetMapContent content;
    private readonly SheetWords words;
    private readonly MapFrame frame;
    private readonly LabelRaster raster;
    private readonly List<string> numbered = [];

    public SheetMap(SvgWriter svg, PictureBox box, SheetMapContent content, SheetWords words)
    {
        (this.svg, this.content, this.words) = (svg, content, words);
        frame = new MapFrame(box, content.Grid.EnvelopeInternal, content.Others.Count > 0 ? RoomForNeighbours : RoomForNobody);
        raster = new LabelRaster(box);
    }

    /// <summary>Draws it.</summary>
    /// <returns>The names of neighbours that had no room and got a number instead, from 1.</returns>
    public IReadOnlyList<string> Draw()
    {
        var box = frame.Box;
        svg.Open("clipPath", ("id", Frame));
        svg.Element("rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height));
        svg.Close();
        svg.Open("g", ("clip-path", $"url(#{Frame})"), ("stroke-linejoin", "round"), ("stroke-linecap", "round"));
        svg.Element("rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height), ("fill", SheetColours.Outside));
        var others = content.Others.Where(other => other.Polygons.EnvelopeInternal.Intersects(frame.Visible))
            .Select(other => (Grid: other, Rings: frame.Rings(other.Polygons))).Where(other => other.Rings.Count > 0).ToList();
        foreach (var (grid, rings) in others)
            Area(rings, grid.IsSibling ? SheetColours.Sibling : SheetColours.Other);
        var own = frame.Rings(content.Grid);
        Area(own, SheetColours.OwnGround);
        new MapGround(svg, frame).Draw(content.Ground);
        foreach (var (_, rings) in others)
            Border(rings, SheetColours.NeighbourBorder, 0.3);
        foreach (var child in content.Children)
            Border(frame.Rings(child.Polygons), SheetColours.ChildBorder, 0.2, "1 0.8");
        if (content.Parent is { } parent)
            Border(frame.Rings(parent), SheetColours.ParentBorder, 0.7, "4 1.6");
        Border(own, SheetColours.Paper, 2.2);
        Border(own, SheetColours.Strong, 1.15);
        DrawNames(own, others);
        svg.Close();
        DrawFurniture();
        svg.Element("rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height), ("fill", "none"), ("stroke", SheetColours.Soft), ("stroke-width", 0.35));
        return numbered;
    }

    private void Area(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, string fill, double opacity = 1) => svg.Element(
        "path", ("d", MapFrame.Path(rings, closed: true)), ("fill", fill), ("fill-rule", "evenodd"), ("fill-opacity", opacity < 1 ? opacity : null));

    private void Border(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, string stroke, double width, string? dashes = null) => svg.Element(
        "path", ("d", MapFrame.Path(rings, closed: true)), ("fill", "none"), ("stroke", stroke), ("stroke-width", width), ("stroke-dasharray", dashes));

    private void DrawNames(
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> own, List<(SheetGrid Grid, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings)> others)
    {
        // Thousands of specks beside a large grid would take long and get no name anyway.
        others = [.. others.Where(other => other.Grid.IsNeighbour || HasRoom(other.Rings)).Take(MostNames)];
        for (var i = 0; i < others.Count; i++)
            raster.Own((short)(i + 1), others[i].Rings);
        raster.Own(Own, own);
        foreach (var place in Furniture())
            raster.Take(place);
        _ = Name(Own, content.Name, LargestOwnName, SmallestOwnName, SheetColours.Strong, bold: true);

        // Neighbours first, the one with the least room before all others; who lies further off is named where there is room left.
        foreach (var (grid, owner) in others.Select((other, i) => (other.Grid, Owner: (short)(i + 1)))
            .OrderByDescending(other => other.Grid.IsNeighbour).ThenBy(other => raster.Seen(other.Owner)))
        {
            if (!Name(owner, grid.Name, LargestName, grid.IsNeighbour ? SmallestName : LargestChildName, grid.IsNeighbour ? SheetColours.Ink : SheetColours.Soft, bold: false)
                && grid.IsNeighbour)
            {
                Mark(owner, grid.Name);
            }
        }

        var owned = (short)others.Count;
        foreach (var (child, rings) in content.Children.Select(child => (child, frame.Rings(child.Polygons))).Where(child => HasRoom(child.Item2)).Take(MostNames))
        {
            raster.Own(++owned, rings);
            _ = Name(owned, child.Name, LargestChildName, SmallestName, SheetColours.Soft, bold: false);
        }
    }

    private static bool HasRoom(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var points = rings.SelectMany(ring => ring).ToList();
        return points.Count > 0 && points.Max(at => at.X) - points.Min(at => at.X) > 2 * SmallestName && points.Max(at => at.Y) - points.Min(at => at.Y) > SmallestName;
    }

    // As large as it can be, on one line or two.
    private bool Name(short owner, string name, double largest, double smallest, string fill, bool bold)
    {
        for (var size = largest; size >= smallest - 0.01; size -= 0.35)
        {
            foreach (var lines in MapNames.Lines(name))
            {
                var (width, height) = MapNames.Extent(lines, size, bold);
                if (raster.Place(owner, width, height) is not { } place)
                    continue;
                MapNames.Draw(svg, place, lines, size, fill, bold);
                return true;
            }
        }

        return false;
    }

    private void Mark(short owner, string name)
    {
        if ((raster.Place(owner, 2 * MarkRadius, 2 * MarkRadius) ?? raster.Spot(owner, MarkRadius)) is not { } place)
            return;
        numbered.Add(name);
        svg.Element("circle", ("cx", place.CenterX), ("cy", place.CenterY), ("r", MarkRadius), ("fill", SheetColours.Paper), ("stroke", SheetColours.Ink), ("stroke-width", 0.25));
        svg.Text(place.CenterX, place.CenterY + 0.85, $"{numbered.Count}", numbered.Count > 9 ? 2 : 2.4, SheetColours.Ink, ("text-anchor", "middle"), ("font-weight", "bold"));
    }

    private IEnumerable<PictureBox> Furniture() => [ScaleBar.Place(frame), NorthPlace, LegendPlace];

    private PictureBox NorthPlace => new(frame.Box.Right - NorthArrow.Width - 2, frame.Box.Y + 2, NorthArrow.Width, NorthArrow.Height);

    private PictureBox LegendPlace
    {
        get
        {
            var height = 3.2 + LegendLine * Legend.Count;
            return new PictureBox(frame.Box.X + 2, frame.Box.Bottom - height - 2, 12 + 2.9 * Legend.Max(line => TextMeasure.Width(line.Text)), height);
        }
    }

    // Of what there is.
    private List<(string Text, string Stroke, double Width, string? Dashes)> Legend
    {
        get
        {
            var lines = new List<(string, string, double, string?)> { (words.ThisGrid, SheetColours.Strong, 1.15, null) };
            if (content.Parent is not null)
                lines.Add((words.ParentBorder, SheetColours.ParentBorder, 0.7, "3 1.2"));
            if (content.Others.Count > 0)
                lines.Add((words.NeighbourBorder, SheetColours.NeighbourBorder, 0.3, null));
            if (content.Children.Count > 0)
                lines.Add((words.ChildBorder, SheetColours.ChildBorder, 0.3, "1 0.8"));
            return lines;
        }
    }

    private void DrawFurniture()
    {
        ScaleBar.Draw(svg, frame, ScaleBar.Place(frame));
        NorthArrow.Draw(svg, NorthPlace, words.NorthMark);
        MapPlate.Draw(svg, LegendPlace);
        var (x, y) = (LegendPlace.X + 2, LegendPlace.Y + 4.2);
        foreach (var (text, stroke, width, dashes) in Legend)
        {
            svg.Element("path", ("d", $"M{SvgWriter.Number(x)} {SvgWriter.Number(y - 1)}h7"), ("fill", "none"), ("stroke", stroke), ("stroke-width", width), ("stroke-dasharray", dashes));
            svg.Text(x + 8.5, y, text, 2.8, SheetColours.Ink);
            y += LegendLine;
        }
    }
}
