using GridMap.Core.Calendars;

namespace GridMap.Core.Progress;

/// <summary>Gathers what was planned and logged for one zone and makes its series. For one thread.</summary>
/// <param name="items">How many work items.</param>
/// <param name="days">The campaign's days.</param>
/// <param name="calendar">Workdays.</param>
/// <param name="frozen">Days whose figures stand.</param>
public sealed class QuantitySeriesBuilder(int items, CampaignDays days, WorkCalendar calendar, FrozenDays frozen)
{
    /// <summary>Quantities have three decimals, so a plan's share by a day has too, each rounded by itself: sums of shares are exact.</summary>
    private const int Decimals = 3;

    private readonly decimal[] planned = new decimal[items * days.Count];
    private readonly decimal[] done = new decimal[items * days.Count];
    private readonly List<LateEntry> late = [];

    /// <summary>
    /// Adds a week's plan: spread evenly over the workdays of the week that lie in the campaign, over all its days if none is a
    /// workday. The share by a day is rounded to three decimals (half away from zero); by the week's last workday it is the whole.
    /// </summary>
    /// <param name="item">Position of the work item.</param>
    /// <param name="week">Its Monday.</param>
    /// <param name="quantity">0 or more.</param>
    public void AddPlan(int item, DateOnly week, decimal quantity)
    {
        var first = FirstDay(week);
        var increments = Spread(week, quantity);
        for (var i = 0; i < increments.Length; i++)
        {
            planned[item * days.Count + first + i] += increments[i];
        }
    }

    /// <summary>Notes that a week's plan was another before: days frozen earlier keep it. The present plan is added by <see cref="AddPlan"/>.</summary>
    /// <param name="item">Position of the work item.</param>
    /// <param name="week">Its Monday.</param>
    /// <param name="before">The quantity until then; 0 when there was none.</param>
    /// <param name="after">The quantity from then on.</param>
    /// <param name="recordedAt">When it was changed.</param>
    public void NotePlanChange(int item, DateOnly week, decimal before, decimal after, DateTimeOffset recordedAt)
    {
        if (frozen.IsLateForPlans(recordedAt))
        {
            late.Add(new LateEntry(recordedAt, IsPlan: true, item, FirstDay(week), [.. Spread(week, after).Zip(Spread(week, before), (a, b) => a - b)]));
        }
    }

    /// <summary>Adds what was done on a day; days outside the campaign count on its first or last day.</summary>
    /// <param name="item">Position of the work item.</param>
    /// <param name="day">The day that it was done on.</param>
    /// <param name="quantity">May be negative: a correction.</param>
    /// <param name="recordedAt">When it was logged.</param>
    public void AddDone(int item, DateOnly day, decimal quantity, DateTimeOffset recordedAt)
    {
        var at = Math.Clamp(days.IndexOf(day), 0, days.Count - 1);
        done[item * days.Count + at] += quantity;
        if (frozen.IsLate(days.At(at), recordedAt))
        {
            late.Add(new LateEntry(recordedAt, IsPlan: false, item, at, [quantity]));
        }
    }

    /// <summary>The series of all that was added.</summary>
    public QuantitySeries Build() => new(items, days.Count, Cumulate(planned), Cumulate(done), [.. late]);

    private decimal[] Cumulate(decimal[] increments)
    {
        var sums = (decimal[])increments.Clone();
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += i % days.Count == 0 ? 0 : sums[i - 1];
        }

        return sums;
    }

    private int FirstDay(DateOnly week) => Math.Max(days.IndexOf(week), 0);

    private decimal[] Spread(DateOnly week, decimal quantity)
    {
        var first = FirstDay(week);
        var last = Math.Min(days.IndexOf(week.AddDays(6)), days.Count - 1);
        if (first > last)
        {
            return [];
        }

        var workdays = calendar.CountWorkdays(days.At(first), days.At(last));
        var total = workdays == 0 ? last - first + 1 : workdays;
        var increments = new decimal[last - first + 1];
        var passed = 0;
        decimal before = 0;
        for (var i = 0; i < increments.Length; i++)
        {
            passed += workdays == 0 || calendar.IsWorkday(days.At(first + i)) ? 1 : 0;
            var share = Math.Round(quantity * passed / total, Decimals, MidpointRounding.AwayFromZero);
            increments[i] = share - before;
            before = share;
        }

        return increments;
    }
}
