namespace GridMap.Api.Categories;

/// <summary>A category of issues; one without parent is a heading.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Parent">The heading; null for one.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="NameEn">In English; may be empty.</param>
/// <param name="Unit">In what it is counted, such as 处 or 平方米.</param>
/// <param name="LimitValue">How long it may take, of the unit.</param>
/// <param name="LimitUnit">hours, workhours, workdays.</param>
/// <param name="Picture">The word of its picture.</param>
/// <param name="Measured">False: an issue is one of the unit. True: how much it is, is told by who mends it.</param>
/// <param name="Active">False: retired; it names old issues and takes no new ones.</param>
/// <param name="Version">Sent back with a change.</param>
/// <param name="Limits">Limits by condition; the first that holds counts.</param>
public sealed record CategoryItem(
    string Code, string? Parent, string Name, string NameEn, string Unit, decimal LimitValue, string LimitUnit, string Picture, bool Measured, bool Active, int Version,
    IReadOnlyList<CategoryLimitItem> Limits);

/// <summary>A limit under conditions; each that is null or empty is none.</summary>
/// <param name="Place">A class of place, as a grid says in its field placeClass, or a grid's kind.</param>
/// <param name="Severity">minor, normal, severe.</param>
/// <param name="FromTime">From this time of day on.</param>
/// <param name="ToTime">Up to this one; over midnight if it is earlier.</param>
/// <param name="LimitValue">How long it may take, of the unit.</param>
/// <param name="LimitUnit">hours, workhours, workdays.</param>
public sealed record CategoryLimitItem(string? Place, string? Severity, TimeOnly? FromTime, TimeOnly? ToTime, decimal LimitValue, string LimitUnit);

/// <summary>All categories in the office's order.</summary>
public sealed record CategoryList(IReadOnlyList<CategoryItem> Items);

/// <summary>A category as it is to be.</summary>
/// <param name="Name">In Chinese.</param>
/// <param name="Parent">The heading; null for one.</param>
/// <param name="NameEn">In English.</param>
/// <param name="Unit">In what it is counted.</param>
/// <param name="LimitValue">How long it may take, of the unit; 3 if not said.</param>
/// <param name="LimitUnit">hours, workhours, workdays, which is what holds if not said.</param>
/// <param name="Picture">The word of its picture.</param>
/// <param name="Measured">Whether it is told how much an issue is.</param>
/// <param name="Active">False retires it.</param>
/// <param name="Version">Of the category that is changed; null for a new one.</param>
/// <param name="Limits">Limits by condition, all of them.</param>
public sealed record CategoryBody(
    string? Name, string? Parent = null, string? NameEn = null, string? Unit = null, decimal? LimitValue = null, string? LimitUnit = null, string? Picture = null, bool Measured = false,
    bool Active = true, int? Version = null, CategoryLimitItem[]? Limits = null);
