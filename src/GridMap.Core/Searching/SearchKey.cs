using System.Text;

namespace GridMap.Core.Searching;

/// <summary>A name as it can be typed: character by character its sounds, letters and digits as they are. Immutable, thread safe.</summary>
public sealed class SearchKey
{
    // Full-width forms of the printable ASCII characters stand in the same order, so far behind.
    private const int FullWidth = 0xFEE0;

    private readonly IReadOnlyList<string>[] parts;

    private SearchKey(IReadOnlyList<string>[] parts) => this.parts = parts;

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">Such as 第3网格.</param>
    /// <param name="sounds">Of each Han character what <see cref="HanSyllables.Of"/> gives; characters that are not there are passed over.</param>
    public static SearchKey Of(string name, IReadOnlyDictionary<Rune, IReadOnlyList<string>> sounds)
    {
        var found = new List<IReadOnlyList<string>>(name.Length);
        foreach (var character in name.EnumerateRunes())
        {
            var plain = character.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(character.Value - FullWidth) : character;
            if (plain.IsAscii && Rune.IsLetterOrDigit(plain))
                found.Add([Rune.ToLowerInvariant(plain).ToString()]);
            else if (sounds.TryGetValue(character, out var known) && known.Count > 0)
                found.Add(known);
        }

        return new SearchKey([.. found]);
    }

    /// <summary>What was typed as it is compared: lower case, without spaces and apostrophes (<c>xi'an</c>). Null when it cannot be pinyin.</summary>
    public static string? Query(string typed)
    {
        var query = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('\'' or '’'))).ToLowerInvariant();
        return query.All(char.IsAsciiLetterOrDigit) && query.Any(char.IsAsciiLetter) ? query : null;
    }

    /// <summary>Whether the name's initials begin with the query: <c>hc</c> for 禾城社区.</summary>
    /// <param name="query">From <see cref="Query"/>.</param>
    public bool HasInitials(string query)
    {
        if (query.Length > parts.Length)
            return false;
        for (var i = 0; i < query.Length; i++)
        {
            if (!Sounds(i, query[i]))
                return false;
        }

        return true;
    }

    /// <summary>Whether the name's pinyin begins with the query, the last syllable begun or whole: <c>hech</c> for 禾城社区.</summary>
    /// <param name="query">From <see cref="Query"/>.</param>
    public bool HasPinyin(string query) => HasPinyin(query, 0);

    private bool Sounds(int part, char initial)
    {
        foreach (var sound in parts[part])
        {
            if (sound[0] == initial)
                return true;
        }

        return false;
    }

    private bool HasPinyin(ReadOnlySpan<char> rest, int part)
    {
        if (rest.IsEmpty)
            return true;
        if (part == parts.Length)
            return false;
        foreach (var sound in parts[part])
        {
            if (sound.AsSpan().StartsWith(rest) || (rest.StartsWith(sound) && HasPinyin(rest[sound.Length..], part + 1)))
                return true;
        }

        return false;
    }
}
