using GridMap.Core.Calendars;
using GridMap.Core.Progress;

namespace GridMap.Township.Campaign;

/// <summary>The campaign's days, and which of them are worked.</summary>
internal static class CampaignTime
{
    public static CampaignDays Days { get; } = new(new DateOnly(2026, 9, 1), new DateOnly(2026, 11, 30));

    /// <summary>The last day that has been logged; the township is shown as of its evening.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 21);

    /// <summary>Autumn 2026: the Mid-Autumn and National Day holidays, with their make-up days.</summary>
    public static WorkCalendar Calendar { get; } = new(
    [
        new(new(2026, 9, 20), true), new(new(2026, 10, 10), true),
        .. Rest(new(2026, 9, 25), 3), .. Rest(new(2026, 10, 1), 7),
    ]);

    /// <summary>The Mondays of the weeks that the campaign touches.</summary>
    public static IReadOnlyList<DateOnly> Weeks { get; } =
        [.. Enumerable.Range(0, 14).Select(week => new DateOnly(2026, 8, 31).AddDays(7 * week))];

    /// <summary>The workdays of a week that lie in the campaign.</summary>
    public static int Workdays(DateOnly monday)
    {
        var (from, to) = (monday, monday.AddDays(6));
        return Calendar.CountWorkdays(from < Days.From ? Days.From : from, to > Days.To ? Days.To : to);
    }

    private static IEnumerable<CalendarException> Rest(DateOnly from, int days) =>
        Enumerable.Range(0, days).Select(day => new CalendarException(from.AddDays(day), false));
}
