namespace GridMap.Core.Points;

/// <summary>An entry of the ledger, as far as a recount needs it. Immutable.</summary>
/// <param name="Id">They rise, for one holder in the order in which they count.</param>
/// <param name="Step">The event that it is for; null: done by hand.</param>
/// <param name="Rule">The rule's code; null: a reward was handed out.</param>
/// <param name="Version">Of the rule.</param>
/// <param name="Holder">Whose.</param>
/// <param name="Points">What it gives or takes.</param>
/// <param name="IsLimited">Nothing, since the rule counted as often as it may on that day.</param>
/// <param name="Corrects">The entry that it corrects.</param>
/// <param name="IsErased">Whether the reporter's data were erased: the holder may have been another.</param>
public sealed record PointsEntry(long Id, long? Step, string? Rule, int? Version, PointsHolder Holder, int Points, bool IsLimited, long? Corrects, bool IsErased = false);

/// <summary>Something in which the ledger is not what events and rules say.</summary>
/// <param name="Kind">missing, unfounded, wrong, overLimit, wronglyLimited, notTakenBack.</param>
/// <param name="Entry">The entry; null where one is missing.</param>
/// <param name="Step">The event that it is about.</param>
/// <param name="Holder">Whose.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Expected">The points that should be there; null: no entry.</param>
/// <param name="Found">The points that are there; null: no entry.</param>
public sealed record PointsDifference(string Kind, long? Entry, long? Step, PointsHolder Holder, string? Rule, int? Expected, int? Found);
