using System.Diagnostics.CodeAnalysis;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace GridMap.Core.Calendars;

/// <summary>
/// On which days something comes back: a recurrence rule of RFC 5545 that names days, as in <c>FREQ=WEEKLY;BYDAY=TU</c> (each Tuesday) or
/// <c>FREQ=MONTHLY;BYMONTHDAY=1,15</c> (the 1st and the 15th). Rules finer than a day, and those that end by themselves
/// (<c>COUNT</c>, <c>UNTIL</c>), are no such rule: its span is told beside it. Immutable and thread safe.
/// </summary>
public sealed class Recurrence
{
    private const int MaxLength = 200;

    private Recurrence(string rule) => Rule = rule;

    /// <summary>As it was written, in capitals.</summary>
    public string Rule { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Without <c>RRULE:</c>.</param>
    /// <param name="recurrence">The rule; null when it is none.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Recurrence? recurrence)
    {
        recurrence = null;
        var rule = text?.Trim().ToUpperInvariant();
        if (rule is not { Length: > 0 and <= MaxLength })
            return false;
        try
        {
            var pattern = new RecurrencePattern(rule);
            var isOfDays = pattern.Frequency is FrequencyType.Daily or FrequencyType.Weekly or FrequencyType.Monthly
                && pattern.BySecond.Count + pattern.ByMinute.Count + pattern.ByHour.Count == 0;
            if (!isOfDays || pattern.Count is not null || pattern.Until is not null || pattern.Interval is < 1 or > 1000)
                return false;
            recurrence = new Recurrence(rule);
            return true;
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The days on which it falls, in order.</summary>
    /// <param name="from">The first day, from which every second week and the like are counted.</param>
    /// <param name="to">The last day.</param>
    public IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        if (to < from)
            return [];
        // With an end: else a rule that never falls on a day is looked for until the year 9999.
        var something = new CalendarEvent { Start = Time(from), RecurrenceRule = new RecurrencePattern(Rule) { Until = Time(to) } };
        return something.GetOccurrences(Time(from)).Select(occurrence => DateOnly.FromDateTime(occurrence.Period.StartTime.Value));
    }

    private static CalDateTime Time(DateOnly day) => new(day);
}
