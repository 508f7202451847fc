using GridMap.Api.Photos;
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
/// <param name="Percent">Of the whole plan, 0 to 1; null when nothing is planned.</param>
/// <param name="Spi">Of what was planned by the day, 0 to 1; null when nothing was planned yet.</param>
/// <param name="Light">green, yellow, red, grey.</param>
/// <param name="Behind">Code of the item that pulls most.</param>
/// <param name="DaysAhead">Workdays; negative is behind.</param>
/// <param name="ForecastEnd">At the pace of the last seven workdays; null without pace.</param>
/// <param name="Change">Percent less percent of the day before.</param>
/// <param name="HeadCount">People out that day (人次), as that day's figures know it.</param>
/// <param name="Logged">Whether all zones inside logged that day.</param>
/// <param name="LoggedZones">Zones inside that logged that day.</param>
/// <param name="Zones">Zones inside.</param>
/// <param name="IssuesOpen">At the end of the day.</param>
/// <param name="IssuesOverdue">Open then, and due before.</param>
/// <param name="IssuesWrittenOff">Written off by then.</param>
public sealed record ProgressRow(
    long? GridId, string? Code, string? Name, string? Parent, IReadOnlyList<ItemQuantity> Quantities,
    decimal? Percent, decimal? Spi, Light Light, string? Behind, int? DaysAhead, DateOnly? ForecastEnd, decimal? Change,
    int HeadCount, bool Logged, int LoggedZones, int Zones, int IssuesOpen, int IssuesOverdue, int IssuesWrittenOff);

/// <summary>The progress of all grids of a level on a day.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="On">The day.</param>
/// <param name="Level">Of the rows.</param>
/// <param name="Workday">Whether logs were expected that day, by the calendar with its make-up days.</param>
/// <param name="FrozenAt">When the day was frozen; null while it is live.</param>
/// <param name="Items">Codes, in the order of the quantities.</param>
/// <param name="Rows">The lowest SPI first, those without last.</param>
/// <param name="NotDivided">What was entered for a grid outside this level and is in none of the rows; null when there is none.</param>
/// <param name="Total">Rows and NotDivided, column by column.</param>
public sealed record ProgressAnswer(
    long Campaign, DateOnly On, int Level, bool Workday, DateTimeOffset? FrozenAt, IReadOnlyList<string> Items,
    IReadOnlyList<ProgressRow> Rows, ProgressRow? NotDivided, ProgressRow Total);

/// <summary>One grid through the days; a letter a day for the light: g, y, r, or - for grey.</summary>
public sealed record ProgressDaysRow(
    long GridId, string Code, IReadOnlyList<decimal?> Percent, IReadOnlyList<decimal?> Spi, string Light);

/// <summary>The whole campaign through the days.</summary>
/// <param name="Percent">Of the whole plan.</param>
/// <param name="Planned">The share of the whole plan that was planned by each day.</param>
/// <param name="IssuesNew">Reported in the campaign's grids on each day.</param>
/// <param name="IssuesWrittenOff">Written off there on each day.</param>
public sealed record ProgressDaysTotal(
    IReadOnlyList<decimal?> Percent, IReadOnlyList<decimal?> Planned, IReadOnlyList<int> IssuesNew, IReadOnlyList<int> IssuesWrittenOff);

/// <summary>All that is needed to play a campaign without asking again: every day from the first to today.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="Level">Of the rows.</param>
/// <param name="Days">In their order.</param>
/// <param name="Frozen">When each day was frozen; null while it is live.</param>
/// <param name="Rows">By code.</param>
/// <param name="Total">The whole campaign.</param>
public sealed record ProgressDays(
    long Campaign, int Level, IReadOnlyList<DateOnly> Days, IReadOnlyList<DateTimeOffset?> Frozen, IReadOnlyList<ProgressDaysRow> Rows, ProgressDaysTotal Total);

/// <summary>A week of one zone.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Quantities">By item.</param>
/// <param name="Goal">In words; may be empty.</param>
public sealed record ZoneWeek(DateOnly Week, IReadOnlyList<ItemWeek> Quantities, string Goal);

/// <summary>Planned for an item in a week, and logged for its days by the day that was asked for.</summary>
public sealed record ItemWeek(string Item, decimal Planned, decimal Done);

/// <summary>A day of one zone's curve.</summary>
public sealed record ZoneTrend(DateOnly Day, decimal? Percent, decimal? PlannedPercent);

/// <summary>Why a zone is behind: the item that pulls most.</summary>
/// <param name="Item">Its code.</param>
/// <param name="PlannedBy">Planned by the day.</param>
/// <param name="Done">Done by the day.</param>
/// <param name="Missing">The difference.</param>
/// <param name="SilentDays">Days since this item last moved, from the campaign's first day if it never did.</param>
/// <param name="SinceWorkdays">For how many workdays on end this item has been behind its plan, the day itself included.</param>
public sealed record ZoneWhy(string Item, decimal PlannedBy, decimal Done, decimal Missing, int SilentDays, int SinceWorkdays);

/// <summary>An entry of the work log.</summary>
/// <param name="Id">Its number, which a correction names.</param>
/// <param name="Grid">Code.</param>
/// <param name="Day">The day that it tells of.</param>
/// <param name="Item">Code.</param>
/// <param name="Quantity">Negative only in a correction.</param>
/// <param name="HeadCount">People out for this grid that day, in all of its entries; null when none was told.</param>
/// <param name="HeadCountChange">People that came or went with this correction; null when it is about none.</param>
/// <param name="ByRole">Duty of who logged it: grid_leader, grid_worker, supervisor, volunteer; null for anybody else.</param>
/// <param name="RecordedAt">When it was logged.</param>
/// <param name="Corrects">The entry that it corrects.</param>
/// <param name="By">Only for those who may see names.</param>
/// <param name="Note">Only for those who log work there.</param>
/// <param name="Photos">Of what was sent together, at its first entry; only for those who log work or see names there.</param>
public sealed record WorkLogItem(
    long Id, string Grid, DateOnly Day, string Item, decimal Quantity, int? HeadCount, int? HeadCountChange, string? ByRole, DateTimeOffset RecordedAt, long? Corrects,
    string? By, string? Note, IReadOnlyList<SignedPhoto> Photos);

/// <summary>One zone, opened.</summary>
/// <param name="Row">Its figures.</param>
/// <param name="Weeks">All weeks of the campaign.</param>
/// <param name="Trend">Every day up to the one asked for.</param>
/// <param name="Why">Null unless it is yellow or red.</param>
/// <param name="Worklog">Its entries of the last 14 days, newest first.</param>
public sealed record ZoneProgress(
    ProgressRow Row, IReadOnlyList<ZoneWeek> Weeks, IReadOnlyList<ZoneTrend> Trend, ZoneWhy? Why, IReadOnlyList<WorkLogItem> Worklog);
