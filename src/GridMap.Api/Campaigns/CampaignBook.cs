using GridMap.Core.Calendars;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>A grid of the campaign's generation, on the zones' level or outside it.</summary>
internal sealed record CampaignGrid(long Id, string Code, string Name, int Level, long? ParentId, bool IsZone);

/// <summary>
/// A campaign's quantities in memory at one revision: a series for every grid that something was entered for, and the sums of
/// all levels. Immutable once made.
/// </summary>
internal sealed class CampaignBook
{
    private readonly Dictionary<long, CampaignGrid> grids;
    private readonly Dictionary<long, QuantitySeries> entered;
    private readonly Dictionary<long, QuantitySeries> summed = [];
    private readonly Dictionary<long, HashSet<int>> loggedDays;

    public CampaignBook(
        CampaignAnswer campaign, long revision, WorkCalendar calendar, IEnumerable<CampaignGrid> grids,
        Dictionary<long, QuantitySeries> entered, Dictionary<long, HashSet<int>> loggedDays, IReadOnlyDictionary<DateOnly, DateTimeOffset> frozen)
    {
        Campaign = campaign;
        Revision = revision;
        Calendar = calendar;
        Frozen = frozen;
        this.entered = entered;
        this.loggedDays = loggedDays;
        this.grids = grids.ToDictionary(grid => grid.Id);
        Days = new CampaignDays(campaign.From, campaign.To);
        Items = [.. campaign.Items.Select(item => new WorkItem(item.Code, item.Weight))];
        Limits = new LightLimits(campaign.Limits.Green, campaign.Limits.Yellow);
        Total = Empty();
        Sum();
    }

    public CampaignAnswer Campaign { get; }

    public long Revision { get; }

    public WorkCalendar Calendar { get; }

    public CampaignDays Days { get; }

    public IReadOnlyList<WorkItem> Items { get; }

    public LightLimits Limits { get; }

    /// <summary>When each frozen day was frozen.</summary>
    public IReadOnlyDictionary<DateOnly, DateTimeOffset> Frozen { get; }

    /// <summary>Everything that was entered, wherever.</summary>
    public QuantitySeries Total { get; }

    /// <summary>The rows of a level: its grids that are zones or hold zones, by code.</summary>
    public IEnumerable<CampaignGrid> Rows(int level) =>
        grids.Values.Where(grid => grid.Level == level && (level < Campaign.ZoneLevel || grid.IsZone)).OrderBy(grid => grid.Code, StringComparer.Ordinal);

    public CampaignGrid? ByCode(string code) => grids.Values.FirstOrDefault(grid => grid.Code == code);

    public CampaignGrid? Parent(CampaignGrid grid) => grid.ParentId is { } id ? grids.GetValueOrDefault(id) : null;

    /// <summary>The sum over a grid and everything inside it.</summary>
    public QuantitySeries Of(CampaignGrid grid) => summed.GetValueOrDefault(grid.Id) ?? Empty();

    /// <summary>What was entered for grids outside a level, and so is in none of its rows; null when there is none.</summary>
    public QuantitySeries? NotDivided(int level)
    {
        QuantitySeries? sum = null;
        foreach (var (id, series) in entered)
        {
            if (!grids.TryGetValue(id, out var grid) || grid.Level < level)
            {
                (sum ??= Empty()).Add(series);
            }
        }

        return sum;
    }

    /// <summary>The zones inside a grid, itself if it is one.</summary>
    public IEnumerable<CampaignGrid> Zones(CampaignGrid grid) =>
        grids.Values.Where(zone => zone.IsZone && Ancestors(zone).Any(ancestor => ancestor.Id == grid.Id));

    /// <summary>Whether a zone logged anything on a day.</summary>
    public bool Logged(CampaignGrid zone, int day) => loggedDays.TryGetValue(zone.Id, out var days) && days.Contains(day);

    public ProgressFigures Figures(QuantitySeries series, DateOnly on) =>
        ProgressFormula.Evaluate(series, Items, Days, on, Calendar, Limits);

    /// <summary>Percent and SPI alone: what a day of the slider needs.</summary>
    public (decimal? Percent, decimal? Spi) Shares(QuantitySeries series, DateOnly on) =>
        ProgressFormula.Shares(series, Items, Days.IndexOf(on));

    /// <summary>The share of the whole plan that was planned by a day.</summary>
    public decimal? PlannedShare(QuantitySeries series, DateOnly on) => ProgressFormula.PlannedShare(series, Items, Days.IndexOf(on));

    /// <summary>A grid and those around it, innermost first.</summary>
    public IEnumerable<CampaignGrid> Ancestors(CampaignGrid grid)
    {
        for (var at = grid; at is not null; at = Parent(at))
        {
            yield return at;
        }
    }

    private QuantitySeries Empty() => new(Items.Count, Days.Count);

    private void Sum()
    {
        foreach (var (id, series) in entered)
        {
            Total.Add(series);
            if (!grids.TryGetValue(id, out var grid))
            {
                continue;
            }

            foreach (var ancestor in Ancestors(grid))
            {
                if (!summed.TryGetValue(ancestor.Id, out var sum))
                {
                    summed[ancestor.Id] = sum = Empty();
                }

                sum.Add(series);
            }
        }
    }
}
