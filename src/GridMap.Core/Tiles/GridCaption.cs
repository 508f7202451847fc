namespace GridMap.Core.Tiles;

/// <summary>What a tile says of a grid besides what its coverage knows. Public, as everything on a tile. An immutable value.</summary>
/// <param name="Name">The grid's name.</param>
/// <param name="Kind">village, community, enterprise or special.</param>
public readonly record struct GridCaption(string Name, string Kind);
