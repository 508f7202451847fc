using System.Globalization;

namespace GridMap.Core.Posters.Battle;

/// <summary>Figures as they stand on a poster. Shares are rounded down: 99.6 % is not yet all. Stateless.</summary>
internal static class PosterTexts
{
    private const string None = "–";

    /// <summary>Whole percent.</summary>
    public static string Whole(decimal? share) => share is { } one ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(one * 100):0}%") : None;

    /// <summary>Percent to a tenth.</summary>
    public static string Tenths(decimal? share) => share is { } one ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(one * 1000) / 10:0.0}%") : None;

    /// <summary>An index to a hundredth.</summary>
    public static string Index(decimal? spi) => spi is { } one ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(one * 100) / 100:0.00}") : None;

    /// <summary>A quantity with all the digits that it has.</summary>
    public static string Quantity(decimal quantity) => quantity.ToString("#,##0.###", CultureInfo.InvariantCulture);

    /// <summary>A number of things.</summary>
    public static string Count(int count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Text with one figure in it.</summary>
    public static string Filled(string pattern, params object[] values) => string.Format(CultureInfo.InvariantCulture, pattern, values);

    /// <summary>A ratio in round numbers: two digits that count, and a thin gap every three.</summary>
    public static string Ratio(double ratio)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(ratio)) - 1);
        return (Math.Round(ratio / unit) * unit).ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', '\u2009');
    }
}
