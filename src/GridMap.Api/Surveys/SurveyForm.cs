using GridMap.Api.Hosting;

namespace GridMap.Api.Surveys;

/// <summary>A survey that was understood.</summary>
internal sealed record SurveyForm(
    string Title, string TitleEn, string Intro, string IntroEn, string Mode, string? Grid, int Level, DateTime? OpensAt, DateTime? ClosesAt, bool ResultsPublic, int MinSample,
    IReadOnlyList<SurveyItem> Items)
{
    public const string Open = "open";
    public const string Household = "household";
    public const string Score = "score";
    public const string Choice = "choice";
    public const string Text = "text";

    /// <summary>The least that a minimum sample may be: of two answers each could work out the other's.</summary>
    public const int LeastSample = 3;

    private const int MostSample = 1000;
    private const int MostItems = 30;
    private const int MostOptions = 20;
    private const int MaxTitle = 100;
    private const int MaxIntro = 1000;
    private const int MaxWords = 200;
    private const int MaxOption = 60;

    private static readonly string[] Modes = [Open, Household];
    private static readonly string[] Kinds = [Score, Choice, Text];
    private static readonly string[] Subjects = ["self", "neighbour", "village"];
    private static readonly int[] Scales = [5, 10];

    /// <summary>Reads what was sent.</summary>
    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public static SurveyForm Read(SurveyBody body, int levels)
    {
        if (!Modes.Contains(body.Mode))
            throw Bad("mode", "bad_mode", $"mode is one of {string.Join(", ", Modes)}.");
        if (body.Level is not { } level || level < 1 || level > levels)
            throw Bad("level", "bad_level", $"A level is 1 (outermost) to {levels} here.");
        if (body.OpensAt is { } from && body.ClosesAt is { } to && to <= from)
            throw Bad("closesAt", "bad_closes_at", "closesAt is later than opensAt.");
        if (body.MinSample is < LeastSample or > MostSample)
            throw Bad("minSample", "bad_min_sample", $"minSample is {LeastSample} to {MostSample}.");
        return new SurveyForm(
            Words("title", body.Title, MaxTitle), InputText.Line(body.TitleEn, "titleEn", MaxTitle), InputText.Clean(body.Intro, "intro", MaxIntro), InputText.Clean(body.IntroEn, "introEn", MaxIntro),
            body.Mode!, string.IsNullOrWhiteSpace(body.Grid) ? null : body.Grid.Trim(), level, body.OpensAt?.UtcDateTime, body.ClosesAt?.UtcDateTime, body.ResultsPublic, body.MinSample,
            ReadItems(body.Items));
    }

    private static List<SurveyItem> ReadItems(SurveyItemBody?[]? wanted)
    {
        if (wanted is not { Length: > 0 and <= MostItems })
            throw Bad("items", "bad_items", $"Give 1 to {MostItems} items.");
        return [.. wanted.Select((item, i) => ReadItem($"items[{i}]", i + 1, item ?? throw Bad($"items[{i}]", "bad_items", "An item has kind and words.")))];
    }

    private static SurveyItem ReadItem(string field, int ordinal, SurveyItemBody item)
    {
        if (!Kinds.Contains(item.Kind))
            throw Bad($"{field}.kind", "bad_kind", $"kind is one of {string.Join(", ", Kinds)}.");
        var (isScore, isChoice) = (item.Kind == Score, item.Kind == Choice);
        if (isScore ? !Subjects.Contains(item.Subject) : item.Subject is not null)
            throw Bad($"{field}.subject", "bad_subject", $"A score's subject is one of {string.Join(", ", Subjects)}; nothing else has one.");
        if (isScore ? item.Scale is not { } scale || !Scales.Contains(scale) : item.Scale is not null)
            throw Bad($"{field}.scale", "bad_scale", $"A score's scale is {string.Join(" or ", Scales)}; nothing else has one.");
        if (item.Multiple && !isChoice)
            throw Bad($"{field}.multiple", "bad_multiple", "Only of a choice several can be chosen.");
        return new SurveyItem(
            ordinal, item.Kind!, item.Subject, item.Scale, item.Multiple, ReadOptions($"{field}.options", isChoice, item.Options), item.Required,
            Words($"{field}.words", item.Words, MaxWords), InputText.Line(item.WordsEn, $"{field}.wordsEn", MaxWords));
    }

    private static List<SurveyOption>? ReadOptions(string field, bool isChoice, SurveyOption?[]? wanted)
    {
        if (!isChoice)
            return wanted is null or [] ? null : throw Bad(field, "bad_options", "Only a choice has options.");
        if (wanted is not { Length: >= 2 and <= MostOptions })
            throw Bad(field, "bad_options", $"A choice has 2 to {MostOptions} options, each with words.");
        var options = wanted.Select((option, i) => new SurveyOption(
            Words($"{field}[{i}].words", option?.Words, MaxOption), InputText.Line(option?.WordsEn, $"{field}[{i}].wordsEn", MaxOption))).ToList();
        return options.DistinctBy(option => option.Words).Count() == options.Count ? options : throw Bad(field, "option_twice", "Two options have the same words.");
    }

    private static string Words(string field, string? text, int most)
    {
        var words = InputText.Line(text, field, most);
        return words.Length > 0 ? words : throw Bad(field, "words_required", $"{field} has 1 to {most} characters.");
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
