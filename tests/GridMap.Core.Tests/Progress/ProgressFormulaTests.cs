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
        var series = new QuantitySeries(1, FourWeeks.Count);
        series.AddPlan(0, FourWeeks, Monday, 10, WorkCalendar.Plain);
        series.AddPlan(0, FourWeeks, Monday.AddDays(7), 20, WorkCalendar.Plain);

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
        var series = new QuantitySeries(1, week.Count);
        series.AddPlan(0, week, Monday, 10.001m, calendar);
        Assert.Equal(0, series.PlannedBy(0, 1));
        Assert.Equal(10.001m, series.PlannedBy(0, 4));
        Assert.Equal(10.001m, series.Planned(0));
    }

    [Fact]
    public void A_week_cut_by_the_campaigns_edge_spreads_over_the_days_inside()
    {
        var days = new CampaignDays(Monday.AddDays(3), Monday.AddDays(10));
        var series = new QuantitySeries(1, days.Count);
        series.AddPlan(0, days, Monday, 8, WorkCalendar.Plain);
        Assert.Equal(4, series.PlannedBy(0, 0)); // Thursday, the first of two workdays left
        Assert.Equal(8, series.PlannedBy(0, 1));
    }

    [Fact]
    public void Percent_and_spi_weigh_the_items_and_cap_each_at_one()
    {
        var series = Linear(planned: [100, 40], days: FourWeeks);
        series.AddDone(0, 0, 200); // far over: counts as 1
        series.AddDone(1, 0, 5);
        var figures = Evaluate(series, FourWeeks.At(13)); // half of the plan

        Assert.Equal((3 * 1 + 1 * (5m / 40)) / 4, figures.Percent);
        Assert.Equal((3 * 1 + 1 * (5m / 20)) / 4, figures.Spi);
        Assert.Equal(Light.Yellow, figures.Light);
        Assert.Equal(1, figures.Behind);
    }

    [Fact]
    public void Nothing_planned_yet_is_grey_without_figures()
    {
        var series = new QuantitySeries(2, FourWeeks.Count);
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
        var onTime = Linear([20], FourWeeks);
        onTime.AddDone(0, 0, 10);
        Assert.Equal(0, Evaluate(onTime, FourWeeks.At(11), one: true).DaysAhead);

        var behind = Linear([20], FourWeeks);
        behind.AddDone(0, 0, 7);
        Assert.Equal(-3, Evaluate(behind, FourWeeks.At(11), one: true).DaysAhead);

        var ahead = Linear([20], FourWeeks);
        ahead.AddDone(0, 0, 12);
        Assert.Equal(2, Evaluate(ahead, FourWeeks.At(11), one: true).DaysAhead);

        Assert.Equal(-10, Evaluate(Linear([20], FourWeeks), FourWeeks.At(11), one: true).DaysAhead);
    }

    [Fact]
    public void The_forecast_goes_on_at_the_pace_of_the_last_seven_workdays()
    {
        var series = Linear([20], FourWeeks);
        for (var day = 0; day < 12; day++)
        {
            if (FourWeeks.At(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                series.AddDone(0, day, 0.5m);
            }
        }

        // 5 done of 20, half a unit a workday: 30 workdays more.
        var on = FourWeeks.At(11);
        Assert.Equal(WorkCalendar.Plain.AddWorkdays(on, 30), Evaluate(series, on, one: true).ForecastEnd);
    }

    [Fact]
    public void A_parent_is_the_formula_over_the_sums_and_not_a_mean_of_its_children()
    {
        var random = new Random(7);
        var children = Enumerable.Range(0, 9).Select(_ => Random(random)).ToArray();
        var parent = new QuantitySeries(TwoItems.Length, FourWeeks.Count);
        foreach (var child in children)
        {
            parent.Add(child);
        }

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

        return weights == 0 ? null : sum / weights;
    }

    private static QuantitySeries Random(Random random)
    {
        var series = new QuantitySeries(TwoItems.Length, FourWeeks.Count);
        for (var item = 0; item < TwoItems.Length; item++)
        {
            for (var week = 0; week < 4; week++)
            {
                series.AddPlan(item, FourWeeks, Monday.AddDays(7 * week), random.Next(0, 30_000) / 1000m, WorkCalendar.Plain);
            }

            for (var day = 0; day < FourWeeks.Count; day++)
            {
                series.AddDone(item, day, random.Next(0, 4_000) / 1000m);
            }
        }

        return series;
    }

    private static QuantitySeries Linear(decimal[] planned, CampaignDays days)
    {
        var series = new QuantitySeries(planned.Length, days.Count);
        for (var item = 0; item < planned.Length; item++)
        {
            for (var week = 0; week < 4; week++)
            {
                series.AddPlan(item, days, days.From.AddDays(7 * week), planned[item] / 4, WorkCalendar.Plain);
            }
        }

        return series;
    }

    private static ProgressFigures Evaluate(QuantitySeries series, DateOnly on, bool one = false) =>
        ProgressFormula.Evaluate(series, one ? [new WorkItem("a", 1)] : TwoItems, FourWeeks, on, WorkCalendar.Plain, LightLimits.Default);
}
