namespace GridMap.Core.Calendars;

/// <summary>A day that departs from Monday to Friday: a holiday, or a weekend day that is worked (调休).</summary>
/// <param name="Day">The day, in the office's time zone.</param>
/// <param name="IsWorkday">True for a make-up day, false for a day of rest.</param>
public readonly record struct CalendarException(DateOnly Day, bool IsWorkday);

/// <summary>
/// Which days are worked: Monday to Friday but for the exceptions that the State Council announces for each year.
/// Immutable and thread safe.
/// </summary>
public sealed class WorkCalendar
{
    private readonly Dictionary<DateOnly, bool> exceptions;
    private readonly HashSet<int> years;

    /// <summary>A calendar of announced exceptions; the later of two for one day counts.</summary>
    public WorkCalendar(IEnumerable<CalendarException> announced)
    {
        exceptions = [];
        foreach (var (day, isWorkday) in announced)
        {
            exceptions[day] = isWorkday;
        }

        years = [.. exceptions.Keys.Select(day => day.Year)];
    }

    /// <summary>Monday to Friday, with no year announced.</summary>
    public static WorkCalendar Plain { get; } = new([]);

    /// <summary>Whether the exceptions of that year are known; else its days are taken as Monday to Friday.</summary>
    public bool Knows(int year) => years.Contains(year);

    /// <summary>Whether the day is worked.</summary>
    public bool IsWorkday(DateOnly day) =>
        exceptions.TryGetValue(day, out var worked) ? worked : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The number of workdays in [from, to], both included; 0 when to is before from.</summary>
    public int CountWorkdays(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            count += IsWorkday(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The n-th workday after a day (n = 1: the next one); the day itself does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workdays"/> is negative.</exception>
    public DateOnly AddWorkdays(DateOnly day, int workdays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workdays);
        while (workdays > 0)
        {
            day = day.AddDays(1);
            workdays -= IsWorkday(day) ? 1 : 0;
        }

        return day;
    }
}
