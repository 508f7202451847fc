using GridMap.Core.Progress;

namespace GridMap.Api.Campaigns;

/// <summary>A campaign as the figures of one day know it. Immutable and thread safe.</summary>
/// <param name="book">The quantities.</param>
/// <param name="on">The day.</param>
/// <param name="asKnownNow">True counts what was recorded after the day was frozen too.</param>
internal sealed class ProgressDay(CampaignBook book, DateOnly on, bool asKnownNow)
{
    public DateOnly On => on;

    public CampaignBook Book => book;

    /// <summary>What was recorded later does not count; null: all counts.</summary>
    public DateTimeOffset? KnownAt { get; } = asKnownNow ? null : book.Frozen.MomentOf(on);

    private int Index => book.Days.IndexOf(on);

    /// <summary>The sum over a grid and everything inside it.</summary>
    public QuantitySeries Of(CampaignGrid grid) => book.Of(grid).KnownAt(KnownAt);

    /// <summary>Percent and SPI alone: what a day of the slider needs.</summary>
    public (decimal? Percent, decimal? Spi) Shares(QuantitySeries live) => ProgressFormula.Shares(live.KnownAt(KnownAt), book.Items, Index);

    /// <summary>The share of the whole plan that was planned by the day.</summary>
    public decimal? PlannedShare(QuantitySeries live) => ProgressFormula.PlannedShare(live.KnownAt(KnownAt), book.Items, Index);

    /// <summary>The row of a series, without what is counted otherwise: head counts, zones, issues.</summary>
    public ProgressRow Row(QuantitySeries live)
    {
        var series = live.KnownAt(KnownAt);
        var figures = ProgressFormula.Evaluate(series, book.Items, book.Days, on, book.Calendar, book.Limits);
        var quantities = Enumerable.Range(0, book.Items.Count).Select(item => new ItemQuantity(
            book.Items[item].Code, series.Planned(item), series.PlannedBy(item, Index), series.DoneBy(item, Index)));
        return new ProgressRow(
            null, null, null, null, [.. quantities], figures.Percent, figures.Spi, figures.Light,
            figures.Behind is { } behind ? book.Items[behind].Code : null, figures.DaysAhead, figures.ForecastEnd,
            figures.Percent - PercentBefore(live), 0, false, 0, 0, 0, 0, 0);
    }

    /// <summary>
    /// The percentage of the day before as its own figures know it, or as this day's do where these were frozen earlier:
    /// so that a frozen row never changes.
    /// </summary>
    private decimal? PercentBefore(QuantitySeries live)
    {
        var own = asKnownNow ? null : book.Frozen.MomentOf(on.AddDays(-1));
        var known = own is null || KnownAt < own ? KnownAt : own;
        return ProgressFormula.Shares(live.KnownAt(known), book.Items, Index - 1).Percent;
    }
}
