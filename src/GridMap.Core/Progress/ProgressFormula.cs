using GridMap.Core.Calendars;

namespace GridMap.Core.Progress;

/// <summary>How far a zone, or a set of zones, has got on a day.</summary>
/// <param name="Percent">Share of the whole campaign's plan, 0 to 1; null when nothing is planned.</param>
/// <param name="Spi">The same over what was planned by that day; null when nothing was planned yet.</param>
/// <param name="Light">From the SPI.</param>
/// <param name="Behind">Position of the item that pulls most; null when none is behind.</param>
/// <param name="DaysAhead">Workdays between that day and the day on which what is done was planned; negative is behind; null without SPI.</param>
/// <param name="ForecastEnd">When it will be done at the pace of the last seven workdays; null without pace or plan.</param>
public sealed record ProgressFigures(
    decimal? Percent, decimal? Spi, Light Light, int? Behind, int? DaysAhead, DateOnly? ForecastEnd);

/// <summary>The published formula of progress. Stateless and thread safe.</summary>
public static class ProgressFormula
{
    private const int PaceWorkdays = 7;

    /// <summary>The furthest that a forecast is told, in workdays; beyond it there is none.</summary>
    private const int MaxForecastWorkdays = 2000;

    /// <summary>Figures of one series on one day.</summary>
    /// <param name="series">Of a zone, or a sum of zones: the sums first, then the formula.</param>
    /// <param name="items">Weights, in the series' order.</param>
    /// <param name="campaign">The days of the series.</param>
    /// <param name="on">The day; after the campaign's end its last day counts.</param>
    /// <param name="calendar">Workdays.</param>
    /// <param name="limits">Of the lights.</param>
    public static ProgressFigures Evaluate(
        QuantitySeries series, IReadOnlyList<WorkItem> items, CampaignDays campaign, DateOnly on, WorkCalendar calendar, LightLimits limits)
    {
        var today = campaign.IndexOf(on);
        var (percent, spi) = Shares(series, items, today);
        return new ProgressFigures(
            percent, spi, limits.Of(spi), Behind(series, items, today),
            spi is null ? null : DaysAhead(series, items, campaign, on, percent ?? 0, calendar),
            ForecastEnd(series, items, campaign, on, percent, calendar));
    }

    /// <summary>Percent and SPI by the end of a day; see <see cref="ProgressFigures"/>.</summary>
    public static (decimal? Percent, decimal? Spi) Shares(QuantitySeries series, IReadOnlyList<WorkItem> items, int day) =>
        (Ratio(series, items, item => series.DoneBy(item, day), series.Planned),
         Ratio(series, items, item => series.DoneBy(item, day), item => series.PlannedBy(item, day)));

    /// <summary>The share of the whole plan that was planned by the end of a day; null when nothing is planned.</summary>
    public static decimal? PlannedShare(QuantitySeries series, IReadOnlyList<WorkItem> items, int day) =>
        Ratio(series, items, item => series.PlannedBy(item, day), series.Planned);

    /// <summary>Sum of weight × min(1, part / whole) over the items whose whole is more than 0, by the sum of their weights.</summary>
    private static decimal? Ratio(QuantitySeries series, IReadOnlyList<WorkItem> items, Func<int, decimal> part, Func<int, decimal> whole)
    {
        decimal weights = 0, sum = 0;
        for (var item = 0; item < series.Items; item++)
        {
            var all = whole(item);
            if (all <= 0)
            {
                continue;
            }

            weights += items[item].Weight;
            sum += items[item].Weight * Math.Clamp(part(item) / all, 0, 1);
        }

        return weights == 0 ? null : sum / weights;
    }

    private static int? Behind(QuantitySeries series, IReadOnlyList<WorkItem> items, int today)
    {
        int? worst = null;
        decimal most = 0;
        for (var item = 0; item < series.Items; item++)
        {
            var planned = series.PlannedBy(item, today);
            var pull = planned <= 0 ? 0 : items[item].Weight * (1 - Math.Clamp(series.DoneBy(item, today) / planned, 0, 1));
            if (pull > most)
            {
                most = pull;
                worst = item;
            }
        }

        return worst;
    }

    private static int DaysAhead(
        QuantitySeries series, IReadOnlyList<WorkItem> items, CampaignDays campaign, DateOnly on, decimal percent, WorkCalendar calendar)
    {
        // The first day by whose end the plan had reached what is done; the day before the first when nothing is done.
        var planned = -1;
        while (planned < series.Days - 1 && PlannedShare(series, items, planned) < percent)
        {
            planned++;
        }

        var day = campaign.At(planned);
        return day >= on ? calendar.CountWorkdays(on.AddDays(1), day) : -calendar.CountWorkdays(day.AddDays(1), on);
    }

    private static DateOnly? ForecastEnd(
        QuantitySeries series, IReadOnlyList<WorkItem> items, CampaignDays campaign, DateOnly on, decimal? percent, WorkCalendar calendar)
    {
        if (percent is null)
        {
            return null;
        }

        if (percent >= 1)
        {
            return on;
        }

        var start = on;
        for (var workdays = 0; workdays < PaceWorkdays && start >= campaign.From; start = start.AddDays(-1))
        {
            workdays += calendar.IsWorkday(start) ? 1 : 0;
        }

        var before = Ratio(series, items, item => series.DoneBy(item, campaign.IndexOf(start)), series.Planned) ?? 0;
        var worked = Math.Max(1, calendar.CountWorkdays(start.AddDays(1), on));
        var pace = (percent.Value - before) / worked;
        if (pace <= 0 || (1 - percent.Value) / pace > MaxForecastWorkdays)
        {
            return null;
        }

        return calendar.AddWorkdays(on, (int)Math.Ceiling((1 - percent.Value) / pace));
    }
}
