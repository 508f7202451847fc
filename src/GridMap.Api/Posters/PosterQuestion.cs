using System.Globalization;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Core.Posters.Battle;

namespace GridMap.Api.Posters;

/// <summary>What poster is asked for, as it stands in the query.</summary>
/// <param name="Paper">a0 to a4; a3 without, a4 for PNG.</param>
/// <param name="Orientation">landscape or portrait; without, as what is shown fits better.</param>
/// <param name="Grid">Code of the grid that it is of; without, the whole.</param>
/// <param name="Level">Of the grids that are coloured and ranked; the zones' without.</param>
/// <param name="On">The day; today without.</param>
/// <param name="Layer">light (the default) or percent.</param>
/// <param name="Lang">zh (the default) or en.</param>
internal sealed record PosterQuery(string? Paper, string? Orientation, string? Grid, int? Level, DateOnly? On, string? Layer, string? Lang);

/// <summary>The same, checked. Immutable.</summary>
internal sealed record PosterQuestion(PosterPaper Paper, bool? IsLandscape, string? Grid, int? Level, DateOnly? On, PosterLayer Layer, bool IsChinese)
{
    private const int LeastWidth = 120;
    private const int MostWidth = 8000;
    private const int UsualWidth = 1600;

    /// <summary>Checks it.</summary>
    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public static PosterQuestion Read(PosterQuery query, PosterPaper usual) => new(
        query.Paper?.ToUpperInvariant() switch
        {
            null => usual,
            "A0" => PosterPaper.A0,
            "A1" => PosterPaper.A1,
            "A2" => PosterPaper.A2,
            "A3" => PosterPaper.A3,
            "A4" => PosterPaper.A4,
            _ => throw new ProblemException(Problem.Bad("paper", "bad_paper", "paper is a0, a1, a2, a3 or a4.")),
        },
        query.Orientation?.ToLowerInvariant() switch
        {
            null => null,
            "landscape" => true,
            "portrait" => false,
            _ => throw new ProblemException(Problem.Bad("orientation", "bad_orientation", "orientation is landscape or portrait, or left out for what fits better.")),
        },
        query.Grid, query.Level, query.On,
        query.Layer?.ToLowerInvariant() switch
        {
            null or "light" => PosterLayer.Light,
            "percent" => PosterLayer.Percent,
            _ => throw new ProblemException(Problem.Bad("layer", "bad_layer", "layer is light (the default) or percent.")),
        },
        SheetLanguages.IsChinese(query.Lang));

    /// <summary>How many pixels wide a PNG becomes.</summary>
    /// <exception cref="ProblemException">400.</exception>
    public static int Pixels(int? width) => width switch
    {
        null => UsualWidth,
        >= LeastWidth and <= MostWidth and var one => one,
        _ => throw new ProblemException(Problem.Bad(
            "width", "bad_width", string.Create(CultureInfo.InvariantCulture, $"width is {LeastWidth} to {MostWidth} pixels; for more, print the PDF, which has no pixels."))),
    };
}
