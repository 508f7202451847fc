namespace GridMap.Core.Tiles;

/// <summary>A simplified border between two forks, with all that a tile asks of it in one place. An immutable value.</summary>
/// <param name="Start">Where its points begin among those of all arcs.</param>
/// <param name="Length">How many they are.</param>
/// <param name="LeftRegion">The region to its left, as on a map with north up.</param>
/// <param name="RightRegion">The region to its right.</param>
/// <param name="BorderLevel">The outermost level on which it divides two grids, or a grid from none.</param>
/// <param name="FromFork">The number of its first point, which all arcs that end there share.</param>
/// <param name="ToFork">The number of its last point.</param>
internal readonly record struct TileArc(
    int Start, int Length, int LeftRegion, int RightRegion, int BorderLevel, int FromFork, int ToFork);
