namespace GridMap.Core.Posters.Battle;

/// <summary>
/// Draws the battle map as a poster (挂图): SVG in millimetres of the paper, texts as texts, patterns as lines. The same content always gives the same bytes.
/// Stateless and thread safe.
/// </summary>
public static class Poster
{
    private const double ShareOfSummary = 0.55;

    /// <summary>Draws a poster.</summary>
    /// <param name="content">What stands on it.</param>
    /// <param name="paper">How large.</param>
    /// <param name="isLandscape">Null: as what is shown fills the map better.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(PosterContent content, PosterPaper paper, bool? isLandscape = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(content.Rows.Count);
        var layout = new PosterLayout(paper, isLandscape ?? IsWide(content));
        var (svg, words) = (new SvgWriter(), PosterWords.Of(content.Language));
        svg.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", $"{SvgWriter.Number(layout.Width)}mm"), ("height", $"{SvgWriter.Number(layout.Height)}mm"),
            ("viewBox", $"0 0 {SvgWriter.Number(layout.Width)} {SvgWriter.Number(layout.Height)}"), ("font-family", Sheet.Fonts), ("lang", content.Language == SheetLanguage.Chinese ? "zh-CN" : "en"));
        svg.Element("rect", ("width", layout.Width), ("height", layout.Height), ("fill", SheetColours.Paper));
        DrawHead(svg, content, layout, words);
        var map = new PosterMap(svg, layout, content, content.Rows, words);
        var (keys, unnamed) = map.Draw();
        DrawPanel(svg, content, layout, words, keys, unnamed);
        DrawFoot(svg, content, layout, words, map.Ratio);
        svg.Close();
        return svg.ToString();
    }

    // By the shape of the ground that is shown against that of the map on either paper.
    private static bool IsWide(PosterContent content)
    {
        var around = PosterArcs.Around(content.Map.Coverage, content.Rows.Select(row => row.Grid));
        double Scale(bool isLandscape)
        {
            var box = new PosterLayout(PosterPaper.A4, isLandscape).Map;
            return new MapFrame(box, around, 0).Scale;
        }

        return Scale(isLandscape: true) >= Scale(isLandscape: false);
    }

    private static void DrawHead(SvgWriter svg, PosterContent content, PosterLayout layout, PosterWords words)
    {
        var (head, size) = (layout.Head, layout.Title);
        var day = $"{words.AsOf} {content.Day}";
        var (daySize, smallSize) = (0.34 * size, 0.23 * size);
        var right = Math.Min(0.45 * head.Width, 1.05 * Math.Max(TextMeasure.Width(day) * daySize * 1.06, TextMeasure.Width(content.State) * smallSize));
        var room = head.Width - right - 0.6 * size;
        var fitted = TextMeasure.Fit(content.Title, room / 1.06, size);
        svg.Text(head.X, head.Y + 0.9 * size, content.Title, fitted, SheetColours.Strong, ("font-weight", "bold"));
        svg.Text(head.Right, head.Y + 0.5 * size, day, TextMeasure.Fit(day, right / 1.06, daySize), SheetColours.Ink, ("text-anchor", "end"), ("font-weight", "bold"));
        svg.Text(head.Right, head.Y + 0.86 * size, content.State, TextMeasure.Fit(content.State, right, smallSize), SheetColours.Soft, ("text-anchor", "end"));
        svg.Text(head.X, head.Y + 1.28 * size, content.Under, TextMeasure.Fit(content.Under, head.Width, 0.22 * size), SheetColours.Soft);
    }

    private static void DrawPanel(SvgWriter svg, PosterContent content, PosterLayout layout, PosterWords words, IReadOnlyList<PosterKey> keys, int unnamed)
    {
        var (panel, letters) = (layout.Panel, layout.Text);
        var table = new PosterTable(svg, content, words, content.Rows, keys, letters);
        if (layout.IsLandscape)
        {
            var summary = new PosterSummary(svg, content, words, panel.Width, ShareOfSummary * panel.Height, letters);
            var top = summary.Draw(panel.X, panel.Y, panel.Width) + 2.5 * letters;
            table.Draw(panel with { Y = top, Height = panel.Bottom - top }, unnamed);
            return;
        }

        var (width, gap) = (0.3 * panel.Width, 5 * letters);
        var whole = new PosterSummary(svg, content, words, width, panel.Height, letters);
        var left = panel.X + width + gap;
        if (whole.LeavesOut)
        {
            // Beside the legend instead of under it.
            new PosterSummary(svg, content with { Items = [] }, words, width, panel.Height, letters).Draw(panel.X, panel.Y, width);
            new PosterSummary(svg, content, words, width, 2 * panel.Height, letters).DrawItems(left, panel.Y, width);
            left += width + gap;
        }
        else
        {
            whole.Draw(panel.X, panel.Y, width);
        }

        table.Draw(panel with { X = left, Width = panel.Right - left }, unnamed);
    }

    private static void DrawFoot(SvgWriter svg, PosterContent content, PosterLayout layout, PosterWords words, double ratio)
    {
        var (foot, size) = (layout.Foot, 2.5 * layout.Text);
        svg.Element(
            "path", ("d", $"M{SvgWriter.Number(foot.X)} {SvgWriter.Number(foot.Y)}h{SvgWriter.Number(foot.Width)}"), ("stroke", SheetColours.Line), ("stroke-width", 0.25 * layout.Text));
        string[] left = [$"{words.DrawnBy}{words.Colon}{content.DrawnBy}", .. content.Approval.Length == 0 ? Array.Empty<string>() : [$"{words.Approval}{words.Colon}{content.Approval}"]];
        string[] right = [PosterTexts.Filled(words.Scale, PosterTexts.Ratio(ratio)), $"{words.Number}{words.Colon}{content.Number}"];
        Write(foot.X, string.Join("     ", left), null);
        Write(foot.Right, string.Join("     ", right), "end");

        void Write(double x, string text, string? anchor) => svg.Text(
            x, foot.Bottom - 0.3 * size, text, TextMeasure.Fit(text, 0.49 * foot.Width, size), SheetColours.Soft, ("text-anchor", anchor), ("xml:space", "preserve"));
    }
}
