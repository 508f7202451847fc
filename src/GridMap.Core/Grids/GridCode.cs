using System.Text.RegularExpressions;

namespace GridMap.Core.Grids;

/// <summary>The code of a grid: 1 to 40 of <c>0-9 A-Z a-z . _ -</c>, compared ordinally. An immutable value.</summary>
public readonly partial record struct GridCode : IComparable<GridCode>
{
    private readonly string? value;

    private GridCode(string value) => this.value = value;

    /// <summary>The code's text; empty for the default value.</summary>
    public string Value => value ?? string.Empty;

    /// <summary>What a code may look like, as a regular expression.</summary>
    public const string Pattern = "^[0-9A-Za-z._-]{1,40}$";

    /// <summary>Takes a text as a code if it has the form of one.</summary>
    public static bool TryParse(string? text, out GridCode code)
    {
        code = text is not null && Form().IsMatch(text) ? new GridCode(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(GridCode other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The code's text.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(GridCode left, GridCode right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(GridCode left, GridCode right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(GridCode left, GridCode right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(GridCode left, GridCode right) => left.CompareTo(right) >= 0;

    [GeneratedRegex(@"\A[0-9A-Za-z._-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
