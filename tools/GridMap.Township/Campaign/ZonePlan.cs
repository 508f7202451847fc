using GridMap.Township.Chance;
using GridMap.Township.Grouping;

namespace GridMap.Township.Campaign;

/// <summary>One line of the schedule.</summary>
internal sealed record PlannedWeek(string Zone, int Item, DateOnly Week, decimal Quantity, string Goal);

/// <summary>What a zone means to do, by item and week: rubbish first, planting last, little in the holidays.</summary>
internal static class ZonePlan
{
    public static List<PlannedWeek> Make(Grid zone, double hectares, Seeded chance)
    {
        var lines = new List<PlannedWeek>();
        // The week's main work gets words; they change from week to week.
        var mains = CampaignTime.Weeks.Select(_ => chance.Below(CampaignItem.All.Count)).ToList();
        for (var item = 0; item < CampaignItem.All.Count; item++)
        {
            if (!Takes(zone, CampaignItem.All[item]))
                continue;
            var facts = CampaignItem.All[item];
            var size = zone.Kind == Kinds.Special ? 0.3 : 0.45 + 0.35 * zone.Households / 400 + 0.25 * Math.Min(hectares, 120) / 55;
            var total = (decimal)(facts.Usual * size * chance.Range(0.75, 1.3));
            lines.AddRange(Spread(zone, item, Math.Round(total, facts.Decimals), mains, chance));
        }

        return [.. lines.OrderBy(line => line.Week).ThenBy(line => line.Item)];
    }

    /// <summary>A reservoir has no cables, a wood no sheds.</summary>
    private static bool Takes(Grid zone, CampaignItem item) =>
        zone.Kind != Kinds.Special || item.Code is "rubbish" or "corners" or "greening";

    private static IEnumerable<PlannedWeek> Spread(Grid zone, int item, decimal total, List<int> mains, Seeded chance)
    {
        var facts = CampaignItem.All[item];
        var weights = CampaignTime.Weeks.Select((week, i) =>
        {
            var off = (i + 0.5) / CampaignTime.Weeks.Count - facts.Middle;
            return CampaignTime.Workdays(week) * Math.Max(0.12, 1 - 3.2 * off * off) * chance.Range(0.8, 1.25);
        }).ToList();
        var sum = weights.Sum();
        double passed = 0;
        decimal planned = 0;
        for (var i = 0; i < weights.Count; i++)
        {
            passed += weights[i];
            var by = i == weights.Count - 1 ? total : Math.Round(total * (decimal)(passed / sum), facts.Decimals);
            var goal = mains[i] == item ? chance.Pick(facts.Goals) : "";
            if (by > planned || goal.Length > 0)
                yield return new PlannedWeek(zone.Code, item, CampaignTime.Weeks[i], by - planned, goal);
            planned = by;
        }
    }
}
