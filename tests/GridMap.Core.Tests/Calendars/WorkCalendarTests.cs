using GridMap.Core.Calendars;

namespace GridMap.Core.Tests.Calendars;

public class WorkCalendarTests
{
    // Spring Festival 2026 as announced: rest 15 to 23 February, worked on Saturdays 14 and 28 February.
    private static readonly WorkCalendar Spring2026 = new(
        Enumerable.Range(15, 9).Select(day => new CalendarException(new DateOnly(2026, 2, day), IsWorkday: false))
            .Append(new CalendarException(new DateOnly(2026, 2, 14), IsWorkday: true))
            .Append(new CalendarException(new DateOnly(2026, 2, 28), IsWorkday: true)));

    [Fact]
    public void Two_workdays_from_Friday_13_February_2026_end_on_Tuesday_24() =>
        Assert.Equal(new DateOnly(2026, 2, 24), Spring2026.AddWorkdays(new DateOnly(2026, 2, 13), 2));

    [Fact]
    public void Without_announcements_two_workdays_from_that_Friday_end_on_Tuesday_17() =>
        Assert.Equal(new DateOnly(2026, 2, 17), WorkCalendar.Plain.AddWorkdays(new DateOnly(2026, 2, 13), 2));

    [Fact]
    public void Counting_and_adding_workdays_agree()
    {
        var from = new DateOnly(2026, 2, 1);
        for (var n = 0; n < 40; n++)
        {
            var to = Spring2026.AddWorkdays(from, n);
            Assert.Equal(n, Spring2026.CountWorkdays(from.AddDays(1), to));
        }
    }

    [Fact]
    public void An_empty_span_has_no_workdays() =>
        Assert.Equal(0, Spring2026.CountWorkdays(new DateOnly(2026, 2, 10), new DateOnly(2026, 2, 9)));

    [Fact]
    public void It_knows_only_the_years_that_were_announced()
    {
        Assert.True(Spring2026.Knows(2026));
        Assert.False(Spring2026.Knows(2027));
    }
}
