using GridMap.Core.Progress;

namespace GridMap.Core.Posters.Battle;

/// <summary>
/// The colours of a poster: those of the map on the screen, all within what four inks can print. Lights are told apart in grey by their pattern, the steps
/// of percent by getting darker.
/// </summary>
internal static class PosterColours
{
    public const string NoPlan = "#b8bdc4";
    public const string Nothing = "#ffffff";
    public const string HatchInk = "#eeb3ad";
    public const string DotInk = "#6b4200";
    public const string GreyInk = "#8a9099";
    public const string Border = "#3a4048";
    public const string OuterBorder = "#1f2328";
    public const string Around = "#f1efe8";
    public const string AroundBorder = "#b5b0a2";
    public const string Stripe = "#f4f5f6";

    /// <summary>One hue, getting darker by even steps; the limits between them are <see cref="Limits"/>.</summary>
    private static readonly string[] Steps = ["#e2f3f1", "#bededc", "#9ac9c7", "#78b5b2", "#589f9c", "#398a87", "#1a7472"];

    /// <summary>Where one step of percent ends and the next begins; the same on every day, so that a colour always means the same.</summary>
    public static IReadOnlyList<decimal> Limits { get; } = [0.15m, 0.3m, 0.45m, 0.6m, 0.75m, 0.9m];

    public static int StepCount => Steps.Length;

    public static string Of(Light light) => light switch
    {
        Light.Green => "#1a9850",
        Light.Yellow => "#f2b632",
        Light.Red => "#d0342c",
        _ => NoPlan,
    };

    public static string OfStep(int step) => Steps[step];

    /// <summary>The step of a percentage, from 0.</summary>
    public static int StepOf(decimal percent) => Limits.Count(limit => percent >= limit);
}
