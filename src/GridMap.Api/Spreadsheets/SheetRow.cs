namespace GridMap.Api.Spreadsheets;

/// <summary>One line of a sheet.</summary>
/// <param name="Row">As a spreadsheet counts: the headings are row 1.</param>
/// <param name="Cells">By column; those that are empty are left out, unless the shape keeps them.</param>
internal sealed record SheetRow(int Row, IReadOnlyDictionary<string, string> Cells)
{
    public string? this[string column] => Cells.GetValueOrDefault(column);
}

/// <summary>What is wrong with a cell.</summary>
/// <param name="Row">As a spreadsheet counts: the headings are row 1.</param>
/// <param name="Column">The heading.</param>
/// <param name="Code">Stable.</param>
/// <param name="Detail">What is wrong and what to do.</param>
public sealed record SheetError(int Row, string Column, string Code, string Detail);

/// <summary>What a sheet of one sort looks like.</summary>
/// <param name="Name">A word for its files, ASCII.</param>
/// <param name="Columns">The headings, in the order in which they leave.</param>
/// <param name="Others">What each heading may be called besides, to the heading; without regard to case.</param>
/// <param name="Required">The headings that must be there.</param>
/// <param name="MaxRows">How many lines are taken at once.</param>
/// <param name="IsWhole">Whether an empty cell says something, and a column of another name is wrong; else both are passed over.</param>
internal sealed record SheetShape(
    string Name, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Others, IReadOnlyList<string> Required, int MaxRows, bool IsWhole = false)
{
    /// <summary>The column that a heading stands for; null for none.</summary>
    public string? ColumnOf(string heading)
    {
        var text = heading.Trim();
        return Columns.Contains(text) ? text : Others.FirstOrDefault(other => string.Equals(other.Key, text, StringComparison.OrdinalIgnoreCase)).Value;
    }
}
