using System.Globalization;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;

namespace GridMap.Api.Surveys;

/// <summary>Results as a table: a line for each grid, the sums last.</summary>
internal static class SurveySheets
{
    private const string TooFew = "样本过少";

    /// <summary>As CSV, or as a workbook.</summary>
    public static Task<IResult> SendAsync(SurveyResultsAnswer results, bool workbook, DataFolder data, CancellationToken cancel) => SheetFile.AnswerAsync(
        $"survey-{results.Code}-{results.Level}", "打分结果", workbook, ["网格编码", "网格", "答卷数", "综合得分", .. results.Questions.SelectMany(Headings)], Rows(results), data, cancel);

    private static IEnumerable<IEnumerable<object?>> Rows(SurveyResultsAnswer results) =>
        results.Items.Select(line => (object?[])[line.Grid?.Code, line.Grid?.Name ?? "未划分", .. Cells(results, line)]).Append([null, "合计", .. Cells(results, results.Total)]);

    private static IEnumerable<string> Headings(SurveyItem item)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{item.Ordinal}. {item.Words}");
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
}
