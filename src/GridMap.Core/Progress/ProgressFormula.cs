using GridMap.Core.Calendars;

namespace GridMap.Core.Progress;

/// <summary>How far a zone, or a set of zones, has got on a day.</summary>
/// <param name="Percent">Share of the whole campaign's plan, 0 to 1, six decimals; null when nothing is planned.</param>
/// <param name="Spi">The same over what was planned by that day; null when nothing was planned yet.</param>
/// <param name="Light">From the SPI.</param>
/// <param name="Behind">Position of the item that pulls most; null when none is behind.</param>
/// <param name="DaysAhead">Workdays between that day and the day on which what is done was planned; negative is behind; null without SPI.</param>
/// <param name="ForecastEnd">When it will be done at the pace of the last seven workdays; null without pace or plan.</param>
public sealed record ProgressFigures(
    decimal? Percent, decimal? Spi, Light Light, int? Behind, int? DaysAhead, DateOnly? ForecastEnd);

/// <summary>
/// The published formula of progress (docs/progress.md). Shares are rounded to six decimals, half away from zero, and lights, changes
/// and days follow from the rounded shares: what is shown can be recomputed from what is shown. Stateless and thread safe.
/// </summary>
public static class ProgressFormula
{
    private const int Decimals = 6;
    private const int PaceWorkdays = 7;

    /// <summary>The furthest that a forecast is told, in workdays; beyond it there is none.</summary>
    private const int MaxForecastWorkdays = 2000;

    /// <summary>Which of a series' quantities one counts.</summary>
    private delegate decimal Quantity(QuantitySeries series, int item, int day);

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
            ForecastEnd(series, items, campaign, on, calendar));
    }

    /// <summary>Percent and SPI by the end of a day; see <see cref="ProgressFigures"/>.</summary>
    public static (decimal? Percent, decimal? Spi) Shares(QuantitySeries series, IReadOnlyList<WorkItem> items, int day) =>
        (Round(Ratio(series, items, day, Done, Whole)), Round(Ratio(series, items, day, Done, Planned)));

    /// <summary>The share of the whole plan that was planned by the end of a day; null when nothing is planned.</summary>
    public static decimal? PlannedShare(QuantitySeries series, IReadOnlyList<WorkItem> items, int day) =>
        Round(Ratio(series, items, day, Planned, Whole));

    private static decimal Done(QuantitySeries series, int item, int day) => series.DoneBy(item, day);

    private static decimal Planned(QuantitySeries series, int item, int day) => series.PlannedBy(item, day);

    private static decimal Whole(QuantitySeries series, int item, int day) => series.Planned(item);

    private static decimal? Round(decimal? share) => share is { } value ? Math.Round(value, Decimals, MidpointRounding.AwayFromZero) : null;

    /// <summary>Sum of weight × min(1, part / whole) over the items whose whole is more than 0, by the sum of their weights.</summary>
    private static decimal? Ratio(QuantitySeries series, IReadOnlyList<WorkItem> items, int day, Quantity part, Quantity whole)
    {
        decimal weights = 0, sum = 0;
        for (var item = 0; item < series.Items; item++)
        {
            var all = whole(series, item, day);
            if (all > 0)
            {
                weights += items[item].Weight;
                sum += items[item].Weight * Share(part(series, item, day), all);
            }
        }

        return weights == 0 ? null : sum / weights;
    }

    // Dividing decimals is what takes the time here; most zones have done nothing of an item, or all of it.
    private static decimal Share(decimal part, decimal whole) => part <= 0 ? 0 : part >= whole ? 1 : part / whole;

    private static int? Behind(QuantitySeries series, IReadOnlyList<WorkItem> items, int today)
    {
        int? worst = null;
        decimal most = 0;
        for (var item = 0; item < series.Items; item++)
        {
            var planned = series.PlannedBy(item, today);
            var pull = planned <= 0 ? 0 : items[item].Weight * (1 - Share(series.DoneBy(item, today), planned));
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
        var day = campaign.At(FirstPlanned(series, items, percent));
        if (day >= on)
        {
            return calendar.CountWorkdays(on.AddDays(1), day);
        }

        // Where the plan rests, what is done may have been planned for days ago and still be all that is due.
        return PlannedShare(series, items, campaign.IndexOf(on)) <= percent ? 0 : -calendar.CountWorkdays(day.AddDays(1), on);
    }

    /// <summary>
    /// The first day by whose end the plan had reached a share; -1, the day before the first, for nothing. Plans only grow, so that
    /// halving finds it.
    /// </summary>
    private static int FirstPlanned(QuantitySeries series, IReadOnlyList<WorkItem> items, decimal share)
    {
        var (first, last) = (-1, series.Days - 1);
        while (first < last)
        {
            var middle = first + (last - first) / 2;
            if (PlannedShare(series, items, middle) < share)
            {
                first = middle + 1;
            }
            else
            {
                last = middle;
            }
        }

        return first;
    }

    private static DateOnly? ForecastEnd(
        QuantitySeries series, IReadOnlyList<WorkItem> items, CampaignDays campaign, DateOnly on, WorkCalendar calendar)
    {
        if (Ratio(series, items, campaign.IndexOf(on), Done, Whole) is not { } percent)
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

        var before = Ratio(series, items, campaign.IndexOf(start), Done, Whole) ?? 0;
        var worked = Math.Max(1, calendar.CountWorkdays(start.AddDays(1), on));
        var pace = (percent - before) / worked;
        if (pace <= 0 || (1 - percent) / pace > MaxForecastWorkdays)
        {
            return null;
        }

        // Rounded before it is rounded up: thirds must not make a day more.
        return calendar.AddWorkdays(on, (int)Math.Ceiling(Math.Round((1 - percent) / pace, Decimals)));
    }
}
