using GridMap.Core.Tiles;

namespace GridMap.Core.Posters.Battle;

/// <summary>A number on the map in the place of a name that had no room. Immutable.</summary>
/// <param name="Number">From 1, in the order in which one reads.</param>
/// <param name="Row">Index of the row that it stands for.</param>
internal sealed record PosterKey(int Number, int Row);

/// <summary>
/// Writes names on a poster's map. A row's name with its percent stands on its own ground, near the middle of the largest circle within; who has least room
/// chooses first. What fits nowhere gets a number, on its ground or beside it at the end of a line. Nothing stands on anything else. Used once; not thread safe.
/// </summary>
internal sealed class PosterLabels
{
    private const double Smallest = 1.75;
    private const double Largest = 7;
    private const double Usual = 2.4;
    private const double Step = 0.86;
    private const double OuterIsLarger = 1.5;
    private const double Radius = 1.55;
    private const double Reach = 60;
    private const double ToPole = 1000;

    private readonly SvgWriter svg;
    private readonly LabelRaster raster;
    private readonly double letters;
    private readonly IReadOnlyList<(string Name, string Percent)> rows;
    private readonly (double X, double Y)?[] poles;
    private readonly PoleSearch search = new();

    /// <param name="svg">The picture.</param>
    /// <param name="raster">Who has which ground: row i is owner i, those around follow. What stands on the map without being of it is taken.</param>
    /// <param name="letters">How large letters are against those of A4.</param>
    /// <param name="rows">Name and percent of each row.</param>
    /// <param name="rings">Of each row, on the paper.</param>
    public PosterLabels(
        SvgWriter svg, LabelRaster raster, double letters, IReadOnlyList<(string Name, string Percent)> rows, IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)>>> rings)
    {
        (this.svg, this.raster, this.letters, this.rows) = (svg, raster, letters, rows);
        poles = [.. rings.Select(Pole)];
    }

    /// <summary>Writes the names.</summary>
    /// <param name="around">Names of the grids around, owners from the number of rows on: written where room is left.</param>
    /// <param name="outer">Names and ground of the grids that hold the rows: the same.</param>
    /// <returns>The numbers, in their order, and how many rows there was no room for at all.</returns>
    public (IReadOnlyList<PosterKey> Keys, int Unnamed) Write(IReadOnlyList<string> around, IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings)> outer)
    {
        var order = Enumerable.Range(0, rows.Count).OrderBy(row => raster.Seen((short)row)).ToList();
        var usual = order.Count == 0 ? 0 : Math.Sqrt(raster.Seen((short)order[order.Count / 2])) * 0.15;
        var largest = Math.Clamp(usual, Usual * letters, Largest * letters);
        var without = order.Where(row => !Name((short)row, largest)).ToList();
        for (var i = 0; i < around.Count; i++)
            Around((short)(rows.Count + i), around[i]);
        var keys = Mark(without);
        WriteOuter(outer, largest);
        return (keys, without.Count - keys.Count);
    }

    private bool Name(short row, double largest)
    {
        var (name, percent) = rows[row];
        return Fit(row, [.. MapNames.Lines(name).Select(lines => (string[])[.. lines, percent])], largest, Smallest * letters, poles[row], SheetColours.Ink)
            || Fit(row, [.. MapNames.Lines(name)], Usual * letters, Smallest * letters, poles[row], SheetColours.Ink);
    }

    private void Around(short owner, string name) => Fit(owner, [.. MapNames.Lines(name)], Usual * letters, Smallest * letters, anchor: null, SheetColours.Soft);

    // White on a dark rim, the other way round than the rows: one sees at once that it is of another kind.
    private void WriteOuter(IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings)> outer, double largest)
    {
        var ground = new LabelRaster(raster);
        for (var i = 0; i < outer.Count; i++)
            ground.Own((short)i, outer[i].Rings);
        for (var i = 0; i < outer.Count; i++)
        {
            for (var size = OuterIsLarger * largest; size >= largest * 0.99; size *= Step)
            {
                var (width, height) = MapNames.Extent([outer[i].Name], size, bold: true);
                if (ground.Place((short)i, width, height) is not { } place)
                    continue;
                MapNames.Draw(svg, place, [outer[i].Name], size, SheetColours.Paper, bold: true, rim: SheetColours.ParentBorder);
                break;
            }
        }
    }

    // As large as it can be, on as few lines as it can be.
    private bool Fit(short owner, IReadOnlyList<string[]> ways, double largest, double smallest, (double X, double Y)? anchor, string fill)
    {
        for (var size = largest; size >= smallest - 0.01; size = size * Step < smallest && size > smallest + 0.01 ? smallest : size * Step)
        {
            foreach (var lines in ways)
            {
                var (width, height) = MapNames.Extent(lines, size, bold: true);
                if (raster.Place(owner, width, height, anchor) is not { } place)
                    continue;
                MapNames.Draw(svg, place, lines, size, fill, bold: anchor is not null);
                return true;
            }
        }

        return false;
    }

    private List<PosterKey> Mark(List<int> without)
    {
        var radius = Radius * letters;
        var marks = new List<(int Row, PictureBox Place)>();
        foreach (var row in without)
        {
            if (poles[row] is not { } pole)
                continue;
            if ((raster.Place((short)row, 2 * radius, 2 * radius, pole) ?? raster.Near(pole, 2 * radius, 2 * radius, Reach * letters)) is { } place)
                marks.Add((row, place));
        }

        var keys = new List<PosterKey>();
        foreach (var (row, place) in marks.OrderBy(mark => Math.Floor(mark.Place.CenterY / (8 * radius))).ThenBy(mark => mark.Place.CenterX))
        {
            keys.Add(new PosterKey(keys.Count + 1, row));
            DrawMark(place, radius, keys.Count, raster.IsOf((short)row, (place.CenterX, place.CenterY)) ? null : poles[row]);
        }

        return keys;
    }

    private void DrawMark(PictureBox place, double radius, int number, (double X, double Y)? leadsTo)
    {
        if (leadsTo is { } to)
        {
            var (x, y) = (to.X - place.CenterX, to.Y - place.CenterY);
            var length = Math.Max(radius, Math.Sqrt(x * x + y * y));
            var from = (X: place.CenterX + x / length * radius, Y: place.CenterY + y / length * radius);
            svg.Element(
                "path", ("d", MapFrame.Path([[from, to]], closed: false)), ("fill", "none"), ("stroke", SheetColours.Ink), ("stroke-width", 0.2 * letters), ("class", "leader"));
            svg.Element("circle", ("cx", to.X), ("cy", to.Y), ("r", 0.35 * letters), ("fill", SheetColours.Ink));
            for (var share = 0.0; share <= 1; share += 0.1)
                raster.Take(new PictureBox(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y), 0, 0).Grown(0.5 * letters));
        }

        svg.Element(
            "circle", ("cx", place.CenterX), ("cy", place.CenterY), ("r", radius), ("fill", SheetColours.Paper), ("stroke", SheetColours.Ink), ("stroke-width", 0.2 * letters),
            ("class", "mark"));
        var size = (number > 99 ? 1.5 : 1.8) * letters;
        svg.Text(place.CenterX, place.CenterY + 0.36 * size, SvgWriter.Number(number), size, SheetColours.Ink, ("text-anchor", "middle"), ("font-weight", "bold"));
    }

    private (double X, double Y)? Pole(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        search.Clear();
        var any = false;
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                var (a, b) = (Mercator(ring[i]), Mercator(ring[(i + 1) % ring.Count]));
                if (a != b)
                    search.Add(a, b);
                any |= a != b;
            }
        }

        if (!any)
            return null;
        var (pole, _) = search.Find();
        return (pole.X / ToPole, pole.Y / ToPole);
    }

    private static MercatorPoint Mercator((double X, double Y) at) => new((long)Math.Round(at.X * ToPole), (long)Math.Round(at.Y * ToPole));
}
