namespace GridMap.Core.Tiles;

/// <summary>A ring of a grid in a tile. An immutable value.</summary>
/// <param name="Start">Where the bytes of its steps begin.</param>
/// <param name="Length">How many bytes they take.</param>
/// <param name="Count">How many steps they are: one less than points.</param>
/// <param name="First">Its first point as the tile writes it.</param>
/// <param name="Last">Its last one.</param>
/// <param name="DoubledArea">Twice its area in square tile units: negative for a hole.</param>
/// <param name="Before">The number of the ring of the same grid that was found before it, or -1.</param>
internal readonly record struct TileRing(
    int Start, int Length, int Count, TilePoint First, TilePoint Last, long DoubledArea, int Before);
