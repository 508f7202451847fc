namespace GridMap.Core.Posters.Battle;

/// <summary>
/// The ranking of a poster in as many columns as make its letters largest. Where they would be too small for all rows, the first and the last stand there, and
/// between them how many are left out. Used once; not thread safe.
/// </summary>
internal sealed class PosterTable
{
    private const double Largest = 3.2;
    private const double Smallest = 1.75;
    private const double Line = 1.46;
    private const double HeadLine = 1.7;
    private const double Gap = 1.3;
    private const double KeyLine = 1.4;
    private const double MostOfKeys = 0.7;
    private const int MostColumns = 12;

    private readonly SvgWriter svg;
    private readonly PosterContent content;
    private readonly PosterWords words;
    private readonly IReadOnlyList<PosterRow> rows;
    private readonly IReadOnlyList<RankedRow> ranking;
    private readonly Dictionary<int, int> keys;
    private readonly double letters;

    public PosterTable(SvgWriter svg, PosterContent content, PosterWords words, IReadOnlyList<PosterRow> rows, IReadOnlyList<PosterKey> keys, double letters)
    {
        (this.svg, this.content, this.words, this.rows, this.letters) = (svg, content, words, rows, letters);
        this.keys = keys.ToDictionary(key => key.Row, key => key.Number);
        ranking = PosterRanking.Of(rows, content.Layer);
    }

    /// <summary>Draws it.</summary>
    /// <param name="box">Its room.</param>
    /// <param name="unnamed">How many rows have neither name nor number on the map.</param>
    public void Draw(PictureBox box, int unnamed)
    {
        box = DrawHeading(box);
        if (unnamed > 0)
            box = DrawNote(box, PosterTexts.Filled(words.KeysLeftOut, unnamed));
        var whole = TableColumns.All(rows, keys.Count > 0, content.Layer).Select(columns => (Columns: columns, Fit: Fit(columns, ranking.Count, box)))
            .FirstOrDefault(one => one.Fit.Size >= Smallest * letters);
        if (whole.Columns is not null)
        {
            DrawBlock(ranking, box, whole.Columns, whole.Fit.Size, whole.Fit.Across);
            return;
        }

        DrawEnds(box);
    }

    private PictureBox DrawHeading(PictureBox box)
    {
        svg.Element(
            "path", ("d", $"M{SvgWriter.Number(box.X)} {SvgWriter.Number(box.Y)}h{SvgWriter.Number(box.Width)}"), ("stroke", SheetColours.Line), ("stroke-width", 0.25 * letters));
        var height = 5 * letters;
        svg.Text(box.X, box.Y + 3.9 * letters, words.Ranking, 3 * letters, SheetColours.Ink, ("font-weight", "bold"));
        return box with { Y = box.Y + height, Height = box.Height - height };
    }

    private PictureBox DrawNote(PictureBox box, string note)
    {
        var size = TextMeasure.Fit(note, box.Width, 2.1 * letters);
        svg.Text(box.X, box.Bottom - 0.4 * letters, note, size, SheetColours.Soft);
        return box with { Height = box.Height - 3.2 * letters };
    }

    private (double Size, int Across) Fit(TableColumns columns, int count, PictureBox box)
    {
        var best = (Size: 0.0, Across: 1);
        for (var across = 1; across <= Math.Min(MostColumns, count); across++)
        {
            var down = (count + across - 1) / across;
            var size = Math.Min(
                Math.Min(Largest * letters, box.Width / (across * columns.Ems + (across - 1) * Gap)), box.Height / (down * Line + HeadLine));
            if (size > best.Size + 0.001)
                best = (size, across);
        }

        return best;
    }

    // First the room for the numbers on the map, since who has only a number must be named somewhere.
    private void DrawEnds(PictureBox box)
    {
        var size = Smallest * letters;
        var columns = TableColumns.All(rows, keys.Count > 0, content.Layer).SkipLast(1).LastOrDefault(one => one.Ems * size <= box.Width) ?? TableColumns.All(rows, keys.Count > 0, content.Layer)[^1];
        size = Math.Min(size, box.Width / columns.Ems);
        var reserved = Math.Min(KeyHeight(keys.Count, box.Width, size), MostOfKeys * box.Height);
        var room = box with { Height = box.Height - reserved };
        var across = Math.Max(1, (int)((room.Width + Gap * size) / ((columns.Ems + Gap) * size)));
        var down = Math.Max(0, (int)((room.Height / size - 2 * HeadLine - 2.2) / (2 * Line)));
        var each = Math.Min(across * down, ranking.Count / 2);
        down = (each + across - 1) / across;
        var listed = new HashSet<int>();
        var y = room.Y;
        if (each > 0)
        {
            var (first, last) = (ranking.Take(each).ToList(), ranking.Skip(ranking.Count - each).ToList());
            listed = [.. first.Concat(last).Select(one => one.Row)];
            DrawBlock(first, room, columns, size, across);
            y += (down * Line + HeadLine) * size;
        }

        var note = PosterTexts.Filled(words.LeftOut, ranking.Count - listed.Count);
        svg.Text(box.CenterX, y + 1.5 * size, note, TextMeasure.Fit(note, box.Width, 1.1 * size), SheetColours.Soft, ("text-anchor", "middle"));
        y += 2.2 * size;
        if (each > 0)
        {
            DrawBlock(ranking.Skip(ranking.Count - each).ToList(), room with { Y = y }, columns, size, across);
            y += (down * Line + HeadLine) * size;
        }

        DrawKeys(box with { Y = y + size, Height = box.Bottom - y - size }, [.. keys.OrderBy(key => key.Value).Where(key => !listed.Contains(key.Key)).Select(key => key.Key)], size);
    }

    private double KeyWidth => 2 + rows.Max(row => TextMeasure.Width(row.Name)) + 0.3 + 2.6 + 0.8;

    private double KeyHeight(int count, double width, double size) =>
        count == 0 ? 0 : (Math.Ceiling(count / Math.Floor(Math.Max(1, width / size / KeyWidth))) * KeyLine + 3) * size;

    private void DrawKeys(PictureBox box, List<int> unlisted, double size)
    {
        if (unlisted.Count == 0)
            return;
        var across = (int)Math.Max(1, box.Width / size / KeyWidth);
        var down = (int)Math.Max(1, (box.Height / size - 2) / KeyLine);
        var shown = unlisted.Count <= across * down ? unlisted.Count : Math.Max(0, across * (down - 1));
        svg.Text(box.X, box.Y + 1.2 * size, words.Keys, 1.15 * size, SheetColours.Ink, ("font-weight", "bold"));
        var lines = (shown + across - 1) / across;
        var y = box.Y + 1.6 * size;
        for (var i = 0; i < shown; i++)
        {
            var (row, x, line) = (unlisted[i], box.X + i / lines * box.Width / across, y + (i % lines + 1) * KeyLine * size);
            svg.Text(x + 1.7 * size, line, SvgWriter.Number(keys[row]), 0.9 * size, SheetColours.Ink, ("text-anchor", "end"), ("font-weight", "bold"));
            svg.Text(x + 2 * size, line, rows[row].Name, TextMeasure.Fit(rows[row].Name, box.Width / across - 5.4 * size, size), SheetColours.Ink);
            svg.Text(x + box.Width / across - 0.8 * size, line, PosterTexts.Whole(rows[row].Percent), 0.9 * size, SheetColours.Soft, ("text-anchor", "end"));
        }

        if (shown < unlisted.Count)
        {
            var note = PosterTexts.Filled(words.KeysLeftOut, unlisted.Count - shown);
            svg.Text(box.X, y + (lines + 1) * KeyLine * size, note, TextMeasure.Fit(note, box.Width, size), SheetColours.Soft);
        }
    }

    private void DrawBlock(IReadOnlyList<RankedRow> some, PictureBox box, TableColumns columns, double size, int across)
    {
        var down = (some.Count + across - 1) / across;
        var width = (box.Width - (across - 1) * Gap * size) / across;
        for (var column = 0; column * down < some.Count; column++)
        {
            var x = box.X + column * (width + Gap * size);
            columns.DrawHead(svg, x, box.Y + 1.15 * size, width, size, words, content.RowWord);
            for (var i = 0; i < down && column * down + i < some.Count; i++)
            {
                var y = box.Y + (HeadLine + i * Line) * size;
                if (i % 2 == 0)
                    svg.Element("rect", ("x", x), ("y", y), ("width", width), ("height", Line * size), ("fill", PosterColours.Stripe));
                var ranked = some[column * down + i];
                columns.DrawRow(svg, x, y, width, size, rows[ranked.Row], ranked.Rank, keys.TryGetValue(ranked.Row, out var key) ? key : null);
            }
        }
    }
}
