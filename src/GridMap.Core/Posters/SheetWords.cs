using System.Globalization;

namespace GridMap.Core.Posters;

/// <summary>The headings of a sheet in one language. Immutable.</summary>
internal sealed record SheetWords(
    string Title, string Code, string Level, string Kind, string Area, string Responsible, string Nobody, string Telephone, string TelephoneOf, string Bounds,
    string East, string South, string West, string North, string Scan, string ScanWhy, string ThisGrid, string ParentBorder, string NeighbourBorder, string ChildBorder,
    string Approval, string Printed, string NorthMark, string Colon)
{
    private static readonly SheetWords Chinese = new(
        "网格责任公示牌", "网格编码", "层级", "类型", "面积", "责任人", "暂缺", "值班电话", "（{0}）", "四至", "东至", "南至", "西至", "北至",
        "扫码查看、反映问题", "网格范围、责任人、处理进度", "本网格", "上级网格界", "相邻网格界", "下级网格界", "审图号", "制作日期", "北", "：");

    private static readonly SheetWords English = new(
        "Grid responsibility sheet", "Code", "Level", "Kind", "Area", "Who answers", "vacant", "Duty telephone", " ({0})", "Bounds", "East", "South", "West", "North",
        "Scan to look up or report", "the grid, who answers, what became of it", "this grid", "border of the parent", "border of neighbours", "borders inside", "Map approval", "Made on", "N", ": ");

    /// <summary>The words of a language.</summary>
    public static SheetWords Of(SheetLanguage language) => language == SheetLanguage.Chinese ? Chinese : English;

    /// <summary>Whose telephone it is.</summary>
    public string Of(string owner) => string.Format(CultureInfo.InvariantCulture, TelephoneOf, owner);
}
