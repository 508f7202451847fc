using GridMap.Core.Coverages;

namespace GridMap.Core.Posters.Battle;

/// <summary>Draws the map of a poster: ground, grids around, the rows by colour and pattern, borders by level, names, scale bar, north, inset. Used once; not thread safe.</summary>
internal sealed class PosterMap
{
    private const string Clip = "map";
    private const double RoomForAround = 0.08;
    private const double RoomForNobody = 0.015;
    private const double PrintersDot = 0.03;
    private const int MostNames = 400;

    private readonly SvgWriter svg;
    private readonly PosterContent content;
    private readonly PosterWords words;
    private readonly IReadOnlyList<PosterRow> rows;
    private readonly double letters;
    private readonly MapFrame frame;
    private readonly PosterArcs arcs;
    private readonly LabelRaster raster;
    private readonly List<IReadOnlyList<IReadOnlyList<(double X, double Y)>>> rowRings;
    private readonly List<(int Grid, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings)> around = [];

    public PosterMap(SvgWriter svg, PosterLayout layout, PosterContent content, IReadOnlyList<PosterRow> rows, PosterWords words)
    {
        (this.svg, this.content, this.words, this.rows, letters) = (svg, content, words, rows, layout.Text);
        var (coverage, level) = (content.Map.Coverage, content.Map.Level);
        var shown = rows.Select(row => row.Grid).ToHashSet();
        var others = Enumerable.Range(0, coverage.Grids.Count).Where(grid => coverage.Grids[grid].Level == level && !shown.Contains(grid)).ToList();
        frame = new MapFrame(layout.Map, PosterArcs.Around(coverage, shown), others.Count > 0 ? RoomForAround : RoomForNobody, letters);
        arcs = new PosterArcs(frame, coverage, PrintersDot * letters);
        raster = new LabelRaster(layout.Map, letters);
        rowRings = [.. rows.Select(row => arcs.Rings(row.Grid))];
        foreach (var grid in others.Where(grid => PosterArcs.Around(coverage, [grid]).Intersects(frame.Visible)))
        {
            if (arcs.Rings(grid) is { Count: > 0 } rings)
                around.Add((grid, rings));
        }
    }

    /// <summary>Metres of the ground in a metre of the paper.</summary>
    public double Ratio => 1000 / frame.Scale;

    /// <summary>Draws it.</summary>
    /// <returns>The numbers that stand for names, and how many rows have neither.</returns>
    public (IReadOnlyList<PosterKey> Keys, int Unnamed) Draw()
    {
        var box = frame.Box;
        svg.Open("clipPath", ("id", Clip));
        svg.Element("rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height));
        svg.Close();
        svg.Open("g", ("clip-path", $"url(#{Clip})"), ("stroke-linejoin", "round"), ("stroke-linecap", "round"), ("class", "map"));
        svg.Element("rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height), ("fill", SheetColours.Outside));
        foreach (var (_, rings) in around)
            svg.Element("path", ("d", MapFrame.Path(rings, closed: true)), ("fill", PosterColours.Around), ("fill-rule", "evenodd"));
        var ground = new MapGround(svg, frame, letters);
        ground.Draw(content.Map.Ground);
        DrawRows();
        ground.DrawOver(content.Map.Ground);
        DrawBorders();
        var named = DrawNames();
        svg.Close();
        svg.Element(
            "rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height), ("fill", "none"), ("stroke", SheetColours.Soft), ("stroke-width", 0.35 * letters));
        return named;
    }

    private void DrawRows()
    {
        var pattern = new PosterPattern(svg, letters);
        for (var i = 0; i < rows.Count; i++)
        {
            if (content.Layer == PosterLayer.Light)
                pattern.Fill(rowRings[i], rows[i].Light);
            else
                pattern.Fill(rowRings[i], rows[i].Percent);
        }
    }

    // Each arc once, as wide as the outermost level that it divides; inner levels first.
    private void DrawBorders()
    {
        var coverage = content.Map.Coverage;
        var shown = rows.Select(row => row.Grid).ToHashSet();
        var inside = coverage.Faces.Select(face => face.GridAt(content.Map.Level) is >= 0 and var grid && shown.Contains(grid)).ToArray();
        var byRank = new List<IReadOnlyList<(double X, double Y)>>[content.Map.Level + 1];
        var aside = new List<IReadOnlyList<(double X, double Y)>>();
        var focus = new List<IReadOnlyList<(double X, double Y)>>();
        for (var arc = 0; arc < coverage.Arcs.Count; arc++)
        {
            var (left, right) = (coverage.Arcs[arc].LeftFace, coverage.Arcs[arc].RightFace);
            var rank = Rank(coverage.Faces[left], coverage.Faces[right]);
            if (rank == 0 || !arcs.IsSeen(arc))
                continue;
            if (!inside[left] && !inside[right])
                aside.Add(arcs.Line(arc));
            else
                (byRank[rank] ??= []).Add(arcs.Line(arc));
            if (content.Map.Focus is { } grid && coverage.Faces[left].IsClaimedBy(grid) != coverage.Faces[right].IsClaimedBy(grid))
                focus.Add(arcs.Line(arc));
        }

        Border(aside, PosterColours.AroundBorder, 0.2);
        for (var rank = content.Map.Level; rank > 0; rank--)
        {
            var (outermost, width) = (rank == 1, 0.22 * Math.Pow(1.75, content.Map.Level - rank));
            if (byRank[rank] is not { } lines)
                continue;
            if (rank < content.Map.Level)
                Border(lines, PosterColours.Nothing, width + 0.5);
            Border(lines, outermost ? PosterColours.OuterBorder : PosterColours.Border, width);
        }

        Border(focus, PosterColours.Nothing, 1.7);
        Border(focus, SheetColours.Strong, 0.9);
    }

    private int Rank(Face left, Face right)
    {
        for (var level = 1; level <= content.Map.Level; level++)
        {
            if (left.GridAt(level) != right.GridAt(level))
                return level;
        }

        return 0;
    }

    private void Border(List<IReadOnlyList<(double X, double Y)>> lines, string stroke, double width)
    {
        if (lines.Count > 0)
            svg.Element("path", ("d", MapFrame.Path(lines, closed: false)), ("fill", "none"), ("stroke", stroke), ("stroke-width", width * letters));
    }

    private (IReadOnlyList<PosterKey> Keys, int Unnamed) DrawNames()
    {
        for (var i = 0; i < rows.Count; i++)
            raster.Own((short)i, rowRings[i]);
        DrawFurniture();
        var named = around.Take(MostNames).ToList();
        for (var i = 0; i < named.Count; i++)
            raster.Own((short)(rows.Count + i), named[i].Rings);
        return new PosterLabels(svg, raster, letters, [.. rows.Select(row => (row.Name, PosterTexts.Whole(row.Percent)))], rowRings)
            .Write([.. named.Select(one => content.Map.Names[one.Grid])], Outer());
    }

    // The parents of the rows, unless there is only one, which the title names.
    private IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings)> Outer()
    {
        var coverage = content.Map.Coverage;
        var parents = rows.Select(row => coverage.Grids[row.Grid].ParentId).OfType<long>().Distinct().Select(coverage.IndexOf).Where(grid => grid >= 0).ToList();
        return parents.Count < 2 ? [] : [.. parents.Select(grid => (content.Map.Names[grid], arcs.Rings(grid)))];
    }

    // Each where it hides least of the rows.
    private void DrawFurniture()
    {
        if (content.Map.Focus is not null && PosterInset.Extent(content.Map, letters) is { } inset)
            PosterInset.Draw(svg, content.Map, rows, words.Where, Corner(inset.Width, inset.Height), letters);
        var (width, height) = ScaleBar.Extent(frame, letters);
        ScaleBar.Draw(svg, frame, Corner(width, height), letters);
        NorthArrow.Draw(svg, Corner(NorthArrow.Width * letters, NorthArrow.Height * letters), words.North, letters);
    }

    private PictureBox Corner(double width, double height)
    {
        var inside = frame.Box.Grown(-2 * letters);
        var (right, bottom) = (inside.Right - width, inside.Bottom - height);
        (double X, double Y)[] corners =
        [
            (right, bottom), (right, inside.Y), (inside.X, inside.Y), (inside.X, bottom), (inside.CenterX - width / 2, bottom), (inside.CenterX - width / 2, inside.Y),
            (right, inside.CenterY - height / 2), (inside.X, inside.CenterY - height / 2),
        ];
        var place = corners.Select(corner => new PictureBox(corner.X, corner.Y, width, height)).Where(corner => !raster.IsTaken(corner))
            .DefaultIfEmpty(new PictureBox(right, bottom, width, height)).MinBy(raster.Covered);
        raster.Take(place.Grown(0.5 * letters));
        return place;
    }
}
