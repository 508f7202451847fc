using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridMap.Core.Grids;

namespace GridMap.Api.Imports.Drafting;

/// <summary>
/// Reads a code from a property. A table that kept codes as numbers gives whole numbers, or worse 4.40605E+17, in which digits
/// are lost for good: that is refused, whatever the type of the property.
/// </summary>
internal static partial class CodeText
{
    /// <summary>The code.</summary>
    /// <param name="value">The property; undefined when absent.</param>
    /// <param name="code">The code when the answer is null; empty when the property is absent, null or blank.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Read(JsonElement value, out string code)
    {
        code = string.Empty;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => WithoutZeroFraction(value.GetRawText()),
            JsonValueKind.Null or JsonValueKind.Undefined => string.Empty,
            _ => null,
        };
        if (text is null)
            return "is neither text nor a number";
        if (text.Length == 0)
            return null;
        if (Scientific().IsMatch(text))
            return $"was kept as the number {Shown(text)}, which has lost digits: format the column as text in the source";
        if (value.ValueKind == JsonValueKind.Number && text.Contains('.', StringComparison.Ordinal))
            return $"is the number {Shown(text)}; a code is text, or a whole number";
        if (!GridCode.TryParse(text, out var parsed))
            return $"\"{Shown(text)}\" is no code: 1 to 40 of 0-9 A-Z a-z . _ -";
        code = parsed.Value;
        return null;
    }

    /// <summary>A whole number of a property, however it was kept; null when it is none.</summary>
    public static int? ReadCount(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && number >= 0 && number < 1e9 && number == Math.Floor(number) => (int)number,
        JsonValueKind.String when int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string WithoutZeroFraction(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return point >= 0 && number.AsSpan(point + 1).IndexOfAnyExcept('0') < 0 ? number[..point] : number;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"\A-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();
}
