using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>
/// What every operation comes to: pieces of ground of one level that get another grid. <see cref="FaceReplacement"/> does it, with all that
/// follows on the other levels.
/// </summary>
internal sealed record Replacement
{
    /// <summary>The level of the grids that <see cref="Pieces"/> name.</summary>
    public required int Level { get; init; }

    /// <summary>Pieces that do not overlap.</summary>
    public IReadOnlyList<Piece> Pieces { get; init; } = [];

    /// <summary>How edges were led where the pieces were drawn, so that all borders go the same way.</summary>
    public IReadOnlyList<BentEdge> Bent { get; init; } = [];

    /// <summary>Grids that are new, or differ in more than their ground, as they become; their polygons do not count.</summary>
    public IReadOnlyList<PlannedGrid> Facts { get; init; } = [];

    /// <summary>Grids that are gone afterwards.</summary>
    public IReadOnlySet<long> Removed { get; init; } = new HashSet<long>();

    /// <summary>What happens to grids of inner levels that a piece cuts.</summary>
    public CutChildren Children { get; init; } = CutChildren.Split;

    /// <summary>A vertex that goes elsewhere, on all levels; null for none.</summary>
    public VertexMove? Move { get; init; }
}

/// <summary>Ground that gets another grid.</summary>
/// <param name="Area">On the lattice.</param>
/// <param name="Grid">The grid that it goes to; null when it is left to none.</param>
internal sealed record Piece(MultiPolygon Area, long? Grid);

/// <summary>A vertex of all the borders that have it.</summary>
/// <param name="At">Where it is; or the start of the edge that gets it.</param>
/// <param name="EdgeEnd">The other end of the edge that gets it; null when it is there.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Reach">Where the edges lie that go along, before and after.</param>
internal sealed record VertexMove(LatticePoint At, LatticePoint? EdgeEnd, LatticePoint To, Envelope Reach);

/// <summary>What an edit does with children that it cuts.</summary>
public enum CutChildren
{
    /// <summary>They are split too: the largest part keeps the identity.</summary>
    Split,

    /// <summary>The edit is refused.</summary>
    Refuse,
}
