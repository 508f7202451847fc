namespace GridMap.Api.Grids;

/// <summary>What kinds of grids are called on paper.</summary>
internal static class KindWords
{
    private static readonly Dictionary<string, string> Chinese = new()
    {
        ["village"] = "村",
        ["community"] = "社区",
        ["enterprise"] = "企业",
        ["special"] = "专属",
    };

    /// <summary>The Chinese word of a kind.</summary>
    public static string Of(string kind) => Chinese.GetValueOrDefault(kind, kind);
}
