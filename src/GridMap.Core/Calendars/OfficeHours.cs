using System.Globalization;

namespace GridMap.Core.Calendars;

/// <summary>When the office is open on a workday. Immutable and thread safe.</summary>
public sealed class OfficeHours
{
    private readonly (TimeSpan Opens, TimeSpan Closes)[] spans;

    private OfficeHours((TimeSpan, TimeSpan)[] spans) => this.spans = spans;

    /// <summary>Half past eight to noon, and two to half past five.</summary>
    public static OfficeHours Usual { get; } = TryParse("08:30-12:00,14:00-17:30")!;

    /// <summary>The stretches of a day, as times since midnight, in order; none overlaps another.</summary>
    public IReadOnlyList<(TimeSpan Opens, TimeSpan Closes)> Spans => spans;

    /// <summary>When the last stretch ends, since midnight.</summary>
    public TimeSpan Closing => spans[^1].Closes;

    /// <summary>Reads <c>08:30-12:00,14:00-17:30</c>; 24:00 is the end of a day. Null when it is none, or stretches overlap or are out of order.</summary>
    public static OfficeHours? TryParse(string? text)
    {
        var read = new List<(TimeSpan Opens, TimeSpan Closes)>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to] || TimeOf(from) is not { } opens || TimeOf(to) is not { } closes
                || closes <= opens || (read.Count > 0 && opens < read[^1].Closes))
                return null;
            read.Add((opens, closes));
        }

        return read.Count > 0 ? new OfficeHours([.. read]) : null;
    }

    private static TimeSpan? TimeOf(string text) =>
        text == "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}
