using GridMap.Core.Calendars;
using GridMap.Core.Progress;

namespace GridMap.Core.Tests.Progress;

public class FrozenDaysTests
{
    private const int Items = 2;
    private static readonly DateOnly Monday = new(2026, 9, 7);
    private static readonly CampaignDays Days = new(Monday, Monday.AddDays(20));

    [Fact]
    public void A_late_entry_is_in_later_days_and_not_in_the_frozen_one()
    {
        var frozen = new FrozenDays([new(Monday.AddDays(2), At(2, 20))]);
        var builder = new QuantitySeriesBuilder(1, Days, WorkCalendar.Plain, frozen);
        builder.AddDone(0, Monday.AddDays(1), 5, At(1, 18));
        builder.AddDone(0, Monday.AddDays(1), 2, At(3, 9));
        var series = builder.Build();

        Assert.Equal(5, series.KnownAt(frozen.MomentOf(Monday.AddDays(2))).DoneBy(0, 2));
        Assert.Equal(7, series.DoneBy(0, 2));
        Assert.Equal(7, series.KnownAt(frozen.MomentOf(Monday.AddDays(3))).DoneBy(0, 3));
    }

    [Fact]
    public void A_frozen_day_keeps_the_plan_of_its_time()
    {
        var frozen = new FrozenDays([new(Monday.AddDays(4), At(4, 20))]);
        var builder = new QuantitySeriesBuilder(1, Days, WorkCalendar.Plain, frozen);
        builder.AddPlan(0, Monday, 30);
        builder.NotePlanChange(0, Monday, before: 0, after: 10, At(0, 8));
        builder.NotePlanChange(0, Monday, before: 10, after: 30, At(5, 8));
        var series = builder.Build();

        Assert.Equal((30, 30), (series.PlannedBy(0, 4), series.Planned(0)));
        var known = series.KnownAt(frozen.MomentOf(Monday.AddDays(4)));
        Assert.Equal((10, 10), (known.PlannedBy(0, 4), known.Planned(0)));
        Assert.Equal(4, known.PlannedBy(0, 1));
    }

    /// <summary>Every day of random campaigns against a filter over the raw entries, for sums of zones too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_frozen_day_is_what_the_entries_recorded_by_then_make_it(int seed)
    {
        var random = new Random(seed);
        var frozen = new FrozenDays(Enumerable.Range(0, Days.Count).Where(_ => random.Next(3) == 0)
            .Select(day => KeyValuePair.Create(Days.At(day), At(day + random.Next(0, 3), 20))));
        var entries = Enumerable.Range(0, 400).Select(_ =>
        {
            var day = random.Next(Days.Count);
            return (Zone: random.Next(3), Item: random.Next(Items), Day: day, Quantity: random.Next(1, 9000) / 1000m, At: At(day + random.Next(0, 4), random.Next(24)));
        }).ToList();
        var series = QuantitySeries.Sum(Items, Days.Count, [.. Enumerable.Range(0, 3).Select(zone =>
        {
            var builder = new QuantitySeriesBuilder(Items, Days, WorkCalendar.Plain, frozen);
            foreach (var entry in entries.Where(entry => entry.Zone == zone))
            {
                builder.AddDone(entry.Item, Days.At(entry.Day), entry.Quantity, entry.At);
            }

            return builder.Build();
        })]);
        for (var on = 0; on < Days.Count; on++)
        {
            var moment = frozen.MomentOf(Days.At(on));
            var known = series.KnownAt(moment);
            for (var by = 0; by <= on; by++)
            {
                Assert.Equal(
                    entries.Where(entry => entry.Item == 1 && entry.Day <= by && (moment is null || entry.At <= moment)).Sum(entry => entry.Quantity),
                    known.DoneBy(1, by));
            }
        }
    }

    private static DateTimeOffset At(int day, int hour) => new(Monday.AddDays(day).ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);
}
