using System.Globalization;
using System.Text;
using CsvHelper;
using GridMap.Api.Hosting;

namespace GridMap.Api.Surveys;

/// <summary>Results as a table: a line for each grid, the sums last.</summary>
internal static class SurveySheets
{
    private const string TooFew = "样本过少";

    /// <summary>As CSV, or as a workbook.</summary>
    public static async Task<IResult> SendAsync(SurveyResultsAnswer results, string format, DataFolder data, CancellationToken cancel)
    {
        var rows = Rows(results);
        var name = $"survey-{results.Code}-{results.Level}";
        if (format == "csv")
            return TypedResults.File(await CsvAsync(rows), "text/csv; charset=utf-8", name + ".csv");
        var path = Path.Combine(data.Sub("exports"), $"survey-{Guid.NewGuid():N}.xlsx");
        try
        {
            Workbook.Write(path, "打分结果", [.. rows[0].Select(cell => (string)cell!)], rows.Skip(1));
            return TypedResults.File(await File.ReadAllBytesAsync(path, cancel), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<object?[]> Rows(SurveyResultsAnswer results)
    {
        var rows = new List<object?[]> { (object?[])["网格编码", "网格", "答卷数", "综合得分", .. results.Questions.SelectMany(Headings)] };
        foreach (var line in results.Items)
            rows.Add([CellText.Harmless(line.Grid?.Code), CellText.Harmless(line.Grid?.Name ?? "未划分"), .. Cells(results, line)]);
        rows.Add([null, "合计", .. Cells(results, results.Total)]);
        return rows;
    }

    private static IEnumerable<object?> Headings(SurveyItem item)
    {
        var words = CellText.Harmless(string.Create(CultureInfo.InvariantCulture, $"{item.Ordinal}. {item.Words}"));
        yield return $"{words} · 人数";
        if (item.Kind == SurveyForm.Score)
            yield return $"{words} · 平均（{item.Scale} 分制）";
        foreach (var option in item.Options ?? [])
            yield return $"{words} · {option.Words}";
    }

    private static IEnumerable<object?> Cells(SurveyResultsAnswer results, SurveyLine line)
    {
        yield return line.Answers;
        yield return line.TooFew && line.Answers > 0 ? TooFew : line.Score;
        foreach (var (item, figure) in results.Questions.Zip(line.Figures))
        {
            yield return figure.Count;
            if (item.Kind == SurveyForm.Score)
                yield return figure.TooFew ? TooFew : figure.Mean;
            for (var i = 0; i < item.Options?.Count; i++)
                yield return figure.TooFew ? TooFew : figure.Distribution?[i];
        }
    }

    private static async Task<byte[]> CsvAsync(List<object?[]> rows)
    {
        using var bytes = new MemoryStream();
        await using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        await using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                    csv.WriteField(cell);
                await csv.NextRecordAsync();
            }
        }

        return bytes.ToArray();
    }
}
