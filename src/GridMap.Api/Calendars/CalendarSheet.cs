using System.Globalization;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;

namespace GridMap.Api.Calendars;

/// <summary>A year as a sheet, a line a day; and what a year must be, however it comes.</summary>
internal static class CalendarSheet
{
    private const string Day = "日期";
    private const string Kind = "类型";
    private const string Name = "名称";
    private const string Source = "来源";
    private const string Rest = "休息";
    private const string Work = "上班";
    private const int MaxText = 200;
    private const int MostDays = 100;

    private static readonly Dictionary<string, string> Kinds = new()
    {
        [Rest] = Rest,
        ["放假"] = Rest,
        ["休"] = Rest,
        ["rest"] = Rest,
        [Work] = Work,
        ["调休上班"] = Work,
        ["补班"] = Work,
        ["班"] = Work,
        ["work"] = Work,
    };

    /// <summary>The headings.</summary>
    public static SheetShape Shape { get; } = new(
        "calendar", [Day, Kind, Name, Source],
        new Dictionary<string, string> { ["day"] = Day, ["date"] = Day, ["kind"] = Kind, ["type"] = Kind, ["name"] = Name, ["节日"] = Name, ["source"] = Source },
        [Day, Kind, Source], 400);

    /// <summary>The lines of a year.</summary>
    public static IEnumerable<IEnumerable<object?>> Rows(CalendarYear year) =>
        year.Days.Select(day => (object?[])[day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.IsWorkday ? Work : Rest, day.Name, year.Source]);

    /// <summary>A year as it was typed.</summary>
    /// <exception cref="ProblemException">400: what is wrong with it.</exception>
    public static CalendarYear Check(int year, CalendarYearBody body)
    {
        var source = InputText.Clean(body.Source, "source", MaxText);
        if (source.Length == 0)
            throw new ProblemException(Problem.Bad("source", "source_required", "Say who announced it and where, such as the number of the document."));
        var days = body.Days ?? [];
        if (days.Length is 0 or > MostDays)
            throw new ProblemException(Problem.Bad("days", "bad_days", $"Send all days of the year that depart from Monday to Friday, 1 to {MostDays}."));
        var seen = new HashSet<DateOnly>();
        foreach (var day in days)
        {
            if (Wrong(year, day, seen) is { } wrong)
                throw new ProblemException(Problem.Bad("days", wrong.Code, $"{day.Day:O} {wrong.Why}."));
        }

        return new CalendarYear(year, source, [.. days.Select(day => day with { Name = InputText.Clean(day.Name, "days", MaxText) }).OrderBy(day => day.Day)]);
    }

    /// <summary>A year out of a sheet, with what is wrong by cell.</summary>
    public static (CalendarYear Year, IReadOnlyList<SheetError> Errors) Read(int year, IReadOnlyList<SheetRow> rows)
    {
        var errors = new List<SheetError>();
        var cells = new SheetCells(errors);
        var days = new List<CalendarDay>();
        var seen = new HashSet<DateOnly>();
        var source = "";
        foreach (var row in rows)
        {
            var name = cells.Text(row, Name, MaxText);
            source = SourceOf(cells, row, source);
            var kind = cells.Word(row, Kind, Kinds);
            if (row[Kind] is null)
                cells.Wrong(row, Kind, "kind_missing", $"is empty: write {Rest} or {Work}");
            if (SheetCells.Day(row, Day) is not { } date)
            {
                cells.Wrong(row, Day, "bad_day", "is no day; write it as 2027-01-31");
                continue;
            }

            var day = new CalendarDay(date, kind == Work, name);
            if (Wrong(year, day, seen) is { } wrong)
                cells.Wrong(row, wrong.Code == "day_as_always" ? Kind : Day, wrong.Code, wrong.Why);
            days.Add(day);
        }

        if (rows.Count is 0 or > MostDays)
            errors.Add(new SheetError(1, Day, "bad_days", $"The sheet holds {rows.Count} days; 1 to {MostDays} of a year depart from Monday to Friday."));
        return (new CalendarYear(year, source, [.. days.OrderBy(day => day.Day)]), errors);
    }

    private static string SourceOf(SheetCells cells, SheetRow row, string known)
    {
        var source = cells.Text(row, Source, MaxText);
        if (known.Length == 0 && source.Length == 0)
            cells.Wrong(row, Source, "source_required", "is empty: say who announced it and where");
        else if (known.Length > 0 && source.Length > 0 && source != known)
            cells.Wrong(row, Source, "source_differs", "is another than in the rows above: a year is announced as a whole");
        return known.Length == 0 ? source : known;
    }

    private static (string Code, string Why)? Wrong(int year, CalendarDay day, HashSet<DateOnly> seen)
    {
        if (day.Day.Year != year)
            return ("bad_day", $"is no day of {year}");
        if (!seen.Add(day.Day))
            return ("day_twice", "is there twice");
        return day.IsWorkday && day.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) ? ("day_as_always", "is worked anyway: only weekend days can be make-up days") : null;
    }
}
