namespace GridMap.Core.Progress;

/// <summary>
/// Planned and done quantities of one zone, or of many summed, by work item and day, cumulative. Quantities have three decimals
/// and so have their sums: a parent's series is exactly the sum of its zones'. Immutable and thread safe; made by
/// <see cref="QuantitySeriesBuilder"/> or <see cref="Sum"/>.
/// </summary>
public sealed class QuantitySeries
{
    private readonly decimal[] planned;
    private readonly decimal[] done;
    private readonly LateEntry[] late;

    internal QuantitySeries(int items, int days, decimal[] planned, decimal[] done, LateEntry[] late)
    {
        Items = items;
        Days = days;
        this.planned = planned;
        this.done = done;
        this.late = late;
    }

    /// <summary>The number of work items.</summary>
    public int Items { get; }

    /// <summary>The number of days.</summary>
    public int Days { get; }

    /// <summary>All zero.</summary>
    public static QuantitySeries Empty(int items, int days) => new(items, days, new decimal[items * days], new decimal[items * days], []);

    /// <summary>The sum of series of the same campaign; empty for none.</summary>
    public static QuantitySeries Sum(int items, int days, IReadOnlyCollection<QuantitySeries> parts)
    {
        if (parts.Count == 1)
        {
            return parts.First();
        }

        var sum = Empty(items, days);
        foreach (var part in parts)
        {
            for (var i = 0; i < sum.planned.Length; i++)
            {
                sum.planned[i] += part.planned[i];
                sum.done[i] += part.done[i];
            }
        }

        return new QuantitySeries(items, days, sum.planned, sum.done, [.. parts.SelectMany(part => part.late)]);
    }

    /// <summary>Planned in the whole campaign.</summary>
    public decimal Planned(int item) => planned[item * Days + Days - 1];

    /// <summary>Planned by the end of a day: whole past weeks and the share of this week's workdays that have passed, today included.</summary>
    public decimal PlannedBy(int item, int day) => day < 0 ? 0 : planned[item * Days + Math.Min(day, Days - 1)];

    /// <summary>Done by the end of a day.</summary>
    public decimal DoneBy(int item, int day) => day < 0 ? 0 : done[item * Days + Math.Min(day, Days - 1)];

    /// <summary>
    /// The series without what was recorded after the moment at which a day was frozen; this one for null.
    /// Good for days up to the frozen one: of later days only plans are taken back.
    /// </summary>
    public QuantitySeries KnownAt(DateTimeOffset? moment)
    {
        if (moment is not { } at || !Array.Exists(late, entry => entry.RecordedAt > at))
        {
            return this;
        }

        var known = new QuantitySeries(Items, Days, [.. planned], [.. done], [.. late.Where(entry => entry.RecordedAt <= at)]);
        foreach (var entry in late.Where(entry => entry.RecordedAt > at))
        {
            entry.TakeBack(entry.IsPlan ? known.planned : known.done, Days);
        }

        return known;
    }
}

/// <summary>What was recorded after some day that it tells of had been frozen.</summary>
/// <param name="RecordedAt">When.</param>
/// <param name="IsPlan">Else it is about what was done.</param>
/// <param name="Item">Position of the work item.</param>
/// <param name="First">Position of the first day that it changed.</param>
/// <param name="Increments">What it added on that day and the next ones.</param>
internal readonly record struct LateEntry(DateTimeOffset RecordedAt, bool IsPlan, int Item, int First, decimal[] Increments)
{
    public void TakeBack(decimal[] cumulative, int days)
    {
        decimal sum = 0;
        for (var day = First; day < days; day++)
        {
            sum += day - First < Increments.Length ? Increments[day - First] : 0;
            cumulative[Item * days + day] -= sum;
        }
    }
}
