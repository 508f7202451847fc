using GridMap.Api.Hosting;

namespace GridMap.Api.Grids;

/// <summary>The option <c>lang</c> of what is read by people.</summary>
internal static class SheetLanguages
{
    /// <summary>Whether the language is Chinese, which it is by default.</summary>
    /// <exception cref="ProblemException">400: it is neither that nor English.</exception>
    public static bool IsChinese(string? lang) => lang?.ToLowerInvariant() switch
    {
        null or "zh" or "zh-cn" => true,
        "en" => false,
        _ => throw new ProblemException(Problem.Bad("lang", "bad_lang", "lang is zh (the default) or en.")),
    };
}
