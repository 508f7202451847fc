using GridMap.Api.Grids;
using GridMap.Api.Hosting;

namespace GridMap.Api.Surveys;

/// <summary>How a survey is answered.</summary>
public sealed class SurveyModeAttribute() : WordsAttribute(SurveyForm.Open, SurveyForm.Household);

/// <summary>What kind of question.</summary>
public sealed class SurveyKindAttribute() : WordsAttribute(SurveyForm.Score, SurveyForm.Choice, SurveyForm.Text);

/// <summary>Where a survey stands: <c>planned</c> is open from a later time on.</summary>
public sealed class SurveyStateAttribute() : WordsAttribute("draft", "planned", "open", "closed");

/// <summary>One thing to choose.</summary>
/// <param name="Words">In Chinese.</param>
/// <param name="WordsEn">In English; may be empty.</param>
public sealed record SurveyOption(string? Words, string? WordsEn = null);

/// <summary>A question.</summary>
/// <param name="Ordinal">1 is the first.</param>
/// <param name="Kind">score, choice or text.</param>
/// <param name="Subject">Who is scored: self, neighbour or village; null where nobody is.</param>
/// <param name="Scale">5 or 10, of a score.</param>
/// <param name="Multiple">Whether several may be chosen.</param>
/// <param name="Options">What may be chosen; chosen by number, 1 is the first.</param>
/// <param name="Required">Whether it has to be answered.</param>
/// <param name="Words">In Chinese.</param>
/// <param name="WordsEn">In English; may be empty.</param>
public sealed record SurveyItem(
    int Ordinal, [property: SurveyKind] string Kind, string? Subject, int? Scale, bool Multiple, IReadOnlyList<SurveyOption>? Options, bool Required, string Words, string WordsEn);

/// <summary>A question as it is to be; they are numbered as they stand.</summary>
public sealed record SurveyItemBody(
    string? Kind, string? Subject = null, int? Scale = null, bool Multiple = false, SurveyOption?[]? Options = null, bool Required = false, string? Words = null, string? WordsEn = null);

/// <summary>A survey as it is to be, whole.</summary>
/// <param name="Title">In Chinese.</param>
/// <param name="TitleEn">In English; may be empty.</param>
/// <param name="Intro">What it is for, before the first question.</param>
/// <param name="IntroEn">The same in English.</param>
/// <param name="Mode">open or household.</param>
/// <param name="Grid">The code of the grid where it is asked; null: the whole territory.</param>
/// <param name="Level">The level that its results are looked at first.</param>
/// <param name="OpensAt">From when on it is answered once it is open; null: at once.</param>
/// <param name="ClosesAt">Until when; null: until somebody closes it.</param>
/// <param name="ResultsPublic">Whether its figures are for everybody once it is closed.</param>
/// <param name="MinSample">Figures of fewer answers are told to nobody; 3 at least.</param>
/// <param name="Items">1 to 30 questions.</param>
public sealed record SurveyBody(
    string? Title, string? TitleEn, string? Intro, string? IntroEn, string? Mode, string? Grid, int? Level, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt, SurveyItemBody?[]? Items,
    bool ResultsPublic = false, int MinSample = SurveyForm.LeastSample);

/// <summary>A survey in the office's list.</summary>
/// <param name="Id">For the office's addresses.</param>
/// <param name="Code">For the resident's address, <c>/s/CODE</c>.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="TitleEn">In English; may be empty.</param>
/// <param name="Mode">open or household.</param>
/// <param name="Grid">Where it is asked; null: everywhere, or the grid is gone.</param>
/// <param name="Level">The level that its results are looked at first.</param>
/// <param name="OpensAt">From when on.</param>
/// <param name="ClosesAt">Until when.</param>
/// <param name="ResultsPublic">Whether its figures are for everybody once it is closed.</param>
/// <param name="MinSample">Figures of fewer answers are told to nobody.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Version">Sent back in If-Match with a change.</param>
/// <param name="Answers">How many there are.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="UpdatedBy">By whom.</param>
public record SurveyListItem(
    long Id, string Code, string Title, string TitleEn, [property: SurveyMode] string Mode, GridReference? Grid, int Level, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt,
    bool ResultsPublic, int MinSample, [property: SurveyState] string State, int Version, int Answers, DateTimeOffset UpdatedAt, string UpdatedBy);

/// <summary>A survey with its questions.</summary>
public sealed record SurveyDetail(
    long Id, string Code, string Title, string TitleEn, string Mode, GridReference? Grid, int Level, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt,
    bool ResultsPublic, int MinSample, string State, int Version, int Answers, DateTimeOffset UpdatedAt, string UpdatedBy,
    string Intro, string IntroEn, IReadOnlyList<SurveyItem> Items)
    : SurveyListItem(Id, Code, Title, TitleEn, Mode, Grid, Level, OpensAt, ClosesAt, ResultsPublic, MinSample, State, Version, Answers, UpdatedAt, UpdatedBy);

/// <summary>What a resident is asked.</summary>
/// <param name="Code">Of the survey.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="TitleEn">In English; may be empty.</param>
/// <param name="Intro">What it is for.</param>
/// <param name="IntroEn">The same in English.</param>
/// <param name="ClosesAt">Until when; null: not said.</param>
/// <param name="GridName">The grid of the link or of the QR code; null: neither.</param>
/// <param name="ResultsPublic">Whether its figures are for everybody once it is closed.</param>
/// <param name="Items">The questions.</param>
public sealed record Questionnaire(
    string Code, string Title, string TitleEn, string Intro, string IntroEn, DateTimeOffset? ClosesAt, string? GridName, bool ResultsPublic, IReadOnlyList<SurveyItem> Items);

/// <summary>What was answered to one question.</summary>
/// <param name="Item">The question's number.</param>
/// <param name="Value">Of a score.</param>
/// <param name="Choices">Numbers of what was chosen.</param>
/// <param name="Text">In words.</param>
public sealed record SurveyReplyItem(int Item, int? Value = null, int[]? Choices = null, string? Text = null);

/// <summary>An answer.</summary>
/// <param name="K">The word of a household's link.</param>
/// <param name="Grid">The grid on whose QR code it was opened.</param>
/// <param name="Lon">Degrees, if the place is told.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Crs">wgs84 (default), cgcs2000, gcj02, bd09.</param>
/// <param name="Answers">One for each question that was answered.</param>
public sealed record SurveyReplyBody(string? K, string? Grid, double? Lon, double? Lat, string? Crs, SurveyReplyItem?[]? Answers);

/// <summary>The answer was kept.</summary>
/// <param name="Code">Of the survey.</param>
/// <param name="GridName">Where it counts; null: in no grid.</param>
/// <param name="ResultsPublic">Whether the figures are for everybody once the survey is closed.</param>
public sealed record SurveyReceipt(string Code, string? GridName, bool ResultsPublic);
