using GridMap.Township.Chance;
using GridMap.Township.Grouping;

namespace GridMap.Township.Naming;

/// <summary>Invented names of grids, co-operatives, works and schools.</summary>
internal static class Names
{
    public const string Town = "禾澜镇";

    private static readonly string[] Hamlets =
    [
        "塘边", "涌口", "沙尾", "基头", "榕树头", "大街", "新村", "东便", "西便", "南便", "北便", "岗脚", "围仔", "桥头", "祠堂巷", "上巷", "下巷",
        "麦地", "梁边", "何家", "陈边", "区村", "冼边", "关地", "泗水", "石巷", "竹园", "蕉园", "鱼苗塘", "桑基", "渡头", "旧墟", "水闸", "龙眼树下",
        "井头", "坑尾", "窖口", "云边", "仁和里", "聚龙里", "永安里", "兴贤里", "文明里", "太平里", "十二亩", "三丫涌", "大围", "白鹤咀", "横基",
    ];

    private static readonly string[] Works = ["五金厂", "纺织厂", "家具厂", "塑料制品厂", "铝型材厂", "陶瓷厂", "电器厂", "食品厂", "印刷厂", "鞋材厂", "包装厂", "物流园", "汽配厂"];

    private static readonly string[] Firms = ["鸿", "兴", "昌", "盛", "恒", "丰", "泰", "永", "利", "达", "裕", "顺", "源", "广", "荣", "新", "华", "隆"];

    private static readonly string[] Places = ["小学", "幼儿园", "卫生站", "市场", "文化公园", "敬老院", "党群服务中心", "祠堂", "文体中心", "公交总站"];

    private static readonly string[] Others = ["第二", "东", "西", "南", "北"];

    public static void Give(Grid town, Seeded chance)
    {
        town.Name = Town;
        town.Telephone = "0757-00000000";
        var number = 0;
        for (var i = 0; i < town.Children.Count; i++)
        {
            var community = town.Children[i];
            community.Name = community.ProperName!;
            community.Telephone = $"0757-0000{200 + i + 1:0000}";
            NameCooperatives(community, chance);
            var section = 0;
            foreach (var zone in community.Children)
            {
                number++;
                section++;
                zone.Name = zone.ProperName ?? ZoneName(community, number, section);
                zone.Telephone = $"0757-0000{1000 + number:0000}";
            }

            NameMicroGrids(community, chance);
        }
    }

    /// <summary>The community's name without the word for what it is: 石岐头 of 石岐头村.</summary>
    public static string Stem(Grid community) =>
        community.Name.EndsWith("社区", StringComparison.Ordinal) ? community.Name[..^2] : community.Name.TrimEnd('村');

    private static string ZoneName(Grid community, int number, int section) => community.Kind switch
    {
        Kinds.Community => $"{Stem(community)}第{section}网格",
        Kinds.Enterprise => $"园区{section}号片区",
        _ => $"片区 {number}",
    };

    private static void NameCooperatives(Grid community, Seeded chance)
    {
        var pool = Hamlets.ToList();
        chance.Shuffle(pool);
        var named = new Dictionary<string, string>();
        foreach (var zone in community.Children)
        {
            if (!named.TryGetValue(zone.Cooperative!, out var name))
                named[zone.Cooperative!] = name = $"{Stem(community)}{pool[named.Count]}经济社";
            zone.Cooperative = name;
        }
    }

    private static void NameMicroGrids(Grid community, Seeded chance)
    {
        var taken = new HashSet<string>();
        foreach (var zone in community.Children)
        {
            var sequence = 0;
            foreach (var micro in zone.Children)
            {
                sequence++;
                micro.Name = micro.ProperName switch
                {
                    null when zone.ProperName is not null && zone.Children.Count == 1 => zone.Name,
                    null => zone.Kind == Kinds.Special ? $"{zone.Name}{sequence}区" : $"微网格 {sequence:00}",
                    "" => Proper(community, micro, taken, chance),
                    { } name => name,
                };
            }
        }
    }

    private static string Proper(Grid community, Grid micro, HashSet<string> taken, Seeded chance)
    {
        for (var tries = 0; ; tries++)
        {
            var name = micro.Kind == Kinds.Enterprise
                ? $"{chance.Pick(Firms)}{chance.Pick(Firms)}{chance.Pick(Works)}"
                : $"{Stem(community)}{(tries < 12 ? "" : chance.Pick(Others))}{chance.Pick(Places)}";
            if (taken.Add(name))
                return name;
        }
    }
}
