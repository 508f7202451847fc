using System.Text;
using GridMap.Core.Searching;

namespace GridMap.Core.Tests.Searching;

/// <summary>What finds a name: code, name, initials, pinyin, and in which order.</summary>
public sealed class SearchTests
{
    private static readonly Dictionary<Rune, IReadOnlyList<string>> Sounds =
        "禾hé 城chéng 社shè 区qū 第dì 网wǎng 格gé 长zhǎng 安ān 涌yǒng 绿lǜ 岛dǎo 西xī 先xiān".Split(' ')
            .Select(entry => (Character: entry.EnumerateRunes().First(), Sound: entry[1..]))
            .ToDictionary(entry => entry.Character, entry => HanSyllables.Of(entry.Character, entry.Sound));

    [Theory]
    [InlineData("禾城社区", "hcsq", SearchRank.Initials)]
    [InlineData("禾城社区", "HC", SearchRank.Initials)]
    [InlineData("禾城社区", "hecheng", SearchRank.Pinyin)]
    [InlineData("禾城社区", "hech", SearchRank.Pinyin)]
    [InlineData("禾城社区", "he cheng she qu", SearchRank.Pinyin)]
    [InlineData("禾城社区", "hecsq", null)]
    [InlineData("禾城社区", "csq", null)]
    [InlineData("禾城社区", "hcsqx", null)]
    [InlineData("禾城社区", "hechengshequx", null)]
    [InlineData("第3网格", "d3wg", SearchRank.Initials)]
    [InlineData("第３网格", "d3wg", SearchRank.Initials)]
    [InlineData("第3网格", "di3wangge", SearchRank.Pinyin)]
    [InlineData("网格-B 03", "wgb03", SearchRank.Initials)]
    [InlineData("长安", "changan", SearchRank.Pinyin)]
    [InlineData("长安", "zhangan", SearchRank.Pinyin)]
    [InlineData("长安", "ca", SearchRank.Initials)]
    [InlineData("涌西", "chongxi", SearchRank.Pinyin)]
    [InlineData("绿岛", "lvdao", SearchRank.Pinyin)]
    [InlineData("绿岛", "ludao", SearchRank.Pinyin)]
    [InlineData("西安", "xi'an", SearchRank.Pinyin)]
    [InlineData("先", "xian", SearchRank.Pinyin)]
    [InlineData("禾城社区", "城社", SearchRank.NamePart)]
    [InlineData("禾城社区", "禾 城", null)]
    [InlineData("网格-B 03", "网格-b", SearchRank.NamePrefix)]
    [InlineData("禾城社区", "4406", SearchRank.CodePrefix)]
    [InlineData("禾城社区", " 440605X ", SearchRank.Code)]
    [InlineData("禾城社区", "3", null)]
    [InlineData("禾城社区", "%", null)]
    public void A_grid_is_found_by(string name, string typed, SearchRank? rank) =>
        Assert.Equal(rank, new SearchText(typed).Rank("440605x", name, SearchKey.Of(name, Sounds)));

    [Fact]
    public void Without_pinyin_names_and_codes_are_found_as_ever()
    {
        Assert.Equal(SearchRank.NamePrefix, new SearchText("禾城").Rank("1", "禾城社区", null));
        Assert.Null(new SearchText("hcsq").Rank("1", "禾城社区", null));
    }

    [Fact]
    public void A_character_whose_sound_is_not_known_is_passed_over() =>
        Assert.Equal(SearchRank.Initials, new SearchText("hcsq").Rank("1", "禾𰻝城社区", SearchKey.Of("禾𰻝城社区", Sounds)));

    [Fact]
    public void Everything_that_can_be_typed_has_an_answer()
    {
        var random = new Random(20261122);
        const string Letters = "ahcsqeng3禾城 '.%\u0000\ud800";
        for (var i = 0; i < 5000; i++)
        {
            var typed = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)])]);
            var key = SearchKey.Of(typed, Sounds);
            new SearchText(typed).Rank("1", "禾城社区", key);
            Assert.NotNull(new SearchText(typed).Rank(typed.Trim(), "", key));
        }
    }

    [Theory]
    [InlineData("重", "zhòng", "zhong chong")]
    [InlineData("绿", "lǜ", "lv lu")]
    [InlineData("番", "fān", "fan pan")]
    [InlineData("嗯", "ń", "n")]
    [InlineData("禾", "", "")]
    public void A_character_has_all_its_sounds(string character, string transliterated, string sounds) =>
        Assert.Equal(sounds, string.Join(' ', HanSyllables.Of(character.EnumerateRunes().Single(), transliterated)));
}
