using GridMap.Core.Calendars;

namespace GridMap.Core.Tests.Calendars;

public class RecurrenceTests
{
    private static readonly DateOnly From = new(2026, 9, 1);

    /// <summary>Rules, and whether they hold a day, counted day by day without them.</summary>
    public static TheoryData<string, Func<DateOnly, bool>> Rules => new()
    {
        { "FREQ=DAILY", _ => true },
        { "FREQ=DAILY;INTERVAL=3", day => (day.DayNumber - From.DayNumber) % 3 == 0 },
        { "FREQ=WEEKLY;BYDAY=TU", day => day.DayOfWeek == DayOfWeek.Tuesday },
        { "FREQ=WEEKLY;BYDAY=MO,TH", day => day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Thursday },
        { "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", day => day.DayOfWeek == DayOfWeek.Saturday && (day.DayNumber - From.DayNumber + 1) / 7 % 2 == 0 },
        { "FREQ=MONTHLY;BYMONTHDAY=1,15", day => day.Day is 1 or 15 },
        { "FREQ=MONTHLY;BYMONTHDAY=-1", day => day.AddDays(1).Day == 1 },
        { "FREQ=MONTHLY;BYMONTHDAY=31", day => day.Day == 31 },
        { "FREQ=MONTHLY;BYDAY=-1FR", day => day.DayOfWeek == DayOfWeek.Friday && day.AddDays(7).Month != day.Month },
        { "FREQ=MONTHLY;BYDAY=2WE", day => day.DayOfWeek == DayOfWeek.Wednesday && day.Day is > 7 and <= 14 },
        { "freq=weekly;byday=tu", day => day.DayOfWeek == DayOfWeek.Tuesday },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_falls_on_the_days_that_a_count_day_by_day_finds(string rule, Func<DateOnly, bool> holds)
    {
        Assert.True(Recurrence.TryParse(rule, out var recurrence));
        foreach (var length in (int[])[0, 1, 6, 30, 91, 400, 1099])
        {
            var days = Enumerable.Range(0, length + 1).Select(From.AddDays);
            Assert.Equal(days.Where(holds), recurrence.Days(From, From.AddDays(length)));
        }
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15")]
    public void It_may_begin_on_any_day(string rule)
    {
        Assert.True(Recurrence.TryParse(rule, out var recurrence));
        for (var first = From; first < From.AddDays(70); first = first.AddDays(1))
            Assert.Equal(recurrence.Days(From, From.AddDays(100)).Where(day => day >= first), recurrence.Days(first, From.AddDays(100)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("every Tuesday")]
    [InlineData("BYDAY=TU")]
    [InlineData("FREQ=SECONDLY")]
    [InlineData("FREQ=MINUTELY")]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=YEARLY")]
    [InlineData("FREQ=DAILY;BYHOUR=9")]
    [InlineData("FREQ=DAILY;BYSECOND=1,2,3")]
    [InlineData("FREQ=DAILY;COUNT=3")]
    [InlineData("FREQ=DAILY;UNTIL=20260930")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;INTERVAL=999999999")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999999999999")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=WEEKLY;BYDAY=")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=99")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData("FREQ=MONTHLY;FOO=1")]
    [InlineData("RRULE:FREQ=DAILY")]
    public void What_names_no_days_is_refused(string? rule) => Assert.False(Recurrence.TryParse(rule, out _));

    [Theory]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1")]
    public void A_rule_that_falls_on_no_day_ends(string rule)
    {
        if (Recurrence.TryParse(rule, out var recurrence))
            Assert.Empty(recurrence.Days(From, From.AddDays(1099)));
    }
}
