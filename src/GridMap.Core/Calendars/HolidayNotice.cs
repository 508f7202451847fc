using System.Globalization;
using System.Text.RegularExpressions;

namespace GridMap.Core.Calendars;

/// <summary>A day as a notice names it.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsWorkday">True for a make-up day.</param>
/// <param name="Name">The holiday.</param>
public readonly record struct NoticedDay(DateOnly Day, bool IsWorkday, string Name);

/// <summary>What somebody should look at in a notice.</summary>
/// <param name="Code">weekday_differs, count_differs, other_year, day_as_always, day_twice, bad_day, nothing_found.</param>
/// <param name="Words">The words of the notice that it is about.</param>
public readonly record struct NoticeDoubt(string Code, string Words);

/// <summary>
/// Reads the yearly notice of the State Council's office as it is printed: "二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。"
/// What a notice says twice (the weekday, how many days) is held against the days: a slip is told, never mended in silence. Immutable and thread safe.
/// </summary>
/// <param name="Source">The number of the document; empty when it is not named.</param>
/// <param name="Days">In their order, each once.</param>
/// <param name="Doubts">What does not agree, or was left out.</param>
public sealed partial record HolidayNotice(string Source, IReadOnlyList<NoticedDay> Days, IReadOnlyList<NoticeDoubt> Doubts)
{
    private const string WorkName = "调休上班";
    private const string Weekdays = "日一二三四五六";
    private const int LongestHoliday = 31;

    /// <summary>Reads.</summary>
    /// <param name="text">The notice, or the part of it that names the days.</param>
    /// <param name="year">The year that it is for.</param>
    public static HolidayNotice Read(string text, int year)
    {
        // What is in brackets is one piece.
        var plain = Brackets().Replace(Narrow(text), match => match.Value.Replace(',', '、'));
        var reading = new Reading(year);
        if (Title().Match(plain) is { Success: true } title && Number(title, "year") != year)
            reading.Doubt("other_year", title.Value);
        foreach (var item in Items().Split(plain))
        {
            var colon = item.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            var name = item[..colon].Trim();
            foreach (var clause in Clauses().Split(item[(colon + 1)..]))
                reading.Clause(name.Split('\n')[^1].Trim(), clause);
        }

        if (reading.Days.Count == 0)
            reading.Doubt("nothing_found", "");
        return new HolidayNotice(Document().Match(plain).Value, [.. reading.Days.Values], reading.Doubts);
    }

    // Wide digits, brackets and colons as narrow ones; by hand, for a service without the tables of all scripts cannot normalize.
    private static string Narrow(string text) =>
        string.Create(text.Length, text, static (narrow, wide) =>
        {
            for (var i = 0; i < wide.Length; i++)
                narrow[i] = wide[i] switch { >= '！' and <= '～' => (char)(wide[i] - '！' + '!'), '\u3000' => ' ', var letter => letter };
        });

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"(?<year>[0-9]{4})年(?:部分)?节假日", RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"国办发明电〔[0-9]{4}〕[0-9]+号", RegexOptions.CultureInvariant)]
    private static partial Regex Document();

    [GeneratedRegex(@"(?:^|(?<=[\n。\s]))(?:[一二三四五六七八九十]+、|[0-9]+[.、])|\n(?=[^\n:]{1,20}:)", RegexOptions.CultureInvariant)]
    private static partial Regex Items();

    [GeneratedRegex(@"[。;,\n]", RegexOptions.CultureInvariant)]
    private static partial Regex Clauses();

    [GeneratedRegex(@"(?<to>至|到|-|—|~)?\s*(?:(?<year>[0-9]{4})年)?(?:(?<month>[0-9]{1,2})月)?(?<day>[0-9]{1,2})日(?:\((?<note>[^)]*)\))?", RegexOptions.CultureInvariant)]
    private static partial Regex Dates();

    [GeneratedRegex(@"(?:周|星期)(?<day>[日天一二三四五六])", RegexOptions.CultureInvariant)]
    private static partial Regex WeekdayOf();

    [GeneratedRegex(@"共(?<days>[0-9]+)天", RegexOptions.CultureInvariant)]
    private static partial Regex CountOf();

    private sealed class Reading(int year)
    {
        private int lastRun;

        public SortedDictionary<DateOnly, NoticedDay> Days { get; } = [];

        public List<NoticeDoubt> Doubts { get; } = [];

        public void Doubt(string code, string words) => Doubts.Add(new NoticeDoubt(code, words.Trim()));

        public void Clause(string name, string clause)
        {
            if (CountOf().Match(clause) is { Success: true } count && lastRun > 0 && Number(count, "days") != lastRun)
                Doubt("count_differs", $"{name}: {count.Value}");
            var isWork = clause.Contains("上班", StringComparison.Ordinal);
            if (!isWork && !clause.Contains("放假", StringComparison.Ordinal))
                return;
            var run = Run(clause);
            lastRun = isWork ? 0 : run.Count;
            foreach (var day in run)
                Add(new NoticedDay(day, isWork, isWork ? WorkName : name), clause);
        }

        private void Add(NoticedDay noticed, string clause)
        {
            if (noticed.Day.Year != year)
                Doubt("other_year", clause);
            else if (noticed.IsWorkday && noticed.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                Doubt("day_as_always", clause);
            else if (!Days.TryAdd(noticed.Day, noticed))
                Doubt("day_twice", clause);
        }

        private List<DateOnly> Run(string clause)
        {
            var run = new List<DateOnly>();
            foreach (Match match in Dates().Matches(clause))
            {
                if (DayOf(match, run) is not { } day)
                {
                    Doubt("bad_day", match.Value);
                    continue;
                }

                if (WeekdayOf().Match(match.Groups["note"].Value) is { Success: true } weekday && Weekdays[(int)day.DayOfWeek] != weekday.Groups["day"].Value.Replace('天', '日')[0])
                    Doubt("weekday_differs", match.Value);
                if (match.Groups["to"].Success && run.Count > 0)
                {
                    if (day <= run[^1] || day.DayNumber - run[^1].DayNumber > LongestHoliday)
                        Doubt("bad_day", match.Value);
                    for (var between = run[^1].AddDays(1); between < day && day.DayNumber - between.DayNumber < LongestHoliday; between = between.AddDays(1))
                        run.Add(between);
                }

                run.Add(day);
            }

            return run;
        }

        // A month or a year that is not said is that of the day before in the same clause.
        private DateOnly? DayOf(Match match, List<DateOnly> run)
        {
            var month = match.Groups["month"].Success ? Number(match, "month") : run.Count > 0 ? run[^1].Month : 0;
            var said = match.Groups["year"].Success ? Number(match, "year") : run.Count > 0 ? run[^1].Year + (month < run[^1].Month ? 1 : 0) : year;
            var day = Number(match, "day");
            return said is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(said, month) ? new DateOnly(said, month, day) : null;
        }
    }
}
