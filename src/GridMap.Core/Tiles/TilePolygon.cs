namespace GridMap.Core.Tiles;

/// <summary>A polygon in tile units. Rings do not repeat their first point; the writer turns them the way MVT wants.</summary>
/// <param name="Exterior">The outer ring.</param>
/// <param name="Holes">The inner rings; may be empty.</param>
public sealed record TilePolygon(TilePoint[] Exterior, IReadOnlyList<TilePoint[]> Holes);
