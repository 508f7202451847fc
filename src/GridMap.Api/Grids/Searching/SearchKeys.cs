using System.Collections.Frozen;
using System.Text;
using GridMap.Core.Searching;

namespace GridMap.Api.Grids.Searching;

/// <summary>
/// The pinyin of the present grids' names. Asked by requests, filled in the background: a new name is found by its pinyin a moment after it is
/// published, and by itself at once. Thread safe.
/// </summary>
internal sealed class SearchKeys(Transliterator transliterator)
{
    private volatile FrozenDictionary<string, SearchKey> byName = FrozenDictionary<string, SearchKey>.Empty;

    // Kept for the life of the process: at most the characters that there are.
    private readonly Dictionary<Rune, IReadOnlyList<string>> sounds = [];

    /// <summary>Of a name; null while its pinyin is not known.</summary>
    public SearchKey? Of(string name) => byName.GetValueOrDefault(name);

    /// <summary>Makes the keys of these names; only characters never seen before are transliterated. One caller at a time.</summary>
    /// <exception cref="TransliteratorException">There is no transliteration; what was known stays.</exception>
    public async Task FillAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        var wanted = names.Distinct().ToList();
        var (held, fresh) = (byName, wanted.Where(name => !byName.ContainsKey(name)).ToList());
        if (fresh is [] && held.Count == wanted.Count)
            return;
        var unknown = fresh.SelectMany(name => name.EnumerateRunes()).Where(HanSyllables.IsHan).Distinct().Where(character => !sounds.ContainsKey(character)).ToList();
        if (unknown is not [])
        {
            foreach (var (character, sound) in await transliterator.ReadAsync(unknown, cancel))
                sounds[character] = HanSyllables.Of(character, sound);
        }

        byName = wanted.ToFrozenDictionary(name => name, name => held.GetValueOrDefault(name) ?? SearchKey.Of(name, sounds));
    }
}
