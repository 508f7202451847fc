using System.Collections.Immutable;

namespace GridMap.Core.Locating;

/// <summary>What a full answer needs of a grid, side by side in memory. An immutable value.</summary>
/// <param name="Chain">Positions of its ancestors and itself, outermost first.</param>
/// <param name="Rings">Its borders.</param>
internal readonly record struct IndexedGrid(ImmutableArray<int> Chain, PolygonRings Rings);
