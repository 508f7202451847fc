namespace GridMap.Township.Campaign;

/// <summary>The days of the campaign that are worked on in 2026: Mondays to Fridays, less the holidays, plus the make-up days.</summary>
internal static class WorkCalendar
{
    public static DateOnly First { get; } = new(2026, 9, 1);

    public static DateOnly Last { get; } = new(2026, 11, 30);

    /// <summary>The last day that has been logged; the township is shown as of its evening.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 21);

    private static readonly (DateOnly From, DateOnly To)[] Holidays =
        [(new(2026, 9, 25), new(2026, 9, 27)), (new(2026, 10, 1), new(2026, 10, 7))];

    private static readonly DateOnly[] MakeUp = [new(2026, 9, 20), new(2026, 10, 10)];

    public static bool IsWorkday(DateOnly day)
    {
        if (MakeUp.Contains(day))
            return true;
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return false;
        return !Holidays.Any(holiday => holiday.From <= day && day <= holiday.To);
    }

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public static int Workdays(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
            count += IsWorkday(day) ? 1 : 0;
        return count;
    }

    /// <summary>The days of the campaign from a Monday on.</summary>
    public static IEnumerable<DateOnly> Week(DateOnly monday) =>
        Enumerable.Range(0, 7).Select(monday.AddDays).Where(day => day >= First && day <= Last);
}
