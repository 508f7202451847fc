namespace GridMap.Core.Posters;

/// <summary>One sticker: what to scan, and which grid it hangs in.</summary>
/// <param name="Name">Of the grid.</param>
/// <param name="Around">Of the grids around it, outermost first, in one line.</param>
/// <param name="Code">Of the grid.</param>
/// <param name="Telephone">The duty telephone; null: none.</param>
/// <param name="QrModules">Row by row, without the quiet zone.</param>
public sealed record Sticker(string Name, string Around, string Code, string? Telephone, IReadOnlyList<IReadOnlyList<bool>> QrModules);

/// <summary>Draws sheets of QR stickers as SVG, A4 upright, three by four to a sheet, with lines to cut along. Stateless and thread safe.</summary>
public static class Stickers
{
    /// <summary>How many go on a sheet.</summary>
    public const int PerPage = Columns * Rows;

    private const int Columns = 3;
    private const int Rows = 4;
    private const double Width = 210;
    private const double Height = 297;
    private const double Margin = 7.5;
    private const double CellWidth = (Width - 2 * Margin) / Columns;
    private const double CellHeight = (Height - 2 * Margin) / Rows;
    private const double QrSide = 36;

    /// <summary>Draws a sheet.</summary>
    /// <param name="stickers">At most <see cref="PerPage"/>.</param>
    /// <param name="isChinese">Else English.</param>
    /// <param name="heading">What they are for; null: to report problems.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(IReadOnlyList<Sticker> stickers, bool isChinese, string? heading = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stickers.Count, PerPage);
        var svg = new SvgWriter();
        svg.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", $"{SvgWriter.Number(Width)}mm"), ("height", $"{SvgWriter.Number(Height)}mm"),
            ("viewBox", $"0 0 {SvgWriter.Number(Width)} {SvgWriter.Number(Height)}"), ("font-family", Sheet.Fonts), ("lang", isChinese ? "zh-CN" : "en"));
        svg.Element("rect", ("width", Width), ("height", Height), ("fill", "#ffffff"));
        for (var i = 0; i < stickers.Count; i++)
            DrawOne(svg, stickers[i], Margin + i % Columns * CellWidth, Margin + i / Columns * CellHeight, heading ?? (isChinese ? "发现问题，扫码上报" : "Scan to report a problem"));
        svg.Close();
        return svg.ToString();
    }

    private static void DrawOne(SvgWriter svg, Sticker sticker, double x, double y, string heading)
    {
        var (middle, room) = (x + CellWidth / 2, CellWidth - 8);
        svg.Element("rect", ("x", x), ("y", y), ("width", CellWidth), ("height", CellHeight), ("fill", "none"), ("stroke", "#b8bdc4"), ("stroke-width", 0.2), ("stroke-dasharray", "1.5 1.5"));
        svg.Element("rect", ("x", x + 2), ("y", y + 2), ("width", CellWidth - 4), ("height", 9.5), ("fill", SheetColours.Strong));
        Centred(svg, middle, y + 8.6, heading, room, 5, "#ffffff", isBold: true);
        QrModules.Draw(svg, sticker.QrModules, middle - QrSide / 2, y + 15, QrSide);
        Centred(svg, middle, y + 57.4, sticker.Name, room, 4.6, SheetColours.Ink, isBold: true);
        Centred(svg, middle, y + 62.2, sticker.Around, room, 2.7, SheetColours.Soft, isBold: false);
        Centred(svg, middle, y + 66.4, sticker.Telephone is { } telephone ? $"{sticker.Code}  ☎ {telephone}" : sticker.Code, room, 2.7, SheetColours.Soft, isBold: false);
    }

    private static void Centred(SvgWriter svg, double x, double y, string text, double room, double size, string fill, bool isBold)
    {
        if (text.Length == 0)
            return;
        var fitted = Math.Max(size * 0.7, TextMeasure.Fit(text, room, size));
        svg.Text(x, y, TextMeasure.Wrap(text, room, fitted, 1)[0], fitted, fill, ("text-anchor", "middle"), ("font-weight", isBold ? "bold" : null));
    }
}
