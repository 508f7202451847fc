using System.Collections.Frozen;
using System.Text;

namespace GridMap.Core.Searching;

/// <summary>
/// The sounds of Han characters as people type them: pinyin without tones, lower case, ü as <c>v</c> or <c>u</c>. A character of several
/// sounds has them all: nobody who looks for 长安 should have to know which of 长's two a dictionary puts first. Stateless, thread safe.
/// </summary>
public static class HanSyllables
{
    /// <summary>Further sounds of characters that place names have, beside the one that a transliterator gives.</summary>
    private static readonly FrozenDictionary<Rune, string[]> Further =
        """
        重chong 长chang 行hang 乐yue 朝zhao 朝chao 厦sha 都du 会kuai 曾zeng 单shan 番pan 番fan 涌chong 埔bu 陂bei 陂pi 石dan 大dai 尾yi 车ju 觉jiao
        解xie 盛cheng 校jiao 降xiang 强jiang 调diao 便pian 藏zang 六lu 堡pu 堡bu 蚌beng 莞guan 圩xu 句gou 泊po 薄bao 柏bo 种chong 蔚yu 洗xian 澄deng
        浒xu 仇qiu 区ou 查zha 繁po 宿xiu 汤shang 合ge 佛fu 亳bo 丽li 铅yan 侯hou 台tai 甸dian 筠jun 荥ying 歙she 郴chen 沌zhuan 渑sheng 渑mian 蔓wan
        """
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(entry => entry.EnumerateRunes().First(), entry => entry[1..])
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Whether a character is one that has a sound in pinyin.</summary>
    public static bool IsHan(Rune character) => character.Value is 0x3007
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);

    /// <summary>All sounds of a character, the transliterator's first.</summary>
    /// <param name="character">A Han character.</param>
    /// <param name="transliterated">What a transliterator makes of it alone, tones and all, such as <c>lǜ</c>.</param>
    public static IReadOnlyList<string> Of(Rune character, string transliterated)
    {
        var typed = Typed(transliterated);
        string[] first = typed.Length == 0 ? [] : typed.Contains('v') ? [typed, typed.Replace('v', 'u')] : [typed];
        return [.. first.Concat(Further.GetValueOrDefault(character, [])).Distinct()];
    }

    /// <summary>A syllable as it is typed: the letters without their tones, ü as v; what is no letter falls away.</summary>
    private static string Typed(string syllable)
    {
        var letters = new StringBuilder(syllable.Length);
        foreach (var letter in syllable.ToLowerInvariant())
        {
            var plain = letter switch
            {
                >= 'a' and <= 'z' => letter,
                'ā' or 'á' or 'ǎ' or 'à' => 'a',
                'ē' or 'é' or 'ě' or 'è' or 'ê' or 'ế' or 'ề' => 'e',
                'ī' or 'í' or 'ǐ' or 'ì' => 'i',
                'ō' or 'ó' or 'ǒ' or 'ò' => 'o',
                'ū' or 'ú' or 'ǔ' or 'ù' => 'u',
                'ü' or 'ǖ' or 'ǘ' or 'ǚ' or 'ǜ' => 'v',
                'ń' or 'ň' or 'ǹ' => 'n',
                'ḿ' => 'm',
                _ => '\0',
            };
            if (plain != '\0')
                letters.Append(plain);
        }

        return letters.ToString();
    }
}
