namespace GridMap.Core.Posters.Battle;

/// <summary>The headings of a poster in one language. Immutable.</summary>
internal sealed record PosterWords(
    string AsOf, string Done, string Pace, string People, string Logged, string Open, string Overdue, string WrittenOff, string Green, string Yellow, string Red,
    string Grey, string Item, string Planned, string PlannedBy, string DoneBy, string ItemsLeftOut, string Ranking, string Rank, string Key, string Behind, string Spi, string Index, string LeftOut,
    string Keys, string KeysLeftOut, string Where, string Scale, string Number, string Approval, string DrawnBy, string North, string Colon, string From, string Below, string Between)
{
    private static readonly PosterWords Chinese = new(
        "截至", "总完成率", "进度指数", "当日出动", "当日日报", "未办结问题", "其中超期", "已销号", "按期", "稍慢", "滞后",
        "未排计划", "工作项", "计划", "应完成", "已完成", "另有 {0} 项未列出", "排名", "名次", "图号", "主要落后项", "进度指数", "指数", "…… 其余 {0} 个未列入本表，详见 A1 以上幅面或系统 ……",
        "图上编号", "另有 {0} 个地块过小，本幅面未能标名", "位置", "比例尺约 1∶{0}", "编号", "审图号", "制图", "北", "：", "≥ {0}", "< {0}", "{0} – {1}");

    private static readonly PosterWords English = new(
        "As of", "Done of the whole plan", "Pace (SPI)", "People out", "Zones logged", "Issues open", "of them overdue", "Written off", "on time", "slightly behind", "behind",
        "no plan yet", "Work item", "Plan", "Due by now", "Done", "{0} more are not in this list", "Ranking", "Rank", "No.", "Behind in", "SPI", "SPI", "… {0} more are not in this table: see A1 or larger, or the system …",
        "Numbers on the map", "{0} more are too small to be named on this paper", "Where it lies", "Scale about 1:{0}", "No.", "Map approval", "Drawn by", "N", ": ", "≥ {0}", "< {0}", "{0} – {1}");

    /// <summary>The words of a language.</summary>
    public static PosterWords Of(SheetLanguage language) => language == SheetLanguage.Chinese ? Chinese : English;
}
