namespace GridMap.Api.Arrangements;

/// <summary>What is arranged for a grid and day.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones.</param>
/// <param name="Day">A day of the campaign.</param>
/// <param name="Words">What is done; empty: nothing, whatever comes back by a rule.</param>
/// <param name="Person">The number of who sees to it; only for those who may see the people there.</param>
/// <param name="PersonName">Their name; the same.</param>
/// <param name="Version">0: not arranged for this day, but come back by a rule.</param>
/// <param name="Recurring">The rule that it came by.</param>
public sealed record ArrangementItem(string Grid, DateOnly Day, string Words, long? Person, string? PersonName, int Version, long? Recurring);

/// <summary>An arrangement as it is to be. It takes the place of what comes back by a rule that day.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones.</param>
/// <param name="Day">A day of the campaign.</param>
/// <param name="Words">What is done; empty: nothing that day.</param>
/// <param name="Person">The number of somebody with a duty on a grid.</param>
/// <param name="Version">The one that it was read at, 0 where nothing was arranged for the day itself.</param>
public sealed record ArrangementEntry(string? Grid, DateOnly? Day, string? Words, long? Person, int Version);

/// <summary>What comes back in every zone of a grid, or of the whole campaign.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Grid">Code; null: the whole campaign.</param>
/// <param name="Rule">RFC 5545, as in FREQ=WEEKLY;BYDAY=TU.</param>
/// <param name="Words">What is done.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Version">Sent back with a change.</param>
public sealed record RecurringItem(long Id, string? Grid, string Rule, string Words, DateOnly From, DateOnly To, int Version);

/// <summary>What is to come back.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones; null: the whole campaign.</param>
/// <param name="Rule">A recurrence rule of RFC 5545 that names days, without COUNT and UNTIL.</param>
/// <param name="Words">What is done.</param>
/// <param name="From">The first day; null: the campaign's.</param>
/// <param name="To">The last day; null: the campaign's.</param>
/// <param name="Version">Of what is changed; left out for a new one.</param>
public sealed record RecurringBody(string? Grid, string? Rule, string? Words, DateOnly? From = null, DateOnly? To = null, int? Version = null);

/// <summary>What a month or a week of a campaign is about (一月一村大会战; each week's theme).</summary>
/// <param name="Span">month or week.</param>
/// <param name="From">The first of the month, or the Monday.</param>
/// <param name="Grid">Code of the grid that is its target; null: none in particular.</param>
/// <param name="Words">The theme; may be empty when a grid is named.</param>
/// <param name="Version">Sent back with a change; 0 for a new one.</param>
public sealed record CampaignFocus(string? Span, DateOnly From, string? Grid, string? Words, int Version);
