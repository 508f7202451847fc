using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Spreadsheets;

/// <summary>Reads a sheet: XLSX and CSV through GDAL, which keeps hostile files out of the service; every cell as text. Thread safe.</summary>
internal sealed class SheetReader(Gdal gdal)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a file that lies in a private folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">Of this import alone.</param>
    /// <param name="shape">What it should look like.</param>
    /// <param name="cancel">Kills GDAL.</param>
    /// <exception cref="ProblemException">400: it is no sheet, or lacks a column.</exception>
    public async Task<IReadOnlyList<SheetRow>> ReadAsync(string path, string folder, SheetShape shape, CancellationToken cancel)
    {
        var isWorkbook = await IsWorkbookAsync(path, cancel);
        var named = Path.Combine(folder, shape.Name + (isWorkbook ? ".xlsx" : ".csv"));
        if (isWorkbook)
        {
            File.Move(path, named);
        }
        else
        {
            await File.WriteAllTextAsync(named, Text(await File.ReadAllBytesAsync(path, cancel)), Strict, cancel);
        }

        var dataset = new SourceDataset(shape.Name, shape.Name, isWorkbook ? SourceFormat.Xlsx : SourceFormat.Csv, named, IsSequence: false);
        return Parse(await gdal.TableAsync(dataset, folder, cancel), shape);
    }

    private static async Task<bool> IsWorkbookAsync(string path, CancellationToken cancel)
    {
        var start = new byte[4];
        await using var file = File.OpenRead(path);
        return await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel) == start.Length && start.AsSpan().SequenceEqual("PK\u0003\u0004"u8);
    }

    // Spreadsheets of Chinese offices write CSV in GBK.
    private static string Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Gbk.Encoding.GetString(bytes);
        }
    }

    private static List<SheetRow> Parse(string table, SheetShape shape)
    {
        using var csv = new CsvReader(new StringReader(table), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read())
        {
            throw Bad("empty_sheet", "The sheet is empty.");
        }

        csv.ReadHeader();
        var columns = Columns(csv.HeaderRecord ?? [], shape);
        var rows = new List<SheetRow>();
        for (var row = 2; csv.Read(); row++)
        {
            var cells = new Dictionary<string, string>();
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i] is { } column && csv.TryGetField<string>(i, out var cell) && Clean(cell) is var text && (text.Length > 0 || shape.IsWhole))
                {
                    cells[column] = text;
                }
            }

            if (cells.Values.Any(cell => cell.Length > 0))
            {
                rows.Add(new SheetRow(row, cells));
            }

            if (rows.Count > shape.MaxRows)
            {
                throw Bad("too_many_rows", $"Such a sheet has at most {shape.MaxRows} rows. Send it in parts.");
            }
        }

        return rows;
    }

    private static List<string?> Columns(string[] headings, SheetShape shape)
    {
        var columns = headings.Select(shape.ColumnOf).ToList();
        if (columns.OfType<string>().GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Bad("column_twice", $"Two columns are called {twice.Key}.");
        }

        if (shape.IsWhole && headings.FirstOrDefault(heading => heading.Trim().Length > 0 && shape.ColumnOf(heading) is null) is { } unknown)
        {
            throw Bad("unknown_column", $"There is no column {unknown}; the headings are {string.Join(", ", shape.Columns)}.");
        }

        return shape.Required.FirstOrDefault(column => !columns.Contains(column)) is { } missing
            ? throw Bad("column_missing", $"The first row holds the headings {string.Join(", ", shape.Columns)}; {missing} is missing.")
            : columns;
    }

    // The apostrophe that keeps a text from being taken for a formula goes again.
    private static string Clean(string? cell)
    {
        var text = (cell ?? "").Trim();
        return text.Length > 1 && text[0] == '\'' && CellText.Harmless(text[1..]) == text ? text[1..] : text;
    }

    private static ProblemException Bad(string code, string detail) => new(Problem.Bad("file", code, detail));
}
