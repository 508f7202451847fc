using GridMap.Api.Hosting;

namespace GridMap.Api.Imports;

/// <summary>The kinds of grids, by the words that sources use for them.</summary>
internal static class GridKind
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["village"] = "village",
        ["村"] = "village",
        ["行政村"] = "village",
        ["自然村"] = "village",
        ["community"] = "community",
        ["社区"] = "community",
        ["居委会"] = "community",
        ["enterprise"] = "enterprise",
        ["企业"] = "enterprise",
        ["园区"] = "enterprise",
        ["special"] = "special",
        ["专属"] = "special",
        ["专属网格"] = "special",
        ["特殊"] = "special",
    };

    /// <exception cref="ProblemException">The word is not known.</exception>
    public static string Parse(string word, string field) => Words.GetValueOrDefault(word.Trim()) ?? throw new ProblemException(Problem.Bad(
        field, "kind_unknown", $"\"{(word.Length > 40 ? word[..40] + "…" : word)}\" is no kind; there are village (村), community (社区), enterprise (企业), special (专属)."));
}
