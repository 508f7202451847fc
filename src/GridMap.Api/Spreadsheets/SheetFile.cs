using System.Globalization;
using System.Text;
using CsvHelper;
using GridMap.Api.Hosting;

namespace GridMap.Api.Spreadsheets;

/// <summary>A sheet that leaves, as CSV or XLSX: headings first; texts are texts, numbers numbers.</summary>
internal static class SheetFile
{
    /// <summary>Whether a format is a workbook.</summary>
    /// <returns>Null: it is neither csv nor xlsx.</returns>
    public static bool? IsWorkbook(string? format) => format switch
    {
        "xlsx" => true,
        "csv" => false,
        _ => null,
    };

    /// <summary>What such a file is.</summary>
    public static string MediaType(bool workbook) => workbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";

    /// <summary>The answer with the file.</summary>
    /// <param name="name">Without its ending.</param>
    /// <param name="title">What the sheet is called, 31 characters at most.</param>
    /// <param name="workbook">XLSX, else CSV.</param>
    /// <param name="headings">One a column.</param>
    /// <param name="rows">Texts, numbers and nulls.</param>
    /// <param name="data">Where a workbook lies for a moment.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<IResult> AnswerAsync(
        string name, string title, bool workbook, IReadOnlyList<string> headings, IEnumerable<IEnumerable<object?>> rows, DataFolder data, CancellationToken cancel)
    {
        var path = Path.Combine(data.Sub("exports"), $"{name}-{Guid.NewGuid():N}");
        try
        {
            await WriteAsync(path, title, workbook, headings, rows, cancel);
            return TypedResults.File(await File.ReadAllBytesAsync(path, cancel), MediaType(workbook), name + (workbook ? ".xlsx" : ".csv"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes the file.</summary>
    public static async Task WriteAsync(
        string path, string title, bool workbook, IReadOnlyList<string> headings, IEnumerable<IEnumerable<object?>> rows, CancellationToken cancel)
    {
        var harmless = rows.Select(row => row.Select(cell => cell is string text ? CellText.Harmless(text) : cell));
        if (workbook)
        {
            Workbook.Write(path, title, headings, harmless);
            return;
        }

        // The mark lets office programs read it as UTF-8.
        await using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var row in harmless.Prepend(headings))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var cell in row)
                csv.WriteField(cell);
            await csv.NextRecordAsync();
        }
    }
}
