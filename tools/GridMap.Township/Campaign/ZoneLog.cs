using GridMap.Core.Progress;
using GridMap.Township.Chance;

namespace GridMap.Township.Campaign;

/// <summary>One entry of the work log. <paramref name="Recorded"/> is local time.</summary>
internal sealed record LogEntry(string Zone, DateOnly Day, int Item, decimal Quantity, int HeadCount, DateTime Recorded)
{
    public string Id { get; set; } = "";

    public string CorrectionOf { get; init; } = "";

    public string Note { get; init; } = "";
}

/// <summary>
/// What a zone logged, drawn so that its light on the last day is the one wanted. Green zones run along their plan, most a little
/// ahead; laggards fall off slowly, or have stood still for weeks; some have been silent for days.
/// </summary>
internal sealed class ZoneLog(string zone, IReadOnlyList<PlannedWeek> plan, Light wanted, Seeded chance)
{
    private readonly QuantitySeries planned = Series(plan, []);

    public static ProgressFigures Evaluate(IReadOnlyList<PlannedWeek> plan, IReadOnlyList<LogEntry> entries) => ProgressFormula.Evaluate(
        Series(plan, entries), CampaignItem.Formula, CampaignTime.Days, CampaignTime.Today, CampaignTime.Calendar, LightLimits.Default);

    public List<LogEntry> Make()
    {
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var entries = Draw();
            // Away from the limits, so that a small correction does not turn a light.
            var spi = Evaluate(plan, entries).Spi ?? 0;
            if (LightLimits.Default.Of(spi - 0.004m) == wanted && LightLimits.Default.Of(Math.Min(spi + 0.004m, 1)) == wanted && spi > 0.4m)
                return entries;
        }

        throw new InvalidOperationException($"Zone {zone} never became {wanted}.");
    }

    public static QuantitySeries Series(IReadOnlyList<PlannedWeek> plan, IReadOnlyList<LogEntry> entries)
    {
        var series = new QuantitySeriesBuilder(CampaignItem.All.Count, CampaignTime.Days, CampaignTime.Calendar, FrozenDays.None);
        foreach (var line in plan)
            series.AddPlan(line.Item, line.Week, line.Quantity);
        foreach (var entry in entries)
            series.AddDone(entry.Item, entry.Day, entry.Quantity, DateTimeOffset.UnixEpoch);
        return series.Build();
    }

    private List<LogEntry> Draw()
    {
        var last = CampaignTime.Days.IndexOf(CampaignTime.Today);
        var silent = wanted == Light.Green ? (chance.Happens(0.03) ? 5 : 0) : chance.Happens(0.22) ? chance.Between(5, 11) : 0;
        var stuck = wanted == Light.Red && chance.Happens(0.5) ? last - chance.Between(17, 34) : last + 1;
        var entries = new List<LogEntry>();
        var offHours = chance.Range(0.02, 0.1);
        for (var item = 0; item < CampaignItem.All.Count; item++)
        {
            if (planned.Planned(item) == 0)
                continue;
            var pace = Pace.Draw(wanted, last, chance);
            decimal done = 0;
            for (var day = 0; day <= last - silent; day++)
            {
                if (!chance.Happens(CampaignTime.Calendar.IsWorkday(CampaignTime.Days.At(day)) ? 0.32 : offHours))
                    continue;
                var reach = Math.Min(planned.PlannedBy(item, Math.Min(day, stuck)) * pace.At(Math.Min(day, stuck)), planned.Planned(item));
                var quantity = Math.Round(reach - done, CampaignItem.All[item].Decimals);
                if (quantity <= 0)
                    continue;
                done += quantity;
                entries.Add(Entry(item, day, quantity));
            }
        }

        return [.. entries.OrderBy(entry => entry.Day).ThenBy(entry => entry.Item)];
    }

    private LogEntry Entry(int item, int day, decimal quantity)
    {
        var date = CampaignTime.Days.At(day);
        var heads = Math.Clamp((int)Math.Ceiling((double)quantity / CampaignItem.All[item].PerHead * chance.Range(0.6, 1.3)), 2, 64);
        var recorded = date.ToDateTime(new TimeOnly(17, 20)).AddMinutes(chance.Below(210));
        if (chance.Happens(0.07) && date < CampaignTime.Today)
            recorded = date.AddDays(1).ToDateTime(new TimeOnly(8, 5)).AddMinutes(chance.Below(150));
        return new LogEntry(zone, date, item, quantity, heads, recorded);
    }
}
