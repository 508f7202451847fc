using GridMap.Core.Coordinates;
using GridMap.Core.Grids;

namespace GridMap.Core.Locating;

/// <summary>
/// Answers which grids cover a point. Every implementation gives the same answer for every lattice point: the deepest level
/// at which any grid covers the point (a boundary counts as covered), among those grids the one with the lowest code
/// (ordinal), and its ancestors by parent link. Points are lattice points in degrees on CGCS2000, as
/// <see cref="LonLat.Snap"/> gives them.
/// </summary>
public interface ILocator
{
    /// <summary>The grids that are searched; answers are positions in this list.</summary>
    IReadOnlyList<GridShape> Grids { get; }

    /// <summary>The grid that answers for a point, with its ancestors.</summary>
    PointLocation Locate(LonLat point);

    /// <summary><see cref="Locate"/> for many points.</summary>
    /// <param name="points">Lattice points.</param>
    /// <param name="locations">Takes the answers in input order; as long as <paramref name="points"/>.</param>
    void LocateAll(ReadOnlySpan<LonLat> points, Span<PointLocation> locations);

    /// <summary>The grid that answers for each of many points: the innermost of its chain, or -1 when outside.</summary>
    /// <param name="points">Lattice points.</param>
    /// <param name="grids">Takes the answers in input order; as long as <paramref name="points"/>.</param>
    void LocateInnermost(ReadOnlySpan<LonLat> points, Span<int> grids);

    /// <summary>All grids of one level that cover the point, lowest code first: several on a border, none in a gap.</summary>
    IReadOnlyList<int> Touching(LonLat point, int level);
}
