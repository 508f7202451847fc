using GridMap.Core.Calendars;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>
/// A campaign's quantities in memory at one revision: a series for every grid that something was entered for, and the sums of
/// all levels. Immutable and thread safe.
/// </summary>
internal sealed class CampaignBook
{
    private readonly Dictionary<long, QuantitySeries> entered;
    private readonly Dictionary<long, QuantitySeries> summed;
    private readonly IReadOnlyDictionary<(long Grid, DateOnly Day), DateTimeOffset> firstLogs;

    /// <param name="campaign">Its definition.</param>
    /// <param name="revision">The revision that all of this is of, or an older one.</param>
    /// <param name="calendar">Workdays.</param>
    /// <param name="grids">Zones and what is round them.</param>
    /// <param name="entered">By the grid that it was entered for.</param>
    /// <param name="firstLogs">When each grid logged first for a day.</param>
    /// <param name="frozen">Days whose figures stand.</param>
    public CampaignBook(
        CampaignAnswer campaign, long revision, WorkCalendar calendar, CampaignGrids grids, Dictionary<long, QuantitySeries> entered,
        IReadOnlyDictionary<(long Grid, DateOnly Day), DateTimeOffset> firstLogs, FrozenDays frozen)
    {
        Campaign = campaign;
        Revision = revision;
        Calendar = calendar;
        Grids = grids;
        Frozen = frozen;
        this.entered = entered;
        this.firstLogs = firstLogs;
        Days = new CampaignDays(campaign.From, campaign.To);
        Items = [.. campaign.Items.Select(item => new WorkItem(item.Code, item.Weight))];
        Limits = new LightLimits(campaign.Limits.Green, campaign.Limits.Yellow);
        Total = Sum(entered.Values);
        summed = entered
            .SelectMany(pair => Chain(pair.Key).Select(grid => (grid.Id, pair.Value)))
            .GroupBy(pair => pair.Id, pair => pair.Value)
            .ToDictionary(group => group.Key, group => Sum([.. group]));
    }

    public CampaignAnswer Campaign { get; }

    public long Revision { get; }

    public WorkCalendar Calendar { get; }

    public CampaignGrids Grids { get; }

    /// <summary>When each frozen day was frozen.</summary>
    public FrozenDays Frozen { get; }

    public CampaignDays Days { get; }

    public IReadOnlyList<WorkItem> Items { get; }

    public LightLimits Limits { get; }

    /// <summary>Everything that was entered, wherever.</summary>
    public QuantitySeries Total { get; }

    /// <summary>The sum over a grid and everything inside it.</summary>
    public QuantitySeries Of(CampaignGrid grid) => summed.GetValueOrDefault(grid.Id) ?? Sum([]);

    /// <summary>The sum over several grids, none inside another.</summary>
    public QuantitySeries Of(IReadOnlyCollection<CampaignGrid> grids) => Sum([.. grids.Select(Of)]);

    /// <summary>The sum of what was entered for grids outside a level, and so is in none of its rows; null when there is none.</summary>
    public QuantitySeries? NotDivided(int level)
    {
        var rest = entered.Where(pair => Grids.Holder(pair.Key) is not { } grid || grid.Level < level).Select(pair => pair.Value).ToList();
        return rest is [] ? null : Sum(rest);
    }

    /// <summary>Whether a grid logged anything for a day by a moment; null is now.</summary>
    public bool Logged(CampaignGrid grid, DateOnly day, DateTimeOffset? by) =>
        firstLogs.TryGetValue((grid.Id, day), out var first) && (by is null || first <= by);

    private QuantitySeries Sum(IReadOnlyCollection<QuantitySeries> parts) => QuantitySeries.Sum(Items.Count, Days.Count, parts);

    private IEnumerable<CampaignGrid> Chain(long id) => Grids.Holder(id) is { } grid ? Grids.Ancestors(grid) : [];
}
