using GridMap.Core.Calendars;

namespace GridMap.Core.Tests.Calendars;

public class WorkingTimeTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    // As announced for 2026: rest, and weekend days that are worked.
    private static readonly (string First, string Last)[] Rest =
    [
        ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"), ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"), ("2026-10-01", "2026-10-07"),
    ];

    private static readonly string[] MadeUp = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"];

    private static readonly WorkingTime Time = new(
        new WorkCalendar([.. Rest.SelectMany(span => Days(span.First, span.Last)).Select(day => new CalendarException(day, false)), .. MadeUp.Select(day => new CalendarException(DateOnly.Parse(day), true))]),
        OfficeHours.Usual, Shanghai);

    [Theory]
    [InlineData("2026-02-13 10:00", 2, "2026-02-24 17:30")] // Saturday the 14th is made up, the 15th to the 23rd are the Spring Festival.
    [InlineData("2026-02-13 23:59", 2, "2026-02-24 17:30")]
    [InlineData("2026-02-13 00:00", 1, "2026-02-14 17:30")]
    [InlineData("2026-02-14 09:00", 1, "2026-02-24 17:30")]
    [InlineData("2026-02-15 00:00", 1, "2026-02-24 17:30")]
    [InlineData("2026-02-23 23:59", 1, "2026-02-24 17:30")]
    [InlineData("2026-02-27 12:00", 1, "2026-02-28 17:30")]
    [InlineData("2026-02-28 12:00", 1, "2026-03-02 17:30")]
    [InlineData("2026-09-30 17:00", 3, "2026-10-10 17:30")] // the 8th, the 9th, and Saturday the 10th
    public void Workdays_take_rest_and_made_up_days_as_announced(string start, int workdays, string due) =>
        Assert.Equal(new DueTime(At(due), true), Time.Due(At(start), new TimeLimit(workdays, LimitUnit.Workdays)));

    [Theory]
    [InlineData("2026-03-02 16:30", 4, "2026-03-03 11:30")]
    [InlineData("2026-03-02 11:00", 2, "2026-03-02 15:00")] // over noon
    [InlineData("2026-03-02 12:30", 0.5, "2026-03-02 14:30")]
    [InlineData("2026-03-06 18:00", 4, "2026-03-09 14:30")] // over a weekend
    [InlineData("2026-02-13 16:30", 2, "2026-02-14 09:30")]
    [InlineData("2026-02-14 17:00", 1, "2026-02-24 09:00")]
    [InlineData("2026-03-02 08:30", 3.5, "2026-03-02 12:00")]
    public void Work_hours_pass_while_the_office_is_open(string start, double hours, string due) =>
        Assert.Equal(At(due), Time.Due(At(start), new TimeLimit((decimal)hours, LimitUnit.WorkHours)).At);

    [Fact]
    public void Hours_on_the_clock_pass_day_and_night() =>
        Assert.Equal(At("2026-02-17 00:00"), Time.Due(At("2026-02-16 20:00"), new TimeLimit(4, LimitUnit.Hours)).At);

    [Fact]
    public void A_due_time_in_a_year_that_was_not_announced_says_so()
    {
        Assert.False(Time.Due(At("2026-12-31 10:00"), new TimeLimit(1, LimitUnit.Workdays)).IsCertain);
        Assert.False(Time.Due(At("2026-12-31 17:00"), new TimeLimit(2, LimitUnit.WorkHours)).IsCertain);
        Assert.True(Time.Due(At("2026-12-31 10:00"), new TimeLimit(48, LimitUnit.Hours)).IsCertain);
        Assert.True(Time.Due(At("2026-12-30 10:00"), new TimeLimit(1, LimitUnit.Workdays)).IsCertain);
    }

    [Fact]
    public void Every_limit_ends_where_counting_minute_by_minute_ends()
    {
        var random = new Random(20260214);
        foreach (var day in Days("2026-01-01", "2026-12-20"))
        {
            var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue).AddMinutes(random.Next(24 * 60)), TimeSpan.FromHours(8));
            List<ClockPause> pauses = [.. Enumerable.Range(0, random.Next(3)).Select(_ => start.AddMinutes(random.Next(4000))).Order().Select(from => new ClockPause(from, from.AddMinutes(random.Next(3000))))];
            foreach (var standing in (IReadOnlyList<ClockPause>[])[[], pauses])
            {
                var (days, halfHours) = (random.Next(1, 5), random.Next(1, 30));
                Assert.Equal(SlowWorkdays(start, days, standing), Time.Due(start, new TimeLimit(days, LimitUnit.Workdays), standing).At);
                Assert.Equal(SlowMinutes(start, halfHours * 30, standing, IsOpen), Time.Due(start, new TimeLimit(halfHours / 2m, LimitUnit.WorkHours), standing).At);
                Assert.Equal(SlowMinutes(start, halfHours * 30, standing, _ => true), Time.Due(start, new TimeLimit(halfHours / 2m, LimitUnit.Hours), standing).At);
            }

            var end = start.AddMinutes(random.Next(6000));
            var open = 0;
            for (var at = start; at < end; at = at.AddMinutes(1))
                open += IsOpen(at) ? 1 : 0;
            Assert.Equal(TimeSpan.FromMinutes(open), Time.Between(start, end));
        }
    }

    [Fact]
    public void A_calendar_in_which_nobody_works_ends_in_a_refusal()
    {
        var never = new WorkingTime(new WorkCalendar(Enumerable.Range(0, 4000).Select(i => new CalendarException(new DateOnly(2026, 1, 1).AddDays(i), false))), OfficeHours.Usual, Shanghai);
        Assert.Throws<ArgumentOutOfRangeException>(() => never.Due(At("2026-03-02 10:00"), new TimeLimit(1, LimitUnit.Workdays)));
        Assert.Throws<ArgumentOutOfRangeException>(() => never.Due(At("2026-03-02 10:00"), new TimeLimit(1, LimitUnit.WorkHours)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Time.Due(At("2026-03-02 10:00"), new TimeLimit(0, LimitUnit.Hours)));
    }

    [Theory]
    [InlineData("08:30-12:00,14:00-17:30", true)]
    [InlineData("00:00-24:00", true)]
    [InlineData("", false)]
    [InlineData("9-17", false)]
    [InlineData("12:00-08:30", false)]
    [InlineData("08:00-12:00,11:00-17:00", false)]
    [InlineData("14:00-17:30,08:30-12:00", false)]
    [InlineData("08:30-25:00", false)]
    public void Office_hours_are_stretches_in_order(string text, bool isRead) => Assert.Equal(isRead, OfficeHours.TryParse(text) is not null);

    // --- the slow way, from the announcement alone ---------------------------------------------------

    private static IEnumerable<DateOnly> Days(string first, string last)
    {
        for (var day = DateOnly.Parse(first); day <= DateOnly.Parse(last); day = day.AddDays(1))
            yield return day;
    }

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text), TimeSpan.FromHours(8));

    private static bool IsWorked(DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd");
        if (MadeUp.Contains(text))
            return true;
        return !Rest.Any(span => string.CompareOrdinal(span.First, text) <= 0 && string.CompareOrdinal(text, span.Last) <= 0)
            && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    private static bool IsOpen(DateTimeOffset at)
    {
        var minutes = at.Hour * 60 + at.Minute;
        return IsWorked(DateOnly.FromDateTime(at.DateTime)) && minutes is (>= 510 and < 720) or (>= 840 and < 1050) && IsWorked(DateOnly.FromDateTime(at.DateTime));
    }

    private static DateTimeOffset SlowMinutes(DateTimeOffset start, int minutes, IReadOnlyList<ClockPause> pauses, Func<DateTimeOffset, bool> counts)
    {
        for (var at = start; ; at = at.AddMinutes(1))
            if (counts(at) && !pauses.Any(pause => pause.From <= at && at < pause.To) && --minutes == 0)
                return at.AddMinutes(1);
    }

    private static DateTimeOffset SlowWorkdays(DateTimeOffset start, int days, IReadOnlyList<ClockPause> pauses)
    {
        for (var day = DateOnly.FromDateTime(start.DateTime).AddDays(1); ; day = day.AddDays(1))
        {
            var closing = new DateTimeOffset(day.ToDateTime(new TimeOnly(17, 30)), TimeSpan.FromHours(8));
            if (IsWorked(day) && !pauses.Any(pause => pause.From <= closing && closing < pause.To) && --days == 0)
                return closing;
        }
    }
}
