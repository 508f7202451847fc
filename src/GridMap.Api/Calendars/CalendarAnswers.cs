using System.Security.Cryptography;
using System.Text.Json;
using GridMap.Api.Spreadsheets;

namespace GridMap.Api.Calendars;

/// <summary>A day that departs from Monday to Friday.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsWorkday">True for a weekend day that is worked (调休), false for a day of rest.</param>
/// <param name="Name">What it is called.</param>
public sealed record CalendarDay(DateOnly Day, bool IsWorkday, string Name);

/// <summary>A year as it was announced.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Who announced it, where.</param>
/// <param name="Days">Its days that depart from Monday to Friday; none: the year is not announced yet.</param>
public sealed record CalendarYear(int Year, string Source, IReadOnlyList<CalendarDay> Days)
{
    private const int VersionBytes = 8;

    /// <summary>Of what it holds; sent back with a change.</summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Year, Source, Days }))[..VersionBytes]);
}

/// <summary>Years that are known.</summary>
public sealed record CalendarYears(IReadOnlyList<CalendarYear> Items);

/// <summary>What a change of the calendar did.</summary>
/// <param name="Year">The year.</param>
/// <param name="Days">How many days depart from Monday to Friday now.</param>
/// <param name="Issues">How many open issues are due at another time now.</param>
public sealed record CalendarChange(int Year, int Days, int Issues);

/// <summary>The days of a year, as the office types or pastes them.</summary>
/// <param name="Source">Who announced them, where.</param>
/// <param name="Days">All of the year that depart from Monday to Friday.</param>
/// <param name="Version">Of the year that is changed; left out: whatever is there is replaced.</param>
public sealed record CalendarYearBody(string? Source, CalendarDay[]? Days, string? Version = null);

/// <summary>What a sheet of a year holds, or what is wrong with it.</summary>
/// <param name="Year">The year as it is to be; of a sheet with errors what could be read.</param>
/// <param name="Issues">How many open issues are due at another time then.</param>
/// <param name="Errors">By row and column; with any, nothing is stored.</param>
public sealed record CalendarSheetReport(CalendarYear Year, int Issues, IReadOnlyList<SheetError> Errors);

/// <summary>When something is due, and why then.</summary>
/// <param name="From">When it begins.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="IsCertain">False when it was counted through a year that is not announced.</param>
/// <param name="Days">The days that count, the last of them the day on which it is due.</param>
public sealed record CountedDue(DateTimeOffset From, DateTimeOffset DueAt, bool IsCertain, IReadOnlyList<DateOnly> Days);

/// <summary>A notice as it was pasted.</summary>
public sealed record NoticeBody(string? Text);

/// <summary>What a notice says.</summary>
/// <param name="Source">The number of the document; empty when it is not named.</param>
/// <param name="Days">The days of the year that it names.</param>
/// <param name="Doubts">What does not agree in it, or was left out.</param>
public sealed record NoticeReading(string Source, IReadOnlyList<CalendarDay> Days, IReadOnlyList<NoticeDoubtItem> Doubts);

/// <summary>What somebody should look at.</summary>
/// <param name="Code">weekday_differs, count_differs, other_year, day_as_always, day_twice, bad_day, nothing_found.</param>
/// <param name="Words">The words of the notice that it is about.</param>
public sealed record NoticeDoubtItem(string Code, string Words);
