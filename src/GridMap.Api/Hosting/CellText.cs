namespace GridMap.Api.Hosting;

/// <summary>Text on its way into a sheet.</summary>
internal static class CellText
{
    /// <summary>An apostrophe before what a spreadsheet would take for a formula: somebody may have chosen such a name.</summary>
    public static string? Harmless(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}
