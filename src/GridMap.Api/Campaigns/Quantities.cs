namespace GridMap.Api.Campaigns;

/// <summary>What fits a quantity: <c>numeric(14,3)</c>, with a thousandfold left for sums.</summary>
internal static class Quantities
{
    /// <summary>Quantities are below this and above its negative.</summary>
    public const decimal Limit = 100_000_000m;

    public static bool Fit(decimal quantity) => Math.Abs(quantity) < Limit && decimal.Round(quantity, 3) == quantity;
}
