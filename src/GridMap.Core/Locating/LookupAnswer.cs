namespace GridMap.Core.Locating;

/// <summary>A grid that may be the one meant, because it touches the point or its circle of accuracy. An immutable value.</summary>
/// <param name="Grid">Position in <see cref="ILocator.Grids"/>.</param>
/// <param name="Distance">Metres from the point; 0 when the grid covers it.</param>
/// <param name="Share">
/// With accuracy, the share of the circle's area in this grid, in millionths; null without. Of two candidates of which one
/// contains the other, the inner one has what they have in common.
/// </param>
public readonly record struct Candidate(int Grid, double Distance, decimal? Share);

/// <summary>The grid nearest to an outside point. An immutable value.</summary>
/// <param name="Grid">Position in <see cref="ILocator.Grids"/>.</param>
/// <param name="Distance">Metres from the point.</param>
public readonly record struct NearestGrid(int Grid, double Distance);

/// <summary>The full answer for one point. Immutable.</summary>
/// <param name="Location">Match and chain.</param>
/// <param name="Candidates">
/// The grids that may be meant: nearest first, the answering grid before all others. Without accuracy these are the grids of
/// the answering grid's level that touch the point, lowest code first: one in an interior, all neighbours on a border, none
/// outside. With accuracy they are the grids within reach of that level and of the deepest level within reach.
/// </param>
/// <param name="OutsideShare">The share of the circle in none of the candidates; with their shares it sums to exactly 1. Null without accuracy.</param>
/// <param name="Nearest">
/// For an outside point: the deepest grid at the nearest place that any grid covers (of equally near ones, to a millimetre, the
/// lowest code). Null when a grid answers, and when there are no grids.
/// </param>
/// <param name="BorderDistance">Metres from the point to the border of the answering grid, 0 on it; null when outside.</param>
public sealed record LookupAnswer(
    PointLocation Location,
    IReadOnlyList<Candidate> Candidates,
    decimal? OutsideShare,
    NearestGrid? Nearest,
    double? BorderDistance);
