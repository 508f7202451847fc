using GridMap.Township.Chance;

namespace GridMap.Township.People;

/// <summary>Names put together by chance from common family and given names.</summary>
internal static class PersonNames
{
    private const string Families = "陈陈陈陈李李李梁梁梁黄黄黄何何区麦关冼潘谭罗刘林张王吴周郭杨邓叶卢苏霍曾莫孔邵杜简岑劳欧阮伍程钟蔡冯";

    private const string Middles = "志永国建伟嘉家文锦德荣兆炳绍启振广兴子俊泽思诗雅丽美玉秀惠少淑婉咏晓雪燕慧静海金耀润柏钜";

    private const string Lasts = "强辉明华杰豪文康平安泉成基祥权坤洪锋斌涛鹏宇轩琳珍芳娟玲霞敏仪婷欣怡莹萍兰英红群芬妍健威亮添恩";

    public static string Make(Seeded chance)
    {
        var family = Families[chance.Below(Families.Length)];
        var last = Lasts[chance.Below(Lasts.Length)];
        return chance.Happens(0.16) ? $"{family}{last}" : $"{family}{Middles[chance.Below(Middles.Length)]}{last}";
    }
}
