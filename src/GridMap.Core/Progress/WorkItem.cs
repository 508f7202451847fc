namespace GridMap.Core.Progress;

/// <summary>What a campaign counts, such as cleared heaps in 处.</summary>
/// <param name="Code">Unique in the campaign.</param>
/// <param name="Weight">Its share in the percentage; more than 0.</param>
public readonly record struct WorkItem(string Code, decimal Weight);

/// <summary>The days of a campaign, both included.</summary>
public readonly record struct CampaignDays(DateOnly From, DateOnly To)
{
    /// <summary>How many days.</summary>
    public int Count => To.DayNumber - From.DayNumber + 1;

    /// <summary>The position of a day: 0 for the first; below 0 before, <see cref="Count"/> and more after.</summary>
    public int IndexOf(DateOnly day) => day.DayNumber - From.DayNumber;

    /// <summary>The day at a position.</summary>
    public DateOnly At(int index) => From.AddDays(index);
}

/// <summary>The colour that says how a zone stands (红黄绿).</summary>
public enum Light
{
    /// <summary>Nothing is planned yet.</summary>
    Grey,

    /// <summary>On time.</summary>
    Green,

    /// <summary>Slightly behind.</summary>
    Yellow,

    /// <summary>Behind.</summary>
    Red,
}

/// <summary>From which SPI on a light is green or yellow; below is red.</summary>
public readonly record struct LightLimits(decimal Green, decimal Yellow)
{
    /// <summary>0.95 and 0.80.</summary>
    public static LightLimits Default { get; } = new(0.95m, 0.80m);

    /// <summary>The light of an SPI; grey when there is none.</summary>
    public Light Of(decimal? spi) =>
        spi is null ? Light.Grey : spi >= Green ? Light.Green : spi >= Yellow ? Light.Yellow : Light.Red;
}
