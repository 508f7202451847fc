using GridMap.Core.Progress;
using GridMap.Township.Chance;

namespace GridMap.Township.Campaign;

/// <summary>Done over planned as it goes from the campaign's first day to the last one logged, with ups and downs.</summary>
internal sealed class Pace
{
    private readonly double start;
    private readonly double end;
    private readonly int last;
    private readonly Noise noise;

    private Pace(double start, double end, int last, Noise noise) => (this.start, this.end, this.last, this.noise) = (start, end, last, noise);

    public static Pace Draw(Light wanted, int last, Seeded chance)
    {
        var (low, high) = wanted switch
        {
            Light.Green => (1.04, 1.50),
            Light.Yellow => (0.74, 1.02),
            _ => (0.42, 0.88),
        };
        return new Pace(chance.Range(0.7, 1.1), chance.Range(low, high), last, new Noise(chance.NextBits()));
    }

    public decimal At(int day)
    {
        var t = (double)day / last;
        var sway = 0.12 * noise.At(day, 0, 13) * (1 - t);
        return (decimal)Math.Max(0.05, start + (end - start) * t + sway);
    }
}
