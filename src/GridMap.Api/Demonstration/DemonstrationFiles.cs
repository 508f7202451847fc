using System.Globalization;
using CsvHelper;

namespace GridMap.Api.Demonstration;

/// <summary>The files of data/shapes, as they travel with the program.</summary>
internal sealed class DemonstrationFiles
{
    /// <summary>The first day of the township's campaign in its files.</summary>
    private static readonly DateOnly FirstDay = new(2026, 9, 1);

    /// <summary>The last day that its files tell of.</summary>
    private static readonly DateOnly LastDay = new(2026, 11, 21);

    private readonly string folder = Path.Combine(AppContext.BaseDirectory, "shapes");
    private readonly int shiftDays;
    private readonly TimeZoneInfo zone;

    /// <param name="today">The township's story is moved by whole weeks, so that it ends in the week of this day.</param>
    /// <param name="zone">The office's time zone.</param>
    public DemonstrationFiles(DateOnly today, TimeZoneInfo zone)
    {
        this.zone = zone;
        Today = today;
        shiftDays = (int)Math.Floor((today.DayNumber - LastDay.DayNumber) / 7.0) * 7;
    }

    /// <summary>The day on which the story is loaded.</summary>
    public DateOnly Today { get; }

    public string PathOf(string name) => Path.Combine(folder, name);

    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>A day of the files, moved.</summary>
    public DateOnly Day(DateOnly day) => day.AddDays(shiftDays);

    /// <summary>The instant that <c>D HH:MM</c> after the campaign's first day means; null for an empty field.</summary>
    public DateTime? Instant(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var parts = text.Split(' ');
        var day = Day(FirstDay).AddDays(int.Parse(parts[0], CultureInfo.InvariantCulture));
        return Utc(day.ToDateTime(TimeOnly.ParseExact(parts[1], "HH:mm", CultureInfo.InvariantCulture)));
    }

    /// <summary>The instant of a local time of the files, <c>yyyy-MM-dd HH:mm</c>, moved.</summary>
    public DateTime Moment(string text) =>
        Utc(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).AddDays(shiftDays));

    /// <summary>Midnight of a day in the office's zone.</summary>
    public DateTime Midnight(DateOnly day) => Utc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The lines of a table, field by column name.</summary>
    public List<IReadOnlyDictionary<string, string>> Table(string name)
    {
        using var text = new StreamReader(PathOf(name));
        using var reader = new CsvReader(text, CultureInfo.InvariantCulture);
        var rows = new List<IReadOnlyDictionary<string, string>>();
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            rows.Add(reader.HeaderRecord!.ToDictionary(column => column, column => reader.GetField(column) ?? ""));
        }

        return rows;
    }

    private DateTime Utc(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone);
}
