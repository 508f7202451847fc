namespace GridMap.Api.Resources;

/// <summary>What a campaign is given: cleaners, volunteers, vehicles, money.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Chinese.</param>
/// <param name="NameEn">English; may be empty.</param>
/// <param name="Unit">What it is counted in.</param>
public sealed record ResourceKind(string? Code, string? Name, string? NameEn, string? Unit);

/// <summary>One resource of a grid and everything inside it.</summary>
/// <param name="Resource">Code.</param>
/// <param name="Planned">Of all inside, exact: columns add up.</param>
/// <param name="Used">The same.</param>
/// <param name="UsedPerHousehold">Used divided by households, four decimals; null without households.</param>
/// <param name="Own">Planned for the grid itself.</param>
/// <param name="Version">Of what is planned for the grid itself; 0: nothing yet.</param>
public sealed record ResourceQuantity(string Resource, decimal Planned, decimal Used, decimal? UsedPerHousehold, decimal Own, int Version);

/// <summary>A grid's resources; without code what is in no row, or the sum.</summary>
/// <param name="Grid">Code; null for a sum.</param>
/// <param name="Name">Its name; null for a sum.</param>
/// <param name="Parent">The parent's code.</param>
/// <param name="Households">Inside it; null where none were counted.</param>
/// <param name="Quantities">By resource, in their order.</param>
public sealed record ResourceRow(string? Grid, string? Name, string? Parent, int? Households, IReadOnlyList<ResourceQuantity> Quantities);

/// <summary>The resources of all grids of a level.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="Level">Of the rows.</param>
/// <param name="Kinds">In the office's order.</param>
/// <param name="Rows">By code.</param>
/// <param name="NotDivided">What was entered outside this level; null when there is none.</param>
/// <param name="Total">Rows and NotDivided, column by column.</param>
public sealed record ResourceTable(
    long Campaign, int Level, IReadOnlyList<ResourceKind> Kinds, IReadOnlyList<ResourceRow> Rows, ResourceRow? NotDivided, ResourceRow Total);

/// <summary>What is planned of a resource for a grid.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones.</param>
/// <param name="Resource">Code.</param>
/// <param name="Planned">0 or more, at most three decimals.</param>
/// <param name="Version">The one that it was read at, 0 for a new entry.</param>
public sealed record ResourcePlanEntry(string? Grid, string? Resource, decimal Planned, int Version);

/// <summary>What was used.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones.</param>
/// <param name="Day">On which day.</param>
/// <param name="Resource">Code.</param>
/// <param name="Quantity">At most three decimals; negative only in a correction.</param>
/// <param name="By">Who says so; who is signed in as a person need not say so.</param>
/// <param name="Note">Never public.</param>
/// <param name="Corrects">The entry that this one corrects.</param>
public sealed record NewResourceUse(string? Grid, DateOnly? Day, string? Resource, decimal? Quantity, string? By, string? Note, long? Corrects);

/// <summary>An entry of what was used.</summary>
/// <param name="Id">Its number, which a correction names.</param>
/// <param name="Grid">Code.</param>
/// <param name="Day">On which day.</param>
/// <param name="Resource">Code.</param>
/// <param name="Quantity">Negative only in a correction.</param>
/// <param name="RecordedAt">When it was entered.</param>
/// <param name="Corrects">The entry that it corrects.</param>
/// <param name="By">Who entered it.</param>
/// <param name="Note">In words.</param>
public sealed record ResourceUseItem(long Id, string Grid, DateOnly Day, string Resource, decimal Quantity, DateTimeOffset RecordedAt, long? Corrects, string By, string Note);

/// <summary>The entry that was made.</summary>
public sealed record ResourceUseReceipt(long Id, DateTimeOffset RecordedAt);
