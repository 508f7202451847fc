using System.ComponentModel.DataAnnotations;
using GridMap.Api.Hosting;

namespace GridMap.Api.Duties;

/// <summary>A grid of a duty, as it was last; enough to name it.</summary>
public sealed record DutyGrid(long Id, string Code, string Name, int Level);

/// <summary>A person, by name.</summary>
public sealed record PersonReference(long Id, string Name);

/// <summary>Whose place a stand-in (代班) takes.</summary>
public sealed record StandsInFor(long DutyId, PersonReference Person);

/// <summary>A person's term on a grid, [from, to).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Person">Whose.</param>
/// <param name="Role">As what.</param>
/// <param name="Grid">Null: the whole territory.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null: open. A term that ends as it begins was called off.</param>
/// <param name="StandsInFor">Whose place it is held in; null for a term of its own.</param>
/// <param name="RecordedAt">When it was written down.</param>
/// <param name="RecordedBy">By whom.</param>
public sealed record DutyItem(
    long Id, PersonReference Person, [property: Role] string Role, DutyGrid? Grid, DateTimeOffset From, DateTimeOffset? To, StandsInFor? StandsInFor,
    DateTimeOffset RecordedAt, string RecordedBy);

/// <summary>What should have been written down; beside the answer that was given, never in its place.</summary>
/// <param name="Id">Its number.</param>
/// <param name="DutyId">The term that was wrong; null for one that nobody wrote down.</param>
/// <param name="Person">Whose term it really was.</param>
/// <param name="Role">As what.</param>
/// <param name="Grid">Where; null: the whole territory.</param>
/// <param name="From">Since when, really.</param>
/// <param name="To">Until when, really; null: still.</param>
/// <param name="Reason">Why it was not written down then.</param>
/// <param name="RecordedAt">When it was corrected.</param>
/// <param name="RecordedBy">By whom.</param>
public sealed record DutyCorrectionItem(
    long Id, long? DutyId, PersonReference Person, [property: Role] string Role, DutyGrid? Grid, DateTimeOffset From, DateTimeOffset? To, string Reason,
    DateTimeOffset RecordedAt, string RecordedBy);

/// <summary>Terms, and what was corrected about them.</summary>
public sealed record DutyList(IReadOnlyList<DutyItem> Items, string? Next, IReadOnlyList<DutyCorrectionItem> Corrections);

/// <summary>An appointment.</summary>
/// <param name="Role">As what; of a stand-in that of the term that it stands in for.</param>
/// <param name="Grid">The grid's code; left out: the whole territory, for roles that reach it.</param>
/// <param name="PersonId">Who; or else give <paramref name="PersonName"/>.</param>
/// <param name="PersonName">A new person.</param>
/// <param name="Phone">The new person's telephone.</param>
/// <param name="From">Since when; now by default, and not earlier: that is a correction.</param>
/// <param name="To">Until when; open by default.</param>
/// <param name="StandsInFor">The number of the term that it stands in for; needs an end.</param>
public sealed record NewDutyBody(
    [property: Role] string? Role = null, string? Grid = null, long? PersonId = null, string? PersonName = null, string? Phone = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, long? StandsInFor = null);

/// <summary>The end of a term.</summary>
/// <param name="At">When; now by default, and not earlier.</param>
public sealed record DutyEndBody(DateTimeOffset? At = null);

/// <summary>A correction: of a term that was wrong, or of one that nobody wrote down.</summary>
/// <param name="Reason">Why it was not written down then.</param>
/// <param name="From">Since when, really; in the past.</param>
/// <param name="To">Until when, really.</param>
/// <param name="DutyId">The term that was wrong; what is left out below is taken from it.</param>
/// <param name="PersonId">Whose term it really was.</param>
/// <param name="Role">As what.</param>
/// <param name="Grid">The grid's code.</param>
public sealed record NewCorrectionBody(
    [property: Required] string? Reason, [property: Required] DateTimeOffset? From, DateTimeOffset? To = null, long? DutyId = null,
    long? PersonId = null, [property: Role] string? Role = null, string? Grid = null);
