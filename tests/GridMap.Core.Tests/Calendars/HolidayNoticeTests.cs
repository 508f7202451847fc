using GridMap.Core.Calendars;

namespace GridMap.Core.Tests.Calendars;

/// <summary>Notices as they are printed, and with slips in them. The days are facts; the words are those of the form.</summary>
public sealed class HolidayNoticeTests
{
    private const string Of2026 =
        """
        各省、自治区、直辖市人民政府：
        现将2026年元旦、春节等放假调休日期的具体安排通知如下。
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
        节假日期间，各地区要妥善安排好值班。
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public void A_whole_year_is_read_as_it_is_printed_and_as_one_paragraph(string between)
    {
        var notice = HolidayNotice.Read(Of2026.ReplaceLineEndings(between) + "国办发明电〔2025〕7号", 2026);
        Assert.Empty(notice.Doubts);
        Assert.Equal("国办发明电〔2025〕7号", notice.Source);
        Assert.Equal(33, notice.Days.Count(day => !day.IsWorkday));
        Assert.Equal(
            ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"], notice.Days.Where(day => day.IsWorkday).Select(day => day.Day.ToString("O")));
        Assert.Equal(9, notice.Days.Count(day => day.Name == "春节"));
        Assert.Contains(new NoticedDay(new DateOnly(2026, 10, 7), false, "国庆节"), notice.Days);
        Assert.Contains(new NoticedDay(new DateOnly(2026, 1, 1), false, "元旦"), notice.Days);
    }

    [Theory]
    [InlineData("元旦：1月1日（周三）放假1天，不调休。", 2025, "2025-01-01")]
    [InlineData("国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。", 2025, "2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08")]
    [InlineData("1. 春节:1月31日到2月2日放假", 2028, "2028-01-31 2028-02-01 2028-02-02")]
    [InlineData("元旦：2028年１月１日放假。", 2028, "2028-01-01")]
    public void Shorter_and_longer_forms_are_read(string text, int year, string days)
    {
        var notice = HolidayNotice.Read(text, year);
        Assert.Empty(notice.Doubts);
        Assert.Equal(days, string.Join(' ', notice.Days.Select(day => day.Day.ToString("O"))));
    }

    [Theory]
    [InlineData("元旦：1月1日（周五）放假。", "weekday_differs", 1)]
    [InlineData("元旦：1月1日（周四）至3日（周六）放假调休，共4天。", "count_differs", 3)]
    [InlineData("关于2027年部分节假日安排的通知\n元旦：1月1日放假。", "other_year", 1)]
    [InlineData("元旦：2025年12月31日（周三）至2026年1月2日（周五）放假。", "other_year", 2)]
    [InlineData("元旦：12月31日至1月2日放假。", "other_year", 1)]
    [InlineData("元旦：1月5日上班。", "day_as_always", 0)]
    [InlineData("元旦：1月3日放假。1月3日（周六）上班。", "day_twice", 1)]
    [InlineData("春节：2月30日放假。", "bad_day", 0)]
    [InlineData("春节：2月10日至5日放假。", "bad_day", 2)]
    [InlineData("今天天气很好。", "nothing_found", 0)]
    [InlineData("", "nothing_found", 0)]
    public void What_does_not_agree_is_told(string text, string doubt, int days)
    {
        var notice = HolidayNotice.Read(text, 2026);
        Assert.Contains(notice.Doubts, found => found.Code == doubt);
        Assert.Equal(days, notice.Days.Count);
    }

    [Fact]
    public void Whatever_is_pasted_is_answered()
    {
        var random = new Random(20270101);
        var pieces = "一、：（）至月日放假上班，。共天12月31日2026年周六 \n".EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        for (var i = 0; i < 2000; i++)
        {
            var notice = HolidayNotice.Read(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)])), 2026);
            Assert.All(notice.Days, day => Assert.Equal(2026, day.Day.Year));
        }
    }
}
