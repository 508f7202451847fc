using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>One item's quantities: of the whole campaign, planned by the day, done by the day.</summary>
public sealed record ItemQuantity(string Item, decimal Planned, decimal PlannedBy, decimal Done);

/// <summary>One grid's progress on a day; without grid the total, or what is in no row.</summary>
/// <param name="GridId">Null for a sum.</param>
/// <param name="Code">Null for a sum.</param>
/// <param name="Name">Null for a sum.</param>
/// <param name="Parent">The parent's code.</param>
/// <param name="Quantities">By item, exact: columns add up.</param>
/// <param name="Percent">Of the whole plan, 0 to 1.</param>
/// <param name="Spi">Of what was planned by the day.</param>
/// <param name="Light">green, yellow, red, grey.</param>
/// <param name="Behind">Code of the item that pulls most.</param>
/// <param name="DaysAhead">Workdays; negative is behind.</param>
/// <param name="ForecastEnd">At the pace of the last seven workdays.</param>
/// <param name="Change">Percent less percent of the day before.</param>
/// <param name="HeadCount">People out that day.</param>
/// <param name="LoggedZones">Zones inside that logged that day.</param>
/// <param name="Zones">Zones inside.</param>
/// <param name="IssuesOpen">At the end of the day.</param>
/// <param name="IssuesOverdue">Open then, and due before.</param>
/// <param name="IssuesWrittenOff">Written off by then.</param>
public sealed record ProgressRow(
    long? GridId, string? Code, string? Name, string? Parent, IReadOnlyList<ItemQuantity> Quantities,
    decimal? Percent, decimal? Spi, Light Light, string? Behind, int? DaysAhead, DateOnly? ForecastEnd, decimal? Change,
    int HeadCount, int LoggedZones, int Zones, int IssuesOpen, int IssuesOverdue, int IssuesWrittenOff);

/// <summary>The progress of all grids of a level on a day.</summary>
public sealed record ProgressAnswer(
    long Campaign, DateOnly On, int Level, DateTimeOffset? FrozenAt, IReadOnlyList<string> Items,
    IReadOnlyList<ProgressRow> Rows, ProgressRow? NotDivided, ProgressRow Total);

/// <summary>One grid through the days; a letter a day for the light: g, y, r, or - for grey.</summary>
public sealed record ProgressDaysRow(
    long GridId, string Code, IReadOnlyList<decimal?> Percent, IReadOnlyList<decimal?> Spi, string Light);

/// <summary>The whole campaign through the days.</summary>
public sealed record ProgressDaysTotal(
    IReadOnlyList<decimal?> Percent, IReadOnlyList<decimal?> Planned, IReadOnlyList<int> IssuesNew, IReadOnlyList<int> IssuesWrittenOff);

/// <summary>All that is needed to play a campaign without asking again.</summary>
public sealed record ProgressDays(
    long Campaign, int Level, IReadOnlyList<DateOnly> Days, IReadOnlyList<ProgressDaysRow> Rows, ProgressDaysTotal Total);

/// <summary>A week of one zone.</summary>
public sealed record ZoneWeek(DateOnly Week, IReadOnlyList<ItemWeek> Quantities, string Goal);

/// <summary>Planned and done of an item in a week.</summary>
public sealed record ItemWeek(string Item, decimal Planned, decimal Done);

/// <summary>A day of one zone's curve.</summary>
public sealed record ZoneTrend(DateOnly Day, decimal? Percent, decimal? PlannedPercent);

/// <summary>Why a zone is behind.</summary>
/// <param name="Item">The item that pulls most.</param>
/// <param name="PlannedBy">Planned by the day.</param>
/// <param name="Done">Done by the day.</param>
/// <param name="Missing">The difference.</param>
/// <param name="SilentWorkdays">Workdays since this item last moved.</param>
public sealed record ZoneWhy(string Item, decimal PlannedBy, decimal Done, decimal Missing, int SilentWorkdays);

/// <summary>An entry of the work log.</summary>
public sealed record WorkLogItem(
    long Id, string Grid, DateOnly Day, string Item, decimal Quantity, DateTimeOffset RecordedAt, string Note, long? Corrects);

/// <summary>One zone, opened.</summary>
public sealed record ZoneProgress(
    ProgressRow Row, IReadOnlyList<ZoneWeek> Weeks, IReadOnlyList<ZoneTrend> Trend, ZoneWhy? Why, IReadOnlyList<WorkLogItem> Worklog);
