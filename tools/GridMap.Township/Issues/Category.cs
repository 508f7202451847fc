using GridMap.Township.Landscape;

namespace GridMap.Township.Issues;

/// <summary>A class of issues or, under one, a kind of issue, with its unit, its time limit, and where such issues are found.</summary>
internal sealed record Category(
    string Code, string? Parent, string Name, string NameEn, string Unit, int Limit, string LimitUnit, string Picture, double Weight, Use[] Ground);

/// <summary>The categories of the campaign: two levels. The limits are examples of what cities set.</summary>
internal static class Categories
{
    private static readonly Use[] Homes = [Use.Town, Use.Village];
    private static readonly Use[] Anywhere = [Use.Town, Use.Village, Use.Industry, Use.Field];
    private static readonly Use[] Country = [Use.Village, Use.Field, Use.Pond];
    private static readonly Use[] Streets = [Use.Town, Use.Village, Use.Industry];

    public static IReadOnlyList<Category> All { get; } =
    [
        Class("01", "三大革命", "Rubbish, sewage, toilets", "revolutions"),
        Kind("0101", "暴露垃圾", "Exposed rubbish", "处", 4, "workhours", "rubbish", 15, Anywhere),
        Kind("0102", "卫生死角", "Neglected corner", "处", 1, "workdays", "corner", 8, Homes),
        Kind("0103", "建筑垃圾", "Building rubble", "吨", 2, "workdays", "rubble", 7, Anywhere),
        Kind("0104", "污水直排", "Sewage outfall", "处", 5, "workdays", "sewage", 5, Country),
        Kind("0105", "厕所脏乱", "Dirty public toilet", "个", 4, "workhours", "toilet", 3, Homes),
        Kind("0106", "垃圾桶满溢", "Overflowing bin", "个", 4, "workhours", "bin", 9, Streets),
        Class("02", "六乱", "Six disorders", "disorders"),
        Kind("0201", "乱拉乱挂", "Things strung and hung", "处", 2, "workdays", "hanging", 5, Homes),
        Kind("0202", "乱摆卖", "Street vending", "处", 4, "workhours", "vending", 7, Homes),
        Kind("0203", "乱停放", "Parking in disorder", "处", 2, "workhours", "parking", 8, Streets),
        Kind("0204", "乱搭建", "Makeshift building", "平方米", 15, "workdays", "shed", 5, Country),
        Kind("0205", "乱堆放", "Piles in the street", "处", 1, "workdays", "pile", 13, Anywhere),
        Kind("0206", "乱贴画", "Bills and graffiti", "处", 1, "workdays", "bills", 5, Homes),
        Class("03", "三线", "Overhead lines", "lines"),
        Kind("0301", "电力线凌乱", "Tangled power lines", "公里", 10, "workdays", "power", 3, Homes),
        Kind("0302", "通信线垂落", "Sagging telephone lines", "处", 3, "workdays", "telephone", 4, Homes),
        Kind("0303", "有线电视线废弃", "Abandoned cable television lines", "公里", 10, "workdays", "cable", 2, Homes),
        Class("04", "危破房", "Unsafe houses", "houses"),
        Kind("0401", "破旧泥砖房", "Ruined mud-brick house", "平方米", 20, "workdays", "mudhouse", 3, Country),
        Kind("0402", "残垣断壁", "Broken wall", "处", 10, "workdays", "wall", 3, Country),
        Class("05", "水体", "Water", "water"),
        Kind("0501", "河涌漂浮物", "Floating rubbish", "处", 1, "workdays", "floating", 7, [Use.Pond, Use.Village, Use.Field]),
        Kind("0502", "黑臭水体", "Foul water", "处", 10, "workdays", "foul", 2, Country),
        Kind("0503", "水浮莲", "Water hyacinth", "平方米", 3, "workdays", "hyacinth", 3, [Use.Pond, Use.Field]),
        Class("06", "设施绿化", "Works and greenery", "works"),
        Kind("0601", "路面破损", "Damaged road", "平方米", 5, "workdays", "road", 4, Streets),
        Kind("0602", "路灯不亮", "Street lamp out", "个", 2, "workdays", "lamp", 3, Homes),
        Kind("0603", "井盖缺损", "Manhole cover missing", "个", 4, "hours", "manhole", 2, Streets),
        Kind("0604", "绿化缺株", "Plants lost", "平方米", 5, "workdays", "plants", 2, Streets),
    ];

    private static Category Class(string code, string name, string nameEn, string picture) =>
        new(code, null, name, nameEn, "", 0, "", picture, 0, []);

    private static Category Kind(
        string code, string name, string nameEn, string unit, int limit, string limitUnit, string picture, double weight, Use[] ground) =>
        new(code, code[..2], name, nameEn, unit, limit, limitUnit, picture, weight, ground);
}
