using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>Progress as sheets: zones on a day, weeks, levels. Shares are told as percent.</summary>
internal static class ProgressSheets
{
    /// <summary>The zones of a day: planned, planned by the day and done of each item, and how they stand.</summary>
    public static Task<IResult> ZonesAsync(CampaignAnswer campaign, ProgressAnswer answer, string format, DataFolder data, CancellationToken cancel)
    {
        string[] headings =
        [
            "网格编码", "网格", "上级编码", .. campaign.Items.SelectMany(item => (string[])[$"{item.Name}总计划（{item.Unit}）", $"{item.Name}应完成", $"{item.Name}已完成"]),
            "完成率%", "进度指数", "灯", "拖后项", "提前天数", "预计完成", "较前日%", "人次", "已报日报", "未结问题", "超期问题", "销号问题",
        ];
        var names = campaign.Items.ToDictionary(item => item.Code, item => item.Name);
        var rows = answer.Rows.Concat(answer.NotDivided is { } rest ? [rest with { Name = "未分到网格" }] : []).Append(answer.Total with { Name = "合计" }).Select(row => (IEnumerable<object?>)
        [
            row.Code, row.Name, row.Parent, .. row.Quantities.SelectMany(quantity => (object?[])[quantity.Planned, quantity.PlannedBy, quantity.Done]),
            Percent(row.Percent), row.Spi, Word(row.Light), row.Behind is null ? null : names.GetValueOrDefault(row.Behind), row.DaysAhead, Day(row.ForecastEnd), Percent(row.Change),
            row.HeadCount, $"{row.LoggedZones}/{row.Zones}", row.IssuesOpen, row.IssuesOverdue, row.IssuesWrittenOff,
        ]);
        return AnswerAsync($"progress-{campaign.Id}-{answer.On:yyyy-MM-dd}", "进度", format, headings, rows, data, cancel);
    }

    /// <summary>The weeks: percent at the end of each, and what it gained.</summary>
    public static Task<IResult> WeeksAsync(ProgressWeeks weeks, string format, DataFolder data, CancellationToken cancel)
    {
        string[] headings =
            ["网格编码", "网格", "上级编码", .. weeks.Total.Weeks.SelectMany(week => (string[])[$"{week.Week:yyyy-MM-dd}完成率%", $"{week.Week:yyyy-MM-dd}增加%", $"{week.Week:yyyy-MM-dd}灯"])];
        var rows = weeks.Rows.Append(weeks.Total with { Name = "合计" }).Select(row => (IEnumerable<object?>)
            [row.Code, row.Name, row.Parent, .. row.Weeks.SelectMany(week => (object?[])[Percent(week.Percent), Percent(week.Change), Word(week.Light)])]);
        return AnswerAsync($"progress-weeks-{weeks.Campaign}", "各周进度", format, headings, rows, data, cancel);
    }

    /// <summary>The levels of a day.</summary>
    public static Task<IResult> LevelsAsync(ProgressLevels levels, string format, DataFolder data, CancellationToken cancel)
    {
        string[] headings = ["层级", "网格数", "绿", "黄", "红", "无计划", "最低%", "中位%", "最高%", "最慢网格编码", "最慢网格"];
        var rows = levels.Levels.Select(level => (IEnumerable<object?>)
        [
            level.Level, level.Grids, level.Green, level.Yellow, level.Red, level.Grey, Percent(level.Lowest), Percent(level.Median), Percent(level.Highest), level.Behind, level.BehindName,
        ]);
        return AnswerAsync($"progress-levels-{levels.Campaign}-{levels.On:yyyy-MM-dd}", "各级进度", format, headings, rows, data, cancel);
    }

    private static Task<IResult> AnswerAsync(
        string name, string title, string format, string[] headings, IEnumerable<IEnumerable<object?>> rows, DataFolder data, CancellationToken cancel) =>
        SheetFile.AnswerAsync(
            name, title, SheetFile.IsWorkbook(format) ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is json, csv or xlsx.")), headings, rows, data, cancel);

    private static decimal? Percent(decimal? share) => share is { } known ? decimal.Round(100 * known, 2) : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd");

    private static string Word(Light light) => light switch
    {
        Light.Green => "绿",
        Light.Yellow => "黄",
        Light.Red => "红",
        _ => "无计划",
    };
}
