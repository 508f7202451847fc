using GridMap.Core.Progress;

namespace GridMap.Township.Campaign;

/// <summary>What the campaign counts.</summary>
/// <param name="Code">Its code in the files.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="Unit">What one is.</param>
/// <param name="Weight">Its share in the percentage.</param>
/// <param name="Decimals">How finely it is measured.</param>
/// <param name="Usual">What a zone usually plans for the whole campaign.</param>
/// <param name="Middle">About when the work is done, 0 the campaign's beginning, 1 its end.</param>
/// <param name="PerHead">What one person does in a day.</param>
/// <param name="Goals">Words for a week's goal.</param>
internal sealed record CampaignItem(
    string Code, string Name, string NameEn, string Unit, decimal Weight, int Decimals, double Usual, double Middle, double PerHead, string[] Goals)
{
    public static IReadOnlyList<CampaignItem> All { get; } =
    [
        new("rubbish", "清运垃圾", "Rubbish removed", "吨", 25, 1, 130, 0.48, 0.9, ["清空积存垃圾, 日产日清", "垃圾屋周边彻底清洗", "河涌两岸垃圾清零", "建筑余泥外运完毕"]),
        new("corners", "清理卫生死角", "Black spots cleared", "处", 20, 0, 46, 0.52, 0.6, ["后巷死角逐户清理", "房前屋后杂物清零", "出租屋周边死角清理", "集市周边死角回头看"]),
        new("sheds", "拆除乱搭建", "Illegal sheds removed", "平方米", 20, 2, 420, 0.64, 6, ["签订拆除承诺书", "拆除占道棚架", "鱼塘边窝棚拆除", "拆后复绿"]),
        new("lines", "整治三线", "Cables put in order", "公里", 15, 3, 2.4, 0.7, 0.06, ["主街三线归整捆扎", "废线剪除", "低垂线升高", "巷道三线下地"]),
        new("greening", "绿化美化", "Greening", "平方米", 20, 1, 760, 0.85, 14, ["四小园选点清表", "种植灌木和草皮", "祠堂前小公园完工", "沿河绿带补种"]),
    ];

    public static IReadOnlyList<WorkItem> Formula { get; } = [.. All.Select(item => new WorkItem(item.Code, item.Weight))];
}
