using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace GridMap.Api.Hosting;

/// <summary>
/// The one writer of XLSX: one sheet with a line of headings that stays in sight. Texts become cells of the format "text", so that a
/// code such as 440605001002 stays one when somebody edits its cell; numbers become numbers. Streams; holds one line at a time.
/// </summary>
internal static class Workbook
{
    private const string Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string TextStyle = "1";
    private const string HeadingStyle = "2";
    private const uint TextFormat = 49; // "@", one of the formats that every program knows.
    private const int Letters = 26;
    private const int MostCharacters = 32_767;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to; replaced.</param>
    /// <param name="sheet">The sheet's name, 31 characters at most.</param>
    /// <param name="headings">One a column.</param>
    /// <param name="rows">Texts, numbers and nulls; a null is no cell.</param>
    public static void Write(string path, string sheet, IReadOnlyList<string> headings, IEnumerable<IEnumerable<object?>> rows)
    {
        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        var part = book.AddNewPart<WorksheetPart>();
        using (var stream = part.GetStream(FileMode.Create))
        using (var writer = XmlWriter.Create(stream))
            WriteSheet(writer, headings, rows);
        book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = sheet }));
    }

    // The library's own writer puts a prefix before every element, which GDAL does not read, and holds every cell as an object.
    private static void WriteSheet(XmlWriter writer, IReadOnlyList<string> headings, IEnumerable<IEnumerable<object?>> rows)
    {
        writer.WriteStartElement("worksheet", Namespace);
        writer.WriteRaw(
            """<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        writer.WriteStartElement("sheetData", Namespace);
        var line = 1;
        WriteRow(writer, line, headings, HeadingStyle);
        foreach (var row in rows)
            WriteRow(writer, ++line, row, TextStyle);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    // With its place in every row and cell: the standard lets them be left out, and some readers then see an empty sheet.
    private static void WriteRow(XmlWriter writer, int line, IEnumerable<object?> cells, string textStyle)
    {
        var number = line.ToString(CultureInfo.InvariantCulture);
        writer.WriteStartElement("row", Namespace);
        writer.WriteAttributeString("r", number);
        var column = 0;
        foreach (var cell in cells)
        {
            column++;
            if (cell is null or "")
                continue;
            writer.WriteStartElement("c", Namespace);
            writer.WriteAttributeString("r", ColumnOf(column - 1) + number);
            WriteCell(writer, cell, textStyle);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteCell(XmlWriter writer, object cell, string textStyle)
    {
        switch (cell)
        {
            case string text:
                writer.WriteAttributeString("s", textStyle);
                writer.WriteAttributeString("t", "inlineStr");
                writer.WriteStartElement("is", Namespace);
                writer.WriteStartElement("t", Namespace);
                writer.WriteAttributeString("xml", "space", null, "preserve");
                writer.WriteString(Clean(text));
                writer.WriteEndElement();
                writer.WriteEndElement();
                break;
            case IFormattable value:
                writer.WriteElementString("v", Namespace, value.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A cell cannot hold {cell.GetType()}.", nameof(cell));
        }
    }

    // A to Z, AA to ZZ, AAA ...
    private static string ColumnOf(int column) =>
        column < Letters ? ((char)('A' + column)).ToString() : ColumnOf(column / Letters - 1) + (char)('A' + column % Letters);

    // XML has no control characters, and a cell has an end.
    private static string Clean(string text)
    {
        var clean = string.Concat(text.EnumerateRunes().Select(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : " "));
        return clean.Length <= MostCharacters ? clean : clean[..MostCharacters];
    }

    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true, FontId = 1, ApplyFont = true }));
}
