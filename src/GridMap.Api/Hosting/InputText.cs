using System.Globalization;

namespace GridMap.Api.Hosting;

/// <summary>Free text as it comes in.</summary>
internal static class InputText
{
    /// <summary>Without blanks round it and without U+0000, which PostgreSQL cannot store and nobody means; empty for null.</summary>
    /// <exception cref="ProblemException">400: too long.</exception>
    public static string Clean(string? text, string field, int most)
    {
        var clean = (text ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        return clean.Length <= most
            ? clean
            : throw new ProblemException(Problem.Bad(field, "too_long", $"{field} has {clean.Length} characters; {most} at most."));
    }

    /// <summary>The same for what stands on one line, such as a name: without line breaks, and without what turns the reading direction.</summary>
    /// <exception cref="ProblemException">400: too long, or such a character is in it.</exception>
    public static string Line(string? text, string field, int most)
    {
        var clean = Clean(text, field, most);
        return clean.Any(letter => char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator)
            ? throw new ProblemException(Problem.Bad(field, "bad_text", $"{field} is one line of plain text, without control characters."))
            : clean;
    }
}
