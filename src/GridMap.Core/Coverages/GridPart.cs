namespace GridMap.Core.Coverages;

/// <summary>
/// One polygon of a grid as chains of arcs: whoever puts other (simplified) points in the place of the arcs' points gets
/// polygons that still match those of all other grids. Each ring is walked with the grid on its left (shell counter-clockwise,
/// holes clockwise), closes, and meets no node twice. Immutable.
/// </summary>
/// <param name="Shell">The outer ring.</param>
/// <param name="Holes">The inner rings, possibly none.</param>
public sealed record GridPart(IReadOnlyList<ArcReference> Shell, IReadOnlyList<IReadOnlyList<ArcReference>> Holes);
