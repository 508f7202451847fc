namespace GridMap.Core.Calendars;

/// <summary>
/// Counts time as an office does: hours in which it is open, and workdays with their make-up days. Immutable and thread safe.
/// Written for its own rules; no calendar library that restores knows make-up days.
/// </summary>
/// <param name="calendar">Which days are worked.</param>
/// <param name="office">When the office is open on them.</param>
/// <param name="zone">Whose days and hours they are.</param>
public sealed class WorkingTime(WorkCalendar calendar, OfficeHours office, TimeZoneInfo zone)
{
    // Nobody is given longer, and a calendar without a workday is not counted through for ever.
    private const int FarthestDays = 3660;

    /// <summary>When something is due that begins now.</summary>
    /// <param name="start">When it begins.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="pauses">When the clock stands. Workdays that close within one do not count, hours within one neither.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0, or beyond ten years.</exception>
    public DueTime Due(DateTimeOffset start, TimeLimit limit, IEnumerable<ClockPause>? pauses = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit.Value);
        var standing = (pauses ?? []).Where(pause => pause.To > pause.From).OrderBy(pause => pause.From).ToList();
        var at = limit.Unit switch
        {
            LimitUnit.Workdays => AfterWorkdays(start, (int)Math.Min(Math.Ceiling(limit.Value), int.MaxValue), standing),
            LimitUnit.WorkHours => After(Open(start), Span(limit.Value), standing),
            _ => After([(start, DateTimeOffset.MaxValue)], Span(limit.Value), standing),
        };
        return new DueTime(at, limit.Unit == LimitUnit.Hours || Knows(start, at));
    }

    /// <summary>The days that count between a start and its due time: of workdays all after the first day, of work-hours those on which the office was open, of hours all.</summary>
    public IReadOnlyList<DateOnly> CountedDays(DateTimeOffset start, DateTimeOffset due, LimitUnit unit)
    {
        var days = new List<DateOnly>();
        for (var (day, last) = (DayOf(start).AddDays(unit == LimitUnit.Workdays ? 1 : 0), DayOf(due)); day <= last; day = day.AddDays(1))
        {
            if (unit == LimitUnit.Hours || (calendar.IsWorkday(day) && (unit == LimitUnit.Workdays || At(day, office.Closing) > start)))
                days.Add(day);
        }

        return days;
    }

    /// <summary>How long the office was open between two moments.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        if (to <= from)
            return sum;
        foreach (var (opens, closes) in Open(from))
        {
            if (opens >= to)
                break;
            sum += (closes < to ? closes : to) - opens;
        }

        return sum;
    }

    private static TimeSpan Span(decimal hours) =>
        hours <= FarthestDays * 24m ? TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour)) : throw TooFar(nameof(hours));

    private bool Knows(DateTimeOffset from, DateTimeOffset to)
    {
        for (var year = DayOf(from).Year; year <= DayOf(to).Year; year++)
            if (!calendar.Knows(year))
                return false;
        return true;
    }

    private DateTimeOffset AfterWorkdays(DateTimeOffset start, int workdays, List<ClockPause> pauses)
    {
        var first = DayOf(start);
        for (var (day, left) = (first, workdays); day.DayNumber - first.DayNumber <= FarthestDays;)
        {
            day = day.AddDays(1);
            if (!calendar.IsWorkday(day))
                continue;
            var closing = At(day, office.Closing);
            if (!pauses.Exists(pause => pause.From <= closing && closing < pause.To) && --left == 0)
                return closing;
        }

        throw TooFar(nameof(workdays));
    }

    /// <summary>The moment at which so much of the open stretches has passed outside the pauses.</summary>
    private static DateTimeOffset After(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> open, TimeSpan left, List<ClockPause> pauses)
    {
        foreach (var (from, to) in open)
        {
            var at = from;
            foreach (var pause in pauses)
            {
                if (pause.To <= at)
                    continue;
                if (pause.From >= to)
                    break;
                if (pause.From - at >= left)
                    return at + left;
                if (pause.From > at)
                    left -= pause.From - at;
                at = pause.To;
            }

            if (at >= to)
                continue;
            if (to - at >= left)
                return at + left;
            left -= to - at;
        }

        throw TooFar(nameof(left));
    }

    /// <summary>The stretches in which the office is open from a moment on.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Open(DateTimeOffset start)
    {
        var first = DayOf(start);
        for (var day = first; day.DayNumber - first.DayNumber <= FarthestDays; day = day.AddDays(1))
        {
            if (!calendar.IsWorkday(day))
                continue;
            foreach (var (opens, closes) in office.Spans)
            {
                var (from, to) = (At(day, opens), At(day, closes));
                if (to > start)
                    yield return (from < start ? start : from, to);
            }
        }
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static ArgumentOutOfRangeException TooFar(string name) => new(name, "A time limit ends within ten years.");
}
