namespace GridMap.Core.Tiles;

/// <summary>One property of a tile's feature. MVT knows no null: leave the property out.</summary>
/// <param name="Key">Name of the property.</param>
/// <param name="Value">Its value.</param>
public readonly record struct MvtProperty(string Key, MvtValue Value);
