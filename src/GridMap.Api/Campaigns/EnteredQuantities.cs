using GridMap.Core.Calendars;
using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>Gathers a campaign's entries, grid by grid, while they are read. For one thread.</summary>
internal sealed class EnteredQuantities(CampaignAnswer campaign, WorkCalendar calendar, FrozenDays frozen)
{
    private readonly CampaignDays days = new(campaign.From, campaign.To);
    private readonly Dictionary<long, QuantitySeriesBuilder> builders = [];
    private readonly Dictionary<(long Grid, DateOnly Day), DateTimeOffset> firstLogs = [];

    /// <summary>When each grid logged first for a day.</summary>
    public IReadOnlyDictionary<(long Grid, DateOnly Day), DateTimeOffset> FirstLogs => firstLogs;

    public QuantitySeriesBuilder Of(long grid)
    {
        if (!builders.TryGetValue(grid, out var builder))
        {
            builders[grid] = builder = new QuantitySeriesBuilder(campaign.Items.Count, days, calendar, frozen);
        }

        return builder;
    }

    public void AddLog(long grid, int item, DateOnly day, decimal quantity, DateTimeOffset recordedAt)
    {
        Of(grid).AddDone(item, day, quantity, recordedAt);
        if (!firstLogs.TryGetValue((grid, day), out var first) || recordedAt < first)
        {
            firstLogs[(grid, day)] = recordedAt;
        }
    }

    public Dictionary<long, QuantitySeries> Build() => builders.ToDictionary(pair => pair.Key, pair => pair.Value.Build());
}
