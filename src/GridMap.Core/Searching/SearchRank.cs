namespace GridMap.Core.Searching;

/// <summary>How well a grid answers what was typed; the lower, the better.</summary>
public enum SearchRank
{
    /// <summary>The code itself.</summary>
    Code,

    /// <summary>The code begins so.</summary>
    CodePrefix,

    /// <summary>The name begins so.</summary>
    NamePrefix,

    /// <summary>It stands somewhere in the name.</summary>
    NamePart,

    /// <summary>The initials of the name's pinyin begin so.</summary>
    Initials,

    /// <summary>The name's pinyin begins so.</summary>
    Pinyin,
}

/// <summary>What a person typed into the search. Immutable, thread safe.</summary>
public sealed class SearchText
{
    private readonly string typed;
    private readonly string? pinyin;

    /// <param name="typed">As it came; spaces around it do not count.</param>
    public SearchText(string typed)
    {
        this.typed = typed.Trim();
        pinyin = SearchKey.Query(typed);
    }

    /// <summary>How a grid answers it, in the best of all ways; null: not at all.</summary>
    /// <param name="code">The grid's code.</param>
    /// <param name="name">Its name.</param>
    /// <param name="key">Of its name; null while its pinyin is not known.</param>
    public SearchRank? Rank(string code, string name, SearchKey? key)
    {
        if (code.Equals(typed, StringComparison.OrdinalIgnoreCase))
            return SearchRank.Code;
        if (code.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            return SearchRank.CodePrefix;
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            return SearchRank.NamePrefix;
        if (name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            return SearchRank.NamePart;
        if (key is null || pinyin is null)
            return null;
        return key.HasInitials(pinyin) ? SearchRank.Initials : key.HasPinyin(pinyin) ? SearchRank.Pinyin : null;
    }
}
