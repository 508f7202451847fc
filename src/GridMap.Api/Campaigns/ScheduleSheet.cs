using System.Globalization;
using GridMap.Api.Spreadsheets;

namespace GridMap.Api.Campaigns;

/// <summary>A cell of a sheet that says something else than the schedule does.</summary>
/// <param name="Entry">As it is to be, with the version that it has now: what PUT takes.</param>
/// <param name="Before">What is planned now.</param>
/// <param name="GoalBefore">The goal now; null where the sheet changes no goal.</param>
public sealed record ScheduleSheetChange(ScheduleEntry Entry, decimal Before, string? GoalBefore);

/// <summary>What a sheet of the schedule would change.</summary>
/// <param name="Rows">Lines that were read.</param>
/// <param name="Changes">Each cell that differs; empty when there are errors.</param>
/// <param name="Errors">By cell.</param>
public sealed record ScheduleSheetReport(int Rows, IReadOnlyList<ScheduleSheetChange> Changes, IReadOnlyList<SheetError> Errors);

/// <summary>The schedule as a sheet: a row for each grid and item, one for the grid's goals, and a column a week, named by its Monday.</summary>
internal sealed class ScheduleSheet(CampaignAnswer campaign, CampaignGrids grids)
{
    private const string Grid = "网格编码";
    private const string GridName = "网格";
    private const string Item = "项目编码";
    private const string ItemName = "项目";
    private const string Unit = "单位";
    private const string GoalItem = "目标";
    private const int MaxGoal = 500;
    private const int MaxRows = 100_000;

    private readonly List<DateOnly> weeks = [.. WeeksOf(campaign)];

    /// <summary>Its headings. A cell that is empty says 0, or no goal.</summary>
    public SheetShape Shape => new(
        "schedule", [Grid, GridName, Item, ItemName, Unit, .. weeks.Select(Text)],
        new Dictionary<string, string>(weeks.Select(week => KeyValuePair.Create(week.ToString("yyyy/M/d", CultureInfo.InvariantCulture), Text(week)))) { ["grid"] = Grid, ["item"] = Item },
        [Grid, Item], MaxRows, IsWhole: true);

    /// <summary>The lines.</summary>
    /// <param name="entries">All entries of the schedule.</param>
    /// <param name="wanted">Which grids have lines: zones, and grids round them that have entries of their own.</param>
    public IEnumerable<IEnumerable<object?>> Lines(IReadOnlyCollection<ScheduleEntry> entries, Func<CampaignGrid, bool> wanted)
    {
        var quantities = entries.ToDictionary(entry => (entry.Grid!, entry.Item!, entry.Week), entry => entry.Quantity);
        var goals = entries.GroupBy(entry => (entry.Grid!, entry.Week)).ToDictionary(group => group.Key, group => group.First().Goal);
        var planned = entries.Select(entry => entry.Grid).ToHashSet();
        for (var level = 1; level <= campaign.ZoneLevel; level++)
        {
            foreach (var grid in grids.Rows(level).Where(grid => wanted(grid) && (grid.IsZone || planned.Contains(grid.Code))))
            {
                foreach (var item in campaign.Items)
                {
                    yield return
                    [
                        grid.Code, grid.Name, item.Code, item.Name, item.Unit,
                        .. weeks.Select(week => quantities.TryGetValue((grid.Code, item.Code, week), out var quantity) ? (object?)quantity : null),
                    ];
                }

                yield return [grid.Code, grid.Name, GoalItem, "本周目标", null, .. weeks.Select(week => (object?)goals.GetValueOrDefault((grid.Code, week)))];
            }
        }
    }

    /// <summary>What lines say otherwise than the schedule.</summary>
    /// <param name="rows">The lines.</param>
    /// <param name="entries">All entries of the schedule.</param>
    public ScheduleSheetReport Compare(IReadOnlyList<SheetRow> rows, IReadOnlyCollection<ScheduleEntry> entries)
    {
        var errors = new List<SheetError>();
        var cells = new SheetCells(errors);
        var known = entries.ToDictionary(entry => (entry.Grid!, entry.Item!, entry.Week));
        var goals = entries.GroupBy(entry => (entry.Grid!, entry.Week)).ToDictionary(group => group.Key, group => group.First().Goal ?? "");
        var changes = new Dictionary<(string, string, DateOnly), ScheduleSheetChange>();
        var seen = new HashSet<(string, string)>();
        var goalRows = new List<(SheetRow Row, string Grid)>();
        foreach (var row in rows)
        {
            if (Place(row, cells, seen) is not { } place)
                continue;
            if (place.Item == GoalItem)
                goalRows.Add((row, place.Grid));
            else
                CompareQuantities(row, place, cells, known, changes);
        }

        foreach (var (row, grid) in goalRows)
            CompareGoals(row, grid, cells, known, goals, changes);
        return new ScheduleSheetReport(rows.Count, errors.Count > 0 ? [] : [.. changes.Values], errors);
    }

    private (string Grid, string Item)? Place(SheetRow row, SheetCells cells, HashSet<(string, string)> seen)
    {
        var before = cells.Wrongs;
        var (grid, item) = (cells.Code(row, Grid) ?? "", cells.Code(row, Item) ?? "");
        if (cells.Wrongs == before && grids.ByCode(grid) is null)
            cells.Wrong(row, Grid, "bad_grid", "is no zone of this campaign, and no grid round zones");
        if (item != GoalItem && campaign.Items.All(one => one.Code != item))
            cells.Wrong(row, Item, "bad_item", $"is none of {string.Join(", ", campaign.Items.Select(one => one.Code))}, {GoalItem}");
        if (cells.Wrongs == before && !seen.Add((grid, item)))
            cells.Wrong(row, Item, "duplicate_entry", $"stands twice for {grid}");
        return cells.Wrongs == before ? (grid, item) : null;
    }

    private void CompareQuantities(
        SheetRow row, (string Grid, string Item) place, SheetCells cells, Dictionary<(string, string, DateOnly), ScheduleEntry> known, Dictionary<(string, string, DateOnly), ScheduleSheetChange> changes)
    {
        foreach (var week in weeks.Where(week => row[Text(week)] is not null))
        {
            var column = Text(week);
            if (QuantityOf(row[column]!) is not { } quantity)
            {
                cells.Wrong(row, column, "bad_quantity", "is no quantity: 0 or more, with at most 3 decimals");
                continue;
            }

            var stored = known.GetValueOrDefault((place.Grid, place.Item, week));
            if (quantity != (stored?.Quantity ?? 0))
                changes[(place.Grid, place.Item, week)] = new(new ScheduleEntry(place.Grid, place.Item, week, quantity, null, stored?.Version ?? 0), stored?.Quantity ?? 0, null);
        }
    }

    // A spreadsheet may keep 4.37 as 4.3700000000000001: that is no finer quantity.
    private static decimal? QuantityOf(string text)
    {
        if (text.Length == 0)
            return 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var told))
            return null;
        var quantity = decimal.Round(told, 3);
        return Math.Abs(told - quantity) < 1e-9m && quantity >= 0 && Quantities.Fit(quantity) ? quantity : null;
    }

    // A goal is of a grid and week, and travels with one of its entries: the first that is there or comes with the sheet.
    private void CompareGoals(
        SheetRow row, string grid, SheetCells cells, Dictionary<(string, string, DateOnly), ScheduleEntry> known, Dictionary<(string, DateOnly), string> goals,
        Dictionary<(string, string, DateOnly), ScheduleSheetChange> changes)
    {
        foreach (var week in weeks.Where(week => row[Text(week)] is not null))
        {
            var (goal, was) = (cells.Text(row, Text(week), MaxGoal), goals.GetValueOrDefault((grid, week)) ?? "");
            if (goal == was)
                continue;
            var item = campaign.Items.FirstOrDefault(one => known.ContainsKey((grid, one.Code, week)) || changes.ContainsKey((grid, one.Code, week)))?.Code ?? campaign.Items[0].Code;
            var stored = known.GetValueOrDefault((grid, item, week));
            var change = changes.GetValueOrDefault((grid, item, week))
                ?? new(new ScheduleEntry(grid, item, week, stored?.Quantity ?? 0, null, stored?.Version ?? 0), stored?.Quantity ?? 0, null);
            changes[(grid, item, week)] = change with { Entry = change.Entry with { Goal = goal }, GoalBefore = was };
        }
    }

    private static IEnumerable<DateOnly> WeeksOf(CampaignAnswer campaign)
    {
        for (var week = Weeks.MondayOf(campaign.From); week <= campaign.To; week = week.AddDays(7))
            yield return week;
    }

    private static string Text(DateOnly week) => week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
