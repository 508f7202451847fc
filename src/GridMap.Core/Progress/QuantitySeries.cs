using GridMap.Core.Calendars;

namespace GridMap.Core.Progress;

/// <summary>
/// Planned and done quantities of one zone, or of many summed, by work item and day, cumulative. Quantities are decimals and sums of
/// decimals: a parent's series is exactly the sum of its zones'. Filled by one thread, then read by any.
/// </summary>
public sealed class QuantitySeries
{
    private readonly decimal[] planned;
    private readonly decimal[] done;

    /// <summary>All zero.</summary>
    /// <param name="items">How many work items.</param>
    /// <param name="days">How many days of campaign.</param>
    public QuantitySeries(int items, int days)
    {
        Items = items;
        Days = days;
        planned = new decimal[items * days];
        done = new decimal[items * days];
    }

    /// <summary>The number of work items.</summary>
    public int Items { get; }

    /// <summary>The number of days.</summary>
    public int Days { get; }

    /// <summary>Whether anything at all is planned.</summary>
    public bool HasPlan => Enumerable.Range(0, Items).Any(item => Planned(item) != 0);

    /// <summary>Planned in the whole campaign.</summary>
    public decimal Planned(int item) => planned[item * Days + Days - 1];

    /// <summary>Planned by the end of a day: whole past weeks and the share of this week's workdays that have passed, today included.</summary>
    public decimal PlannedBy(int item, int day) => day < 0 ? 0 : planned[item * Days + Math.Min(day, Days - 1)];

    /// <summary>Done by the end of a day, as that day's figures know it.</summary>
    public decimal DoneBy(int item, int day) => day < 0 ? 0 : done[item * Days + Math.Min(day, Days - 1)];

    /// <summary>
    /// Adds a week's plan: spread evenly over the workdays of the week that lie in the campaign, all of them if none is a workday.
    /// The week's last day gets what rounding left, so that whole weeks add up exactly.
    /// </summary>
    public void AddPlan(int item, CampaignDays campaign, DateOnly week, decimal quantity, WorkCalendar calendar)
    {
        var first = Math.Max(campaign.IndexOf(week), 0);
        var last = Math.Min(campaign.IndexOf(week.AddDays(6)), Days - 1);
        if (first > last)
        {
            return;
        }

        var workdays = calendar.CountWorkdays(campaign.At(first), campaign.At(last));
        var total = workdays == 0 ? last - first + 1 : workdays;
        var passed = 0;
        for (var day = first; day < Days; day++)
        {
            if (day <= last && (workdays == 0 || calendar.IsWorkday(campaign.At(day))))
            {
                passed++;
            }

            planned[item * Days + day] += passed == total ? quantity : quantity * passed / total;
        }
    }

    /// <summary>Adds what was done on a day; days outside the campaign count on its first or last day.</summary>
    /// <param name="item">Position of the work item.</param>
    /// <param name="day">Position of the day.</param>
    /// <param name="quantity">May be negative: a correction.</param>
    /// <param name="isKnownOn">
    /// Whether the figures of a later day count it: not those of a day that was frozen before it was recorded. Null counts it always.
    /// </param>
    public void AddDone(int item, int day, decimal quantity, Func<int, bool>? isKnownOn = null)
    {
        for (var at = Math.Clamp(day, 0, Days - 1); at < Days; at++)
        {
            if (isKnownOn is null || isKnownOn(at))
            {
                done[item * Days + at] += quantity;
            }
        }
    }

    /// <summary>Adds another series of the same campaign.</summary>
    public void Add(QuantitySeries other)
    {
        for (var i = 0; i < planned.Length; i++)
        {
            planned[i] += other.planned[i];
            done[i] += other.done[i];
        }
    }
}
