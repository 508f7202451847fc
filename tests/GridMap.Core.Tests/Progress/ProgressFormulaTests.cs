using GridMap.Core.Calendars;
using GridMap.Core.Progress;

namespace GridMap.Core.Tests.Progress;

public class ProgressFormulaTests
{
    private static readonly DateOnly Monday = new(2026, 9, 7);
    private static readonly CampaignDays FourWeeks = new(Monday, Monday.AddDays(27));
    private static readonly WorkItem[] TwoItems = [new("a", 3), new("b", 1)];

    [Fact]
    public void Planned_by_today_is_whole_past_weeks_plus_this_weeks_share_of_workdays_passed()
    {
        var builder = Builder(1);
        builder.AddPlan(0, Monday, 10);
        builder.AddPlan(0, Monday.AddDays(7), 20);
        var series = builder.Build();

        Assert.Equal(2, series.PlannedBy(0, 0)); // Monday: 10 * 1/5, today included
        Assert.Equal(10, series.PlannedBy(0, 4)); // Friday
        Assert.Equal(10, series.PlannedBy(0, 6)); // Sunday
        Assert.Equal(10 + 20 * 3 / 5m, series.PlannedBy(0, 9)); // Wednesday of the second week
        Assert.Equal(30, series.Planned(0));
    }

    [Fact]
    public void Quantities_that_do_not_divide_by_the_workdays_still_add_up_exactly()
    {
        var week = new CampaignDays(Monday, Monday.AddDays(6));
        var calendar = new WorkCalendar([new CalendarException(Monday, IsWorkday: false), new CalendarException(Monday.AddDays(1), IsWorkday: false)]);
        var builder = new QuantitySeriesBuilder(1, week, calendar, FrozenDays.None);
        builder.AddPlan(0, Monday, 10.001m);
        var series = builder.Build();
        Assert.Equal(0, series.PlannedBy(0, 1));
        Assert.Equal(3.334m, series.PlannedBy(0, 2)); // 3.333666…
        Assert.Equal(6.667m, series.PlannedBy(0, 3)); // 6.667333…
        Assert.Equal(10.001m, series.PlannedBy(0, 4));
        Assert.Equal(10.001m, series.Planned(0));
    }

    [Fact]
    public void A_week_cut_by_the_campaigns_edge_spreads_over_the_days_inside()
    {
        var days = new CampaignDays(Monday.AddDays(3), Monday.AddDays(10));
        var builder = new QuantitySeriesBuilder(1, days, WorkCalendar.Plain, FrozenDays.None);
        builder.AddPlan(0, Monday, 8);
        var series = builder.Build();
        Assert.Equal(4, series.PlannedBy(0, 0)); // Thursday, the first of two workdays left
        Assert.Equal(8, series.PlannedBy(0, 1));
    }

    [Fact]
    public void Percent_and_spi_weigh_the_items_and_cap_each_at_one()
    {
        // The first is far over: it counts as 1.
        var series = Linear([100, 40], (0, 0, 200), (1, 0, 5));
        var figures = Evaluate(series, FourWeeks.At(13)); // half of the plan

        Assert.Equal((3 * 1 + 1 * (5m / 40)) / 4, figures.Percent);
        Assert.Equal((3 * 1 + 1 * (5m / 20)) / 4, figures.Spi);
        Assert.Equal(Light.Yellow, figures.Light);
        Assert.Equal(1, figures.Behind);
    }

    [Fact]
    public void Nothing_planned_yet_is_grey_without_figures()
    {
        var series = QuantitySeries.Empty(2, FourWeeks.Count);
        var figures = Evaluate(series, Monday.AddDays(3));
        Assert.Null(figures.Percent);
        Assert.Null(figures.Spi);
        Assert.Equal(Light.Grey, figures.Light);
        Assert.Null(figures.Behind);
        Assert.Null(figures.DaysAhead);
        Assert.Null(figures.ForecastEnd);
    }

    [Theory]
    [InlineData(0.95, Light.Green)]
    [InlineData(0.9499, Light.Yellow)]
    [InlineData(0.80, Light.Yellow)]
    [InlineData(0.7999, Light.Red)]
    [InlineData(0, Light.Red)]
    public void Lights_change_at_their_limits(double spi, Light light) => Assert.Equal(light, LightLimits.Default.Of((decimal)spi));

    [Fact]
    public void Behind_and_ahead_are_told_in_workdays_of_plan()
    {
        // 20 workdays of 1 each. By the end of day 11 (a Friday) 10 are planned.
        Assert.Equal(0, DaysAhead(10));
        Assert.Equal(-3, DaysAhead(7));
        Assert.Equal(2, DaysAhead(12));
        Assert.Equal(-10, DaysAhead(0));

        static int? DaysAhead(decimal done) => Evaluate(Linear([20], (0, 0, done)), FourWeeks.At(11), one: true).DaysAhead;
    }

    [Fact]
    public void Who_has_done_all_that_is_due_is_not_behind_where_the_plan_rests()
    {
        // All in the first week; nothing is planned after it.
        var builder = Builder(1);
        builder.AddPlan(0, Monday, 10);
        builder.AddDone(0, Monday, 10, DateTimeOffset.UnixEpoch);
        Assert.Equal(0, Evaluate(builder.Build(), FourWeeks.At(20), one: true).DaysAhead);
    }

    [Fact]
    public void The_forecast_goes_on_at_the_pace_of_the_last_seven_workdays()
    {
        var workdays = Enumerable.Range(0, 12).Where(day => WorkCalendar.Plain.IsWorkday(FourWeeks.At(day)));
        var series = Linear([20], [.. workdays.Select(day => (0, day, 0.5m))]);

        // 5 done of 20, half a unit a workday: 30 workdays more.
        var on = FourWeeks.At(11);
        Assert.Equal(WorkCalendar.Plain.AddWorkdays(on, 30), Evaluate(series, on, one: true).ForecastEnd);
    }

    [Fact]
    public void Thirds_make_no_day_more()
    {
        // Seven workdays at a thirtieth of the plan each: the other 23 thirtieths take 23 workdays.
        var workdays = Enumerable.Range(0, 9).Where(day => WorkCalendar.Plain.IsWorkday(FourWeeks.At(day)));
        var series = Linear([12], [.. workdays.Select(day => (0, day, 0.4m))]);
        var on = FourWeeks.At(8);
        Assert.Equal(WorkCalendar.Plain.AddWorkdays(on, 23), Evaluate(series, on, one: true).ForecastEnd);
    }

    [Fact]
    public void The_light_is_that_of_the_share_which_is_shown()
    {
        // 94.9999996 % shows as 95.0000 %, and is green.
        var shown = Linear([20_000_000], (0, 11, 9_499_999.6m)); // 10,000,000 planned by then
        Assert.Equal((0.95m, Light.Green), (Evaluate(shown, FourWeeks.At(11), one: true).Spi, Evaluate(shown, FourWeeks.At(11), one: true).Light));
    }

    [Fact]
    public void A_parent_is_the_formula_over_the_sums_and_not_a_mean_of_its_children()
    {
        var random = new Random(7);
        var children = Enumerable.Range(0, 9).Select(_ => Random(random)).ToArray();
        var parent = QuantitySeries.Sum(TwoItems.Length, FourWeeks.Count, children);
        for (var day = 0; day < FourWeeks.Count; day++)
        {
            for (var item = 0; item < TwoItems.Length; item++)
            {
                Assert.Equal(children.Sum(child => child.DoneBy(item, day)), parent.DoneBy(item, day));
                Assert.Equal(children.Sum(child => child.PlannedBy(item, day)), parent.PlannedBy(item, day));
            }

            Assert.Equal(Oracle(children, day), Evaluate(parent, FourWeeks.At(day)).Spi);
        }
    }

    /// <summary>Rules.md 7, spelled out over the children.</summary>
    private static decimal? Oracle(QuantitySeries[] zones, int day)
    {
        decimal weights = 0, sum = 0;
        for (var item = 0; item < TwoItems.Length; item++)
        {
            var planned = zones.Sum(zone => zone.PlannedBy(item, day));
            if (planned > 0)
            {
                weights += TwoItems[item].Weight;
                sum += TwoItems[item].Weight * Math.Min(1, zones.Sum(zone => zone.DoneBy(item, day)) / planned);
            }
        }

        return weights == 0 ? null : Math.Round(sum / weights, 6, MidpointRounding.AwayFromZero);
    }

    private static QuantitySeries Random(Random random)
    {
        var builder = Builder(TwoItems.Length);
        for (var item = 0; item < TwoItems.Length; item++)
        {
            for (var week = 0; week < 4; week++)
            {
                builder.AddPlan(item, Monday.AddDays(7 * week), random.Next(0, 30_000) / 1000m);
            }

            for (var day = 0; day < FourWeeks.Count; day++)
            {
                builder.AddDone(item, FourWeeks.At(day), random.Next(0, 4_000) / 1000m, DateTimeOffset.UnixEpoch);
            }
        }

        return builder.Build();
    }

    private static QuantitySeries Linear(decimal[] planned, params (int Item, int Day, decimal Quantity)[] done)
    {
        var builder = Builder(planned.Length);
        for (var item = 0; item < planned.Length; item++)
        {
            for (var week = 0; week < 4; week++)
            {
                builder.AddPlan(item, FourWeeks.From.AddDays(7 * week), planned[item] / 4);
            }
        }

        foreach (var (item, day, quantity) in done)
        {
            builder.AddDone(item, FourWeeks.At(day), quantity, DateTimeOffset.UnixEpoch);
        }

        return builder.Build();
    }

    private static QuantitySeriesBuilder Builder(int items) => new(items, FourWeeks, WorkCalendar.Plain, FrozenDays.None);

    private static ProgressFigures Evaluate(QuantitySeries series, DateOnly on, bool one = false) =>
        ProgressFormula.Evaluate(series, one ? [new WorkItem("a", 1)] : TwoItems, FourWeeks, on, WorkCalendar.Plain, LightLimits.Default);
}
