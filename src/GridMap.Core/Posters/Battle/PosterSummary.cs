using GridMap.Core.Progress;

namespace GridMap.Core.Posters.Battle;

/// <summary>The figures of the whole on a poster's panel: percent and pace, the day, the legend with its counts, the work items. Used once; not thread safe.</summary>
internal sealed class PosterSummary
{
    private const double Label = 2.3;
    private const double Figure = 9;
    private const double Small = 3.3;
    private const double Line = 4.1;
    private const double FiguresHeight = Label + 1.05 * Figure + 2.6 + 14.2;
    private const double ItemsLine = 1.6;
    private const double ItemsHeads = 2.6;
    private const double LeastShrunk = 0.72;
    private const double LargestItem = 2.4;
    private const double ItemEms = 29;

    private static readonly Light[] Lights = [Light.Green, Light.Yellow, Light.Red, Light.Grey];

    private readonly SvgWriter svg;
    private readonly PosterContent content;
    private readonly PosterWords words;
    private readonly double letters;
    private readonly double itemSize;
    private readonly int itemCount;

    /// <param name="svg">The picture.</param>
    /// <param name="content">Of the poster.</param>
    /// <param name="words">Headings.</param>
    /// <param name="width">Of its room.</param>
    /// <param name="height">Of its room: it is drawn smaller to fit, and of very many work items the first are told.</param>
    /// <param name="letters">How large letters are against those of A4.</param>
    public PosterSummary(SvgWriter svg, PosterContent content, PosterWords words, double width, double height, double letters)
    {
        (this.svg, this.content, this.words) = (svg, content, words);
        var legend = content.Layer == PosterLayer.Light ? Lights.Length : PosterColours.StepCount + 1;
        var fixedHeight = FiguresHeight + 1.5 + 0.9 + legend * Line + 2.5;
        var shrunk = 1.0;
        while (shrunk > LeastShrunk && shrunk * fixedHeight + (ItemsHeads + content.Items.Count * ItemsLine) * Math.Min(LargestItem * shrunk, width / letters / ItemEms) > height / letters)
            shrunk -= 0.02;
        this.letters = letters * shrunk;
        itemSize = Math.Min(LargestItem, width / this.letters / ItemEms);
        var room = (int)((height / this.letters - fixedHeight) / itemSize / ItemsLine - ItemsHeads / ItemsLine);
        itemCount = room >= content.Items.Count ? content.Items.Count : Math.Max(0, room - 1);
    }

    /// <summary>Whether there is no room for all work items.</summary>
    public bool LeavesOut => itemCount < content.Items.Count;

    /// <summary>Draws it.</summary>
    /// <returns>Where it ends.</returns>
    public double Draw(double x, double y, double width)
    {
        y = DrawFigures(x, y, width);
        y = DrawLegend(x, y + 1.5 * letters, width);
        return DrawItems(x, y + 2.5 * letters, width);
    }

    /// <summary>Draws the work items alone.</summary>
    /// <returns>Where they end.</returns>
    public double DrawItems(double x, double y, double width)
    {
        if (content.Items.Count == 0)
            return y;
        var size = itemSize;
        double[] rights = [width * 0.5, width * 0.68, width * 0.86, width];
        Rule(x, y, width);
        y += 1.45 * size * letters;
        Text(x, y, words.Item, width * 0.3, 0.9 * size, SheetColours.Soft);
        string[] heads = [words.Planned, words.PlannedBy, words.DoneBy, "%"];
        for (var i = 0; i < heads.Length; i++)
            Text(x + rights[i], y, heads[i], width * 0.16, 0.9 * size, SheetColours.Soft, anchor: "end");
        foreach (var item in content.Items.Take(itemCount))
        {
            y += ItemsLine * size * letters;
            Text(x, y, $"{item.Name} {item.Unit}", width * 0.34, size, SheetColours.Ink);
            string[] cells =
            [
                PosterTexts.Quantity(item.Planned), PosterTexts.Quantity(item.PlannedBy), PosterTexts.Quantity(item.Done),
                item.Planned > 0 ? PosterTexts.Whole(item.Done / item.Planned) : PosterTexts.Whole(null),
            ];
            for (var i = 0; i < cells.Length; i++)
                Text(x + rights[i], y, cells[i], width * (i == 3 ? 0.12 : 0.165), size, SheetColours.Ink, isBold: i == 3, anchor: "end");
        }

        if (LeavesOut)
        {
            y += ItemsLine * size * letters;
            Text(x, y, PosterTexts.Filled(words.ItemsLeftOut, content.Items.Count - itemCount), width, size, SheetColours.Soft);
        }

        return y + 0.8 * size * letters;
    }

    private double DrawFigures(double x, double y, double width)
    {
        var (half, total) = (width / 2, content.Total);
        Text(x, y + Label * letters, words.Done, half, Label, SheetColours.Soft);
        Text(x + half, y + Label * letters, words.Pace, half, Label, SheetColours.Soft);
        Text(x, y + (Label + 1.05 * Figure) * letters, PosterTexts.Tenths(total.Percent), half - 2 * letters, Figure, SheetColours.Ink, isBold: true);
        Text(x + half, y + (Label + 1.05 * Figure) * letters, PosterTexts.Index(total.Spi), half - 8 * letters, Figure, SheetColours.Ink, isBold: true);
        if (content.Layer == PosterLayer.Light)
        {
            var right = x + half + TextMeasure.Width(PosterTexts.Index(total.Spi)) * 1.06 * Figure * letters + 1.2 * letters;
            Swatch(right, y + (Label + 1.05 * Figure - 4.8) * letters, 6.5 * letters, 4.4 * letters, swatch => swatch.Light(total.Light));
        }

        y += (Label + 1.05 * Figure + 2.6) * letters;
        (string Label, string Value)[] cells =
        [
            (words.People, PosterTexts.Count(total.HeadCount)), (words.Logged, $"{PosterTexts.Count(total.LoggedZones)} / {PosterTexts.Count(total.Zones)}"),
            (words.Open, PosterTexts.Count(total.IssuesOpen)), (words.Overdue, PosterTexts.Count(total.IssuesOverdue)), (words.WrittenOff, PosterTexts.Count(total.IssuesWrittenOff)),
        ];
        var third = width / 3;
        for (var i = 0; i < cells.Length; i++)
        {
            var (left, top) = (x + i % 3 * third, y + i / 3 * 7.4 * letters);
            Text(left, top + 0.9 * Label * letters, cells[i].Label, third - letters, 0.9 * Label, SheetColours.Soft);
            Text(left, top + (0.9 * Label + 3.4) * letters, cells[i].Value, third - letters, Small, SheetColours.Ink, isBold: true);
        }

        return y + 14.2 * letters;
    }

    private double DrawLegend(double x, double y, double width)
    {
        Rule(x, y, width);
        y += 0.9 * letters;
        foreach (var (word, limit, count, swatch) in Legend())
        {
            Swatch(x, y + 0.5 * letters, 5.4 * letters, 3.1 * letters, swatch);
            Text(x + 7 * letters, y + 3 * letters, word, width * 0.32, 2.6, SheetColours.Ink, isBold: true);
            Text(x + 7 * letters + width * 0.34, y + 3 * letters, limit, width * 0.3, 2.3, SheetColours.Soft);
            Text(x + width, y + 3 * letters, PosterTexts.Count(count), width * 0.2, 3, SheetColours.Ink, isBold: true, anchor: "end");
            y += Line * letters;
        }

        return y;
    }

    private IEnumerable<(string Word, string Limit, int Count, Action<SwatchFill> Swatch)> Legend()
    {
        if (content.Layer == PosterLayer.Light)
        {
            var (green, yellow) = (PosterTexts.Index(content.Limits.Green), PosterTexts.Index(content.Limits.Yellow));
            foreach (var light in Lights)
            {
                var (word, limit) = light switch
                {
                    Light.Green => (words.Green, $"{words.Spi} {PosterTexts.Filled(words.From, green)}"),
                    Light.Yellow => (words.Yellow, PosterTexts.Filled(words.Between, yellow, green)),
                    Light.Red => (words.Red, PosterTexts.Filled(words.Below, yellow)),
                    _ => (words.Grey, ""),
                };
                yield return (word, limit, content.Rows.Count(row => row.Light == light), swatch => swatch.Light(light));
            }

            yield break;
        }

        for (var step = PosterColours.StepCount - 1; step >= 0; step--)
        {
            var at = step;
            var word = step == 0 ? PosterTexts.Filled(words.Below, PosterTexts.Whole(PosterColours.Limits[0]))
                : step == PosterColours.StepCount - 1 ? PosterTexts.Filled(words.From, PosterTexts.Whole(PosterColours.Limits[^1]))
                : PosterTexts.Filled(words.Between, PosterTexts.Whole(PosterColours.Limits[step - 1]), PosterTexts.Whole(PosterColours.Limits[step]));
            yield return (word, "", content.Rows.Count(row => row.Percent is { } share && PosterColours.StepOf(share) == at), swatch => swatch.Percent(at == 0 ? 0 : PosterColours.Limits[at - 1]));
        }

        yield return (words.Grey, "", content.Rows.Count(row => row.Percent is null), swatch => swatch.Percent(null));
    }

    private void Swatch(double x, double y, double width, double height, Action<SwatchFill> fill)
    {
        fill(new SwatchFill(new PosterPattern(svg, letters), [[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]]));
        svg.Element("rect", ("x", x), ("y", y), ("width", width), ("height", height), ("fill", "none"), ("stroke", PosterColours.Border), ("stroke-width", 0.15 * letters));
    }

    private void Rule(double x, double y, double width) => svg.Element(
        "path", ("d", $"M{SvgWriter.Number(x)} {SvgWriter.Number(y)}h{SvgWriter.Number(width)}"), ("stroke", SheetColours.Line), ("stroke-width", 0.25 * letters));

    private void Text(double x, double y, string text, double room, double size, string fill, bool isBold = false, string? anchor = null)
    {
        var fitted = TextMeasure.Fit(text, room, size * letters);
        svg.Text(x, y, text, fitted, fill, ("font-weight", isBold ? "bold" : null), ("text-anchor", anchor));
    }

    /// <summary>An area to be filled one way or the other.</summary>
    private sealed record SwatchFill(PosterPattern Pattern, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings)
    {
        public void Light(Light light) => Pattern.Fill(Rings, light);

        public void Percent(decimal? percent) => Pattern.Fill(Rings, percent);
    }
}
