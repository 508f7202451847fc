using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Core.Points;

namespace GridMap.Api.Points;

/// <summary>For what points are given or taken.</summary>
public sealed class PointsOccasionAttribute() : WordsAttribute([.. PointsOccasion.All]);

/// <summary>In what a ledger differs from what events and rules say.</summary>
public sealed class PointsDifferenceAttribute() : WordsAttribute("missing", "unfounded", "wrong", "overLimit", "wronglyLimited", "notTakenBack");

/// <summary>A version of a rule.</summary>
/// <param name="Code">The same in all versions.</param>
/// <param name="Version">1 is the first.</param>
/// <param name="Occasion">For what.</param>
/// <param name="Name">What it is called.</param>
/// <param name="NameEn">The same in English; may be empty.</param>
/// <param name="Points">Negative takes.</param>
/// <param name="DailyMost">How often it counts for one holder and day; null: always.</param>
/// <param name="Category">The category, or the parent of those, that it is for; null: all.</param>
/// <param name="Active">Whether it scores.</param>
/// <param name="From">Since when this version holds.</param>
/// <param name="By">Who made it so.</param>
public sealed record PointsRuleItem(
    string Code, int Version, [property: PointsOccasion] string Occasion, string Name, string NameEn, int Points, int? DailyMost, string? Category, bool Active, DateTimeOffset From, string By);

/// <summary>Rules, each as it is now; with all versions where they were asked for.</summary>
public sealed record PointsRules(IReadOnlyList<PointsRuleItem> Items);

/// <summary>A rule as it is to be.</summary>
/// <param name="Occasion">For what.</param>
/// <param name="Name">What it is called.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="Points">-1000 to 1000, not 0.</param>
/// <param name="DailyMost">How often it counts for one holder and day; null: always.</param>
/// <param name="Category">The category, or the parent of those, that it is for; null: all.</param>
/// <param name="Active">Whether it scores.</param>
/// <param name="Version">The version that is changed; null for a new rule.</param>
public sealed record PointsRuleBody(
    string? Occasion, string? Name, string? NameEn = null, int? Points = null, int? DailyMost = null, string? Category = null, bool Active = true, int? Version = null);

/// <summary>Sums of entries. Balance = earned + lost + corrected + redeemed.</summary>
/// <param name="Entries">How many scores.</param>
/// <param name="Earned">What rules gave.</param>
/// <param name="Lost">What rules took; 0 or less.</param>
/// <param name="Corrected">What was corrected: taken back when an issue was opened again, or put right by the office.</param>
/// <param name="Redeemed">What was spent; 0 or less.</param>
/// <param name="Balance">What is left.</param>
public sealed record PointsFigures(int Entries, long Earned, long Lost, long Corrected, long Redeemed, long Balance)
{
    public static PointsFigures Zero { get; } = new(0, 0, 0, 0, 0, 0);

    public static PointsFigures operator +(PointsFigures a, PointsFigures b) =>
        new(a.Entries + b.Entries, a.Earned + b.Earned, a.Lost + b.Lost, a.Corrected + b.Corrected, a.Redeemed + b.Redeemed, a.Balance + b.Balance);
}

/// <summary>A line of a board.</summary>
/// <param name="Person">The holder, on a board by person; null: reporters who are not known, all together.</param>
/// <param name="Grid">The grid, on a board by grid; null: what lies in no grid of the level. With it the lines add up.</param>
/// <param name="Figures">Sums.</param>
public sealed record PointsLine(PersonReference? Person, GridReference? Grid, PointsFigures Figures);

/// <summary>Points by person or by grid.</summary>
/// <param name="Level">Of the grids; null: by person.</param>
/// <param name="From">The first day; null: all.</param>
/// <param name="To">The last day; null: all.</param>
/// <param name="Items">People by balance, grids by code; the line of what is nobody's or nowhere last.</param>
/// <param name="Total">The sum of all lines.</param>
public sealed record PointsBoard(int? Level, DateOnly? From, DateOnly? To, IReadOnlyList<PointsLine> Items, PointsFigures Total);

/// <summary>One's own points.</summary>
public sealed record PointsOwn(PersonReference Person, PointsFigures Figures);

/// <summary>An entry of the ledger.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Person">Whose; null: the report's own.</param>
/// <param name="Grid">Where the issue lay, as that grid was last; null: nowhere, or a reward.</param>
/// <param name="Issue">The issue's number; null for a person's reward.</param>
/// <param name="Step">The step that scored; null: by hand.</param>
/// <param name="RuleCode">The rule; null for a reward.</param>
/// <param name="RuleVersion">The version that scored.</param>
/// <param name="RuleName">As that version was called.</param>
/// <param name="RuleNameEn">The same in English.</param>
/// <param name="Reward">What was handed out, or taken back.</param>
/// <param name="Points">What it gives or takes.</param>
/// <param name="Limited">Nothing, since the rule had counted as often as it may on that day.</param>
/// <param name="Corrects">The entry that it corrects.</param>
/// <param name="Stands">What is left of it after corrections; null for a correction.</param>
/// <param name="Note">Why, in words.</param>
/// <param name="By">Who did it; null for who may not see names.</param>
public sealed record PointsEntryItem(
    long Id, DateTimeOffset At, PersonReference? Person, DutyGrid? Grid, string? Issue, string? Step, string? RuleCode, int? RuleVersion, string? RuleName, string? RuleNameEn, string? Reward,
    int Points, bool Limited, long? Corrects, int? Stands, string Note, string? By);

/// <summary>Something to spend points on.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is.</param>
/// <param name="NameEn">The same in English; may be empty.</param>
/// <param name="Cost">Points.</param>
/// <param name="Stock">How many there were in all.</param>
/// <param name="Left">How many are left.</param>
/// <param name="Active">Whether it is handed out.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record PointsReward(long Id, string Name, string NameEn, int Cost, int Stock, int Left, bool Active, int Version);

/// <summary>What the shop has.</summary>
public sealed record PointsRewards(IReadOnlyList<PointsReward> Items);

/// <summary>Something to spend points on, as it is to be.</summary>
/// <param name="Name">What it is.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="Cost">1 to 1,000,000 points.</param>
/// <param name="Stock">How many there were in all, those that are gone among them.</param>
/// <param name="Active">Whether it is handed out.</param>
/// <param name="Version">The version that is changed; not needed for a new one.</param>
public sealed record PointsRewardBody(string? Name, string? NameEn = null, int? Cost = null, int? Stock = null, bool Active = true, int? Version = null);

/// <summary>Hands out a reward, for a person or for who holds the link of a report.</summary>
/// <param name="Reward">Its number.</param>
/// <param name="Person">The number of a person.</param>
/// <param name="Track">The word of a report's link, or the link.</param>
/// <param name="Note">In words.</param>
public sealed record PointsRedemptionBody(long? Reward, long? Person = null, string? Track = null, string? Note = null);

/// <summary>What was handed out.</summary>
/// <param name="Entry">The entry of the ledger.</param>
/// <param name="Points">What it cost, negative.</param>
/// <param name="Balance">What the holder has left.</param>
/// <param name="Left">How many of the reward are left.</param>
public sealed record PointsReceipt(long Entry, int Points, long Balance, int Left);

/// <summary>Puts an entry right.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Points">What it should have been; 0 takes it back. A reward can only be taken back.</param>
/// <param name="Note">Why.</param>
public sealed record PointsCorrectionBody(long? Entry, int? Points, string? Note);

/// <summary>The entry that corrects.</summary>
public sealed record PointsCorrection(long Entry, int Points, long Balance);

/// <summary>In what the ledger differs.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Entry">The entry; null where one is missing.</param>
/// <param name="Issue">The issue's number.</param>
/// <param name="Step">The step.</param>
/// <param name="Person">Whose; null: the report's own.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Expected">The points that should be there; null: no entry.</param>
/// <param name="Found">The points that are there; null: no entry.</param>
public sealed record PointsDifferenceItem([property: PointsDifference] string Kind, long? Entry, string? Issue, string? Step, long? Person, string? Rule, int? Expected, int? Found);

/// <summary>A recount.</summary>
/// <param name="Steps">Steps of issues that were scored anew.</param>
/// <param name="Entries">Entries that they were compared with.</param>
/// <param name="Differences">How many differ.</param>
/// <param name="Items">The first thousand of these.</param>
public sealed record PointsCheck(int Steps, int Entries, int Differences, IReadOnlyList<PointsDifferenceItem> Items);
