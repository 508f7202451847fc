namespace GridMap.Core.Posters;

/// <summary>
/// Draws a responsibility sheet (责任公示牌) as SVG: landscape, 297 by 210 units of a millimetre each on A4; on A3 the same, larger, so that it
/// is read from further away. Texts are texts, in the first of some fonts that is there. Stateless and thread safe.
/// </summary>
public static class Sheet
{
    private const double Width = 297;
    private const double Height = 210;
    private const double Margin = 10;
    private const double PanelX = 201;
    private const double PanelWidth = Width - Margin - PanelX;
    private const double HeadBottom = 33;
    private const double FootTop = 193;
    private const double QrSide = 31;

    /// <summary>Chinese faces, the first that is there.</summary>
    internal const string Fonts = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei', sans-serif";

    /// <summary>Draws a sheet.</summary>
    /// <param name="content">What stands on it.</param>
    /// <param name="paperWidth">Of the paper in millimetres, landscape: 297 for A4, 420 for A3.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(SheetContent content, double paperWidth)
    {
        var svg = new SvgWriter();
        var words = SheetWords.Of(content.Language);
        svg.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", $"{SvgWriter.Number(paperWidth)}mm"), ("height", $"{SvgWriter.Number(paperWidth * Height / Width)}mm"),
            ("viewBox", $"0 0 {SvgWriter.Number(Width)} {SvgWriter.Number(Height)}"), ("font-family", Fonts), ("lang", content.Language == SheetLanguage.Chinese ? "zh-CN" : "en"));
        svg.Element("rect", ("width", Width), ("height", Height), ("fill", SheetColours.Paper));
        DrawHead(svg, content, words);
        var numbered = new SheetMap(svg, new PictureBox(Margin, HeadBottom + 3, PanelX - Margin - 6, FootTop - HeadBottom - 6), content.Map, words).Draw();
        DrawPanel(svg, content, words, numbered);
        DrawFoot(svg, content, words);
        svg.Close();
        return svg.ToString();
    }

    private static void DrawHead(SvgWriter svg, SheetContent content, SheetWords words)
    {
        svg.Element("rect", ("x", 0), ("y", 0), ("width", Width), ("height", 4), ("fill", SheetColours.Strong));
        svg.Text(Margin, 13.5, words.Title, 5.4, SheetColours.Strong, ("font-weight", "bold"), ("letter-spacing", content.Language == SheetLanguage.Chinese ? 0.6 : null));
        var around = string.Join(" · ", content.Chain.SkipLast(1).Select(row => row.Name));
        if (around.Length > 0)
            svg.Text(Margin + 1.12 * TextMeasure.Width(words.Title) * 5.4 + 6, 13.4, TextMeasure.Wrap(around, 110, 4, 1)[0], 4, SheetColours.Soft);
        svg.Text(Width - Margin, 13.2, TextMeasure.Wrap(content.Office, 70, 4, 1)[0], 4, SheetColours.Soft, ("text-anchor", "end"));
        var facts = $"{words.Level}{words.Colon}{content.Level}    {words.Kind}{words.Colon}{content.Kind}    {words.Area}{words.Colon}{content.Area}";
        var code = $"{words.Code}{words.Colon}{content.Code}";
        var right = 1.03 * Math.Max(TextMeasure.Width(facts) * 3.4, TextMeasure.Width(code) * 4.2);
        var name = TextMeasure.Fit(content.Name, Width - 2 * Margin - right - 8, 12);
        svg.Text(Margin, HeadBottom - 4.2, TextMeasure.Wrap(content.Name, Width - 2 * Margin - right - 6, Math.Max(6, name), 1)[0], Math.Max(6, name), SheetColours.Ink, ("font-weight", "bold"));
        svg.Text(Width - Margin, HeadBottom - 9.6, code, 4.2, SheetColours.Ink, ("text-anchor", "end"), ("font-weight", "bold"));
        svg.Text(Width - Margin, HeadBottom - 3.6, facts, 3.4, SheetColours.Soft, ("text-anchor", "end"), ("xml:space", "preserve"));
        Rule(svg, HeadBottom);
    }

    private static void DrawPanel(SvgWriter svg, SheetContent content, SheetWords words, IReadOnlyList<string> numbered)
    {
        var y = DrawChain(svg, content, words, HeadBottom + 3);
        if (content.Telephone is { } telephone)
        {
            var heading = words.Telephone + (content.TelephoneOf is { } owner ? words.Of(owner) : "");
            svg.Text(PanelX, y + 4, TextMeasure.Wrap(heading, PanelWidth, 3.2, 1)[0], 3.2, SheetColours.Soft);
            svg.Text(PanelX, y + 12.4, telephone, TextMeasure.Fit(telephone, PanelWidth, 8.4), SheetColours.Strong, ("font-weight", "bold"));
            y += 17;
        }

        var qrTop = FootTop - 3 - QrSide;
        y = DrawBounds(svg, content.Bounds, words, y, qrTop - 2);
        if (numbered.Count > 0)
            DrawNumbered(svg, numbered, y + 1, qrTop - 3);
        DrawQr(svg, content.QrModules, words, qrTop);
    }

    private static double DrawChain(SvgWriter svg, SheetContent content, SheetWords words, double top)
    {
        const double LevelWidth = 19;
        var isLong = content.Chain.Count > 4;
        var y = top;
        foreach (var row in content.Chain)
        {
            var isOwn = ReferenceEquals(row, content.Chain[^1]);
            var people = row.People.Length > 0 ? row.People : words.Nobody;
            var lines = TextMeasure.Wrap(people, PanelWidth - LevelWidth - 2, isOwn ? 3.6 : 3.2, isOwn ? isLong ? 2 : 4 : isLong ? 1 : 2);
            var size = isOwn ? 3.6 : 3.2;
            var height = 7.4 + lines.Count * size * 1.35;
            if (isOwn)
                svg.Element("rect", ("x", PanelX - 2), ("y", y), ("width", PanelWidth + 2), ("height", height), ("rx", 1), ("fill", SheetColours.OwnRow));
            svg.Text(PanelX, y + 5, row.Level, TextMeasure.Fit(row.Level, LevelWidth - 2, 3), SheetColours.Soft);
            svg.Text(
                PanelX + LevelWidth, y + 5, TextMeasure.Wrap(row.Name, PanelWidth - LevelWidth - 2, 3.8, 1)[0], 3.8, isOwn ? SheetColours.Strong : SheetColours.Ink, ("font-weight", "bold"));
            for (var i = 0; i < lines.Count; i++)
                svg.Text(PanelX + LevelWidth, y + 6 + (i + 0.86) * size * 1.35, lines[i], size, row.People.Length > 0 ? SheetColours.Ink : SheetColours.Soft);
            y += height;
            if (!isOwn)
                svg.Element("path", ("d", $"M{SvgWriter.Number(PanelX)} {SvgWriter.Number(y)}h{SvgWriter.Number(PanelWidth)}"), ("stroke", SheetColours.Line), ("stroke-width", 0.2));
        }

        return y + 2;
    }

    // As many lines a side as there is room for above the QR code.
    private static double DrawBounds(SvgWriter svg, SheetBounds bounds, SheetWords words, double top, double bottom)
    {
        const double Size = 3.3;
        const double Line = 4.3;
        const double Between = 0.7;
        const double SideWidth = 13;
        const int MostLines = 4;
        (string Side, string Text)[] sides = [(words.East, bounds.East), (words.South, bounds.South), (words.West, bounds.West), (words.North, bounds.North)];
        svg.Text(PanelX, top + 4, words.Bounds, 3.2, SheetColours.Soft);
        var y = top + 5.6;
        var most = MostLines;
        while (most > 1 && y + sides.Sum(side => Lines(side.Text).Count * Line + Between) > bottom)
            most--;
        foreach (var (side, text) in sides)
        {
            var lines = Lines(text);
            svg.Text(PanelX, y + 3.6, side, Size, SheetColours.Ink, ("font-weight", "bold"));
            for (var i = 0; i < lines.Count; i++)
                svg.Text(PanelX + SideWidth, y + 3.6 + i * Line, lines[i], Size, SheetColours.Ink);
            y += Math.Max(1, lines.Count) * Line + Between;
        }

        return y;

        IReadOnlyList<string> Lines(string text) => TextMeasure.Wrap(text, PanelWidth - SideWidth, Size, most);
    }

    // In two columns, as many as there is room for; the sides in words name the others.
    private static void DrawNumbered(SvgWriter svg, IReadOnlyList<string> names, double top, double bottom)
    {
        const double Size = 2.6;
        const double Line = 3.7;
        var rows = (int)((bottom - top) / Line);
        for (var i = 0; i < Math.Min(names.Count, 2 * rows); i++)
        {
            var (x, y) = (PanelX + (i < rows ? 0 : PanelWidth / 2), top + (i % rows + 1) * Line);
            svg.Text(x, y, TextMeasure.Wrap($"{i + 1}  {names[i]}", PanelWidth / 2 - 2, Size, 1)[0], Size, SheetColours.Ink, ("xml:space", "preserve"));
        }
    }

    private static void DrawQr(SvgWriter svg, IReadOnlyList<IReadOnlyList<bool>> modules, SheetWords words, double top)
    {
        QrModules.Draw(svg, modules, PanelX, top, QrSide);
        var x = PanelX + QrSide + 4;
        var y = top + 7;
        foreach (var line in TextMeasure.Wrap(words.Scan, PanelWidth - QrSide - 4, 4, 3))
        {
            svg.Text(x, y, line, 4, SheetColours.Ink, ("font-weight", "bold"));
            y += 5.4;
        }

        foreach (var line in TextMeasure.Wrap(words.ScanWhy, PanelWidth - QrSide - 4, 3, 3))
        {
            svg.Text(x, y + 0.6, line, 3, SheetColours.Soft);
            y += 4.2;
        }
    }

    private static void DrawFoot(SvgWriter svg, SheetContent content, SheetWords words)
    {
        Rule(svg, FootTop);
        string[] left = [content.Generation, .. content.Approval.Length == 0 ? Array.Empty<string>() : [$"{words.Approval}{words.Colon}{content.Approval}"]];
        svg.Text(Margin, FootTop + 6.4, string.Join("    ", left), 3.2, SheetColours.Soft, ("xml:space", "preserve"));
        svg.Text(Width - Margin, FootTop + 6.4, $"{words.Printed}{words.Colon}{content.Printed}", 3.2, SheetColours.Soft, ("text-anchor", "end"));
    }

    private static void Rule(SvgWriter svg, double y) => svg.Element(
        "path", ("d", $"M{SvgWriter.Number(Margin)} {SvgWriter.Number(y)}h{SvgWriter.Number(Width - 2 * Margin)}"), ("stroke", SheetColours.Line), ("stroke-width", 0.3));
}
