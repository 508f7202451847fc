using GridMap.Api.Hosting;

namespace GridMap.Api.Campaigns;

/// <summary>What is planned of an item for a grid and week.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones.</param>
/// <param name="Item">Code.</param>
/// <param name="Week">Its Monday.</param>
/// <param name="Quantity">0 or more, at most three decimals.</param>
/// <param name="Goal">The goal of the grid and week, in words, the same for all of its items; null leaves it as it is.</param>
/// <param name="Version">The one that it was read at, 0 for a new entry; counts changes of the goal too.</param>
public sealed record ScheduleEntry(string? Grid, string? Item, DateOnly Week, decimal Quantity, string? Goal, int Version);

/// <summary>An entry of a schedule that was understood.</summary>
internal sealed record ScheduleForm(CampaignGrid Grid, string Item, DateOnly Week, decimal Quantity, string? Goal, int Version)
{
    private const int MaxGoal = 500;

    /// <summary>Reads what was sent.</summary>
    /// <exception cref="ProblemException">400: which entry and field, and what it should be.</exception>
    public static List<ScheduleForm> Read(CampaignAnswer campaign, CampaignGrids grids, IReadOnlyList<ScheduleEntry?> entries)
    {
        var seen = new HashSet<(long, string, DateOnly)>();
        var goals = new Dictionary<(long, DateOnly), string>();
        var forms = new List<ScheduleForm>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var form = Read(campaign, grids, entries[i] ?? throw Bad($"[{i}]", "bad_entry", "An entry has grid, item, week, quantity and version."), i);
            if (!seen.Add((form.Grid.Id, form.Item, form.Week)))
            {
                throw Bad($"[{i}]", "duplicate_entry", $"{form.Grid.Code}, {form.Item}, {form.Week:yyyy-MM-dd} stands twice.");
            }

            if (form.Goal is { } goal && !goals.TryAdd((form.Grid.Id, form.Week), goal) && goals[(form.Grid.Id, form.Week)] != goal)
            {
                throw Bad($"[{i}].goal", "two_goals", $"{form.Grid.Code} has two goals for {form.Week:yyyy-MM-dd}; a grid has one goal a week.");
            }

            forms.Add(form);
        }

        return forms;
    }

    private static ScheduleForm Read(CampaignAnswer campaign, CampaignGrids grids, ScheduleEntry entry, int i)
    {
        var grid = grids.Named(entry.Grid, $"[{i}].grid");
        if (campaign.Items.FirstOrDefault(item => item.Code == entry.Item) is not { } item)
        {
            throw Bad($"[{i}].item", "bad_item", $"item is one of {string.Join(", ", campaign.Items.Select(one => one.Code))}.");
        }

        if (entry.Week.DayOfWeek != DayOfWeek.Monday || entry.Week < Weeks.MondayOf(campaign.From) || entry.Week > campaign.To)
        {
            throw Bad(
                $"[{i}].week", "bad_week",
                $"week is the Monday of a week of the campaign, {Weeks.MondayOf(campaign.From):yyyy-MM-dd} to {Weeks.MondayOf(campaign.To):yyyy-MM-dd}.");
        }

        if (entry.Quantity < 0 || !Quantities.Fit(entry.Quantity))
        {
            throw Bad($"[{i}].quantity", "bad_quantity", $"quantity is 0 or more, with at most 3 decimals, below {Quantities.Limit}.");
        }

        if (entry.Version < 0)
        {
            throw Bad($"[{i}].version", "bad_version", "version is the one that the entry was read at, 0 for a new entry.");
        }

        return entry.Goal?.Length > MaxGoal
            ? throw Bad($"[{i}].goal", "bad_goal", $"goal has at most {MaxGoal} characters.")
            : new ScheduleForm(grid, item.Code, entry.Week, entry.Quantity, entry.Goal?.Trim(), entry.Version);
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
