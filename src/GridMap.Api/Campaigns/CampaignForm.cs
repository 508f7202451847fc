using GridMap.Api.Hosting;
using GridMap.Core.Grids;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>A new campaign that was understood.</summary>
internal sealed record CampaignForm(
    string Name, string NameEn, DateOnly From, DateOnly To, int ZoneLevel, IReadOnlyList<CampaignItem> Items, CampaignLimits Limits,
    IReadOnlyList<CampaignPhase> Phases)
{
    private const int MaxText = 200;
    private const int MaxItems = 50;
    private const int MaxDays = 1100;
    private const decimal MaxWeight = 1_000_000;

    /// <summary>Reads what was sent.</summary>
    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public static CampaignForm Read(NewCampaign wanted, Func<int, bool> hasGrids)
    {
        var name = Text("name", wanted.Name);
        var (from, to) = ReadDays(wanted.From, wanted.To);
        if (wanted.ZoneLevel is not { } level || !hasGrids(level))
        {
            throw Bad("zoneLevel", "bad_zone_level", "zoneLevel is a level that has grids now.");
        }

        return new CampaignForm(
            name, Optional("nameEn", wanted.NameEn), from, to, level, ReadItems(wanted.Items), ReadLimits(wanted.Limits), ReadPhases(wanted.Phases, from, to));
    }

    private static (DateOnly From, DateOnly To) ReadDays(DateOnly? from, DateOnly? to)
    {
        if (from is not { Year: >= 2000 and < 2100 } first)
        {
            throw Bad("from", "bad_from", "from is the first day, as in 2026-09-01.");
        }

        return to is { } last && last >= first && last.DayNumber - first.DayNumber < MaxDays
            ? (first, last)
            : throw Bad("to", "bad_to", "to is the last day, as in 2026-11-30: not before from, and at most three years after it.");
    }

    private static List<CampaignItem> ReadItems(IReadOnlyList<NewCampaignItem?>? wanted)
    {
        if (wanted is not { Count: > 0 and <= MaxItems })
        {
            throw Bad("items", "bad_items", $"Give 1 to {MaxItems} items, each with code, name, unit and weight.");
        }

        var items = new List<CampaignItem>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var item = wanted[i] ?? throw Bad($"items[{i}]", "bad_items", "An item has code, name, unit and weight.");
            if (item.Code is null || !GridCode.TryParse(item.Code, out _))
            {
                throw Bad($"items[{i}].code", "bad_item_code", "A code has 1 to 40 letters, digits, dots, dashes or underscores.");
            }

            if (items.Exists(other => other.Code == item.Code))
            {
                throw Bad($"items[{i}].code", "duplicate_item", $"The code {item.Code} stands twice.");
            }

            if (item.Weight is not { } weight || weight <= 0 || weight >= MaxWeight || decimal.Round(weight, 3) != weight)
            {
                throw Bad($"items[{i}].weight", "bad_weight", "weight is more than 0, with at most 3 decimals.");
            }

            items.Add(new CampaignItem(
                item.Code, Text($"items[{i}].name", item.Name), Optional($"items[{i}].nameEn", item.NameEn), Text($"items[{i}].unit", item.Unit), weight));
        }

        return items;
    }

    private static CampaignLimits ReadLimits(CampaignLimits? wanted)
    {
        var limits = wanted ?? new CampaignLimits(LightLimits.Default.Green, LightLimits.Default.Yellow);
        return limits.Yellow > 0 && limits.Green > limits.Yellow && limits.Green <= 1
            && decimal.Round(limits.Green, 3) == limits.Green && decimal.Round(limits.Yellow, 3) == limits.Yellow
                ? limits
                : throw Bad("limits", "bad_limits", "limits are shares with at most 3 decimals, and 0 < yellow < green <= 1.");
    }

    internal static List<CampaignPhase> ReadPhases(IReadOnlyList<NewCampaignPhase?>? wanted, DateOnly from, DateOnly to)
    {
        var phases = new List<CampaignPhase>();
        for (var i = 0; i < wanted?.Count; i++)
        {
            if (wanted[i] is not { From: { } first, To: { } last } phase || first > last || first < from || last > to)
            {
                throw Bad($"phases[{i}]", "bad_phase", "A phase has name, from and to; it lies within the campaign's days.");
            }

            phases.Add(new CampaignPhase(Text($"phases[{i}].name", phase.Name), Optional($"phases[{i}].nameEn", phase.NameEn), first, last));
        }

        return phases;
    }

    internal static string Text(string field, string? text) =>
        text?.Trim() is { Length: > 0 and <= MaxText } trimmed
            ? trimmed
            : throw Bad(field, "bad_text", $"{field} has 1 to {MaxText} characters.");

    internal static string Optional(string field, string? text) => string.IsNullOrWhiteSpace(text) ? "" : Text(field, text);

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
