using System.Globalization;
using System.Text.RegularExpressions;

namespace GridMap.Api.Spreadsheets;

/// <summary>Understands cells, and says what is wrong by cell.</summary>
/// <param name="errors">Where to.</param>
internal sealed partial class SheetCells(List<SheetError> errors)
{
    private const int MostShown = 40;

    private static readonly string[] DayForms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "yyyy/M/d HH:mm:ss", "yyyy-M-d HH:mm:ss"];

    /// <summary>How many cells were wrong so far.</summary>
    public int Wrongs => errors.Count;

    /// <summary>Says what is wrong with a cell.</summary>
    public void Wrong(SheetRow row, string column, string code, string why) =>
        errors.Add(new SheetError(row.Row, column, code, $"Row {row.Row}, {column}: {(row[column] is { } text ? $"\"{Shown(text)}\" " : "")}{why}."));

    /// <summary>A code or a number of somebody. Digits that a spreadsheet kept as a number are lost beyond the fifteenth: for good.</summary>
    public string? Code(SheetRow row, string column)
    {
        if (row[column] is not { } text)
            return null;
        if (Scientific().IsMatch(text))
        {
            Wrong(row, column, "number_not_text", "was kept as a number and has lost digits: format the column as text in the spreadsheet and enter it again");
            return null;
        }

        // 440605199001.0 is how some programs write a whole number.
        return WholeWithZero().Match(text) is { Success: true } whole ? whole.Groups["digits"].Value : text;
    }

    /// <summary>A text.</summary>
    public string Text(SheetRow row, string column, int most)
    {
        var text = row[column] ?? "";
        if (text.Length > most)
            Wrong(row, column, "too_long", $"has more than {most} characters");
        return text;
    }

    /// <summary>A number between two others; null for an empty cell, and for one that is wrong.</summary>
    public decimal? Number(SheetRow row, string column, decimal least, decimal most)
    {
        if (row[column] is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Wrong(row, column, "bad_number", string.Create(CultureInfo.InvariantCulture, $"is no number from {least} to {most}"));
        return null;
    }

    /// <summary>A day, in one of the forms in which spreadsheets write it; null for an empty cell, and for one that is none.</summary>
    public static DateOnly? Day(SheetRow row, string column) =>
        DateOnly.TryParseExact(row[column], DayForms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var day) ? day : null;

    /// <summary>One of some words; null for an empty cell, and for one that is wrong.</summary>
    public string? Word(SheetRow row, string column, IReadOnlyDictionary<string, string> words)
    {
        if (row[column] is not { } text)
            return null;
        if (words.TryGetValue(text, out var known))
            return known;
        if (words.Values.Contains(text))
            return text;
        Wrong(row, column, "bad_word", $"is none of {string.Join(", ", words.Keys)}");
        return null;
    }

    private static string Shown(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    [GeneratedRegex(@"\A-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"\A(?<digits>[0-9]+)\.0+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeWithZero();
}
