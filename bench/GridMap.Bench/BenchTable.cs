using System.Globalization;

namespace GridMap.Bench;

/// <summary>The table of all that was measured against a goal in one run. Not thread safe.</summary>
public sealed class BenchTable
{
    private readonly List<string> rows = [];

    /// <summary>QUICK=1: everything shorter, and only what needs minutes left out.</summary>
    public static bool IsQuick { get; } = Environment.GetEnvironmentVariable("QUICK") == "1";

    /// <summary>Adds a figure.</summary>
    /// <param name="what">Subject and measure.</param>
    /// <param name="goal">In words; empty where there is none.</param>
    /// <param name="measured">With its unit.</param>
    /// <param name="anchor">What it is compared with, and the ratio; empty where there is nothing.</param>
    /// <param name="met">Whether the goal is met; null without a goal.</param>
    public void Add(string what, string goal, string measured, string anchor, bool? met) =>
        rows.Add($"| {what} | {goal} | {measured} | {anchor} | {(met is null ? "" : met.Value ? "yes" : "**no**")} |");

    /// <summary>Adds one contender of a comparison with its time over that of another, the anchor.</summary>
    public void AddRatio(string what, string goal, SideBySideResult result, int contender, int anchor, bool? met = null) => Add(
        what, goal, Nanoseconds(result.Median(contender)),
        $"{result.Name(anchor)}: {Nanoseconds(result.Median(anchor))}; ratio {result.Ratio(contender, anchor).ToString("0.###", CultureInfo.InvariantCulture)}", met);

    /// <summary>The table as Markdown.</summary>
    public string ToMarkdown() => string.Join('\n', rows.Prepend("| --- | --- | --- | --- | --- |").Prepend("| what | goal | measured | anchor in the same run | met |"));

    /// <summary>A time in the unit that suits it.</summary>
    public static string Nanoseconds(double value) => value switch
    {
        >= 1e9 => $"{value / 1e9:N2} s",
        >= 1e6 => $"{value / 1e6:N2} ms",
        >= 1e4 => $"{value / 1e3:N1} µs",
        _ => $"{value:N0} ns",
    };
}
