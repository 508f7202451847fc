using System.Collections.Immutable;

namespace GridMap.Core.Locating;

/// <summary>How a point lies to the deepest grid that covers it.</summary>
public enum PointMatch
{
    /// <summary>No grid covers the point.</summary>
    Outside,

    /// <summary>The point lies in the interior of the deepest grid.</summary>
    Interior,

    /// <summary>The point lies on the boundary of the deepest grid: a neighbour, or the outside, begins here.</summary>
    Boundary,
}

/// <summary>
/// What covers a point: the grid that answers for it and that grid's ancestors. Grids are given as positions in
/// <see cref="ILocator.Grids"/>. An immutable value; the default value is an outside point.
/// </summary>
public readonly struct PointLocation
{
    private readonly ImmutableArray<int> chain;

    /// <summary>A point that is covered.</summary>
    /// <param name="match">Interior or boundary.</param>
    /// <param name="chain">Outermost to innermost; at least one grid.</param>
    public PointLocation(PointMatch match, ImmutableArray<int> chain)
    {
        Match = match;
        this.chain = chain;
    }

    /// <summary>Interior or boundary of the innermost grid of <see cref="Chain"/>, or outside.</summary>
    public PointMatch Match { get; }

    /// <summary>
    /// The grids by their parent links, outermost to innermost; empty when outside. It ends before the innermost level where
    /// a parent's children leave a gap, and begins behind the outermost where a parent is unknown.
    /// </summary>
    public ImmutableArray<int> Chain => chain.IsDefault ? [] : chain;

    /// <summary>The grid that answers for the point: the innermost of <see cref="Chain"/>, or -1 when outside.</summary>
    public int Grid => chain.IsDefaultOrEmpty ? -1 : chain[^1];
}
