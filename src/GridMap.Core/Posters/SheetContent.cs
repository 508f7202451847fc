using NetTopologySuite.Geometries;

namespace GridMap.Core.Posters;

/// <summary>The language of a sheet.</summary>
public enum SheetLanguage
{
    /// <summary>中文.</summary>
    Chinese,

    /// <summary>English.</summary>
    English,
}

/// <summary>One row of the chain: a grid, outermost first, and who answers for it. Immutable.</summary>
/// <param name="Level">What its level is called.</param>
/// <param name="Name">What the grid is called.</param>
/// <param name="Code">Its code.</param>
/// <param name="People">Who answers, as the public may see it; empty for nobody.</param>
public sealed record SheetChainRow(string Level, string Name, string Code, string People);

/// <summary>One of the grids on the map. Immutable.</summary>
/// <param name="Name">What it is called there; told apart from others of that name.</param>
/// <param name="Polygons">Degrees, lon lat.</param>
/// <param name="IsNeighbour">Whether it shares a border with the sheet's grid: only such are named at any price.</param>
/// <param name="IsSibling">Whether it has the same parent.</param>
public sealed record SheetGrid(string Name, Geometry Polygons, bool IsNeighbour, bool IsSibling);

/// <summary>Something of the ground that lies under the grids. Immutable.</summary>
/// <param name="Layer">water, river, road, rail, green or built; others are not drawn.</param>
/// <param name="Rank">Of a road: 1 is the widest.</param>
/// <param name="Shape">Degrees, lon lat.</param>
public sealed record SheetGround(string Layer, int Rank, Geometry Shape);

/// <summary>The map of a sheet. Immutable.</summary>
/// <param name="Grid">The sheet's grid, degrees lon lat.</param>
/// <param name="Name">What it is called on the map.</param>
/// <param name="Parent">The parent's polygons; null on level 1.</param>
/// <param name="Children">The grids inside it, drawn lightly.</param>
/// <param name="Others">The grids of the same level that may be seen beside it.</param>
/// <param name="Ground">Water, roads and the like; may be empty.</param>
public sealed record SheetMapContent(
    Geometry Grid, string Name, Geometry? Parent, IReadOnlyList<SheetGrid> Children, IReadOnlyList<SheetGrid> Others, IReadOnlyList<SheetGround> Ground);

/// <summary>The four bounds in words, side by side: 东, 南, 西, 北. Immutable.</summary>
/// <param name="East">Who lies east.</param>
/// <param name="South">Who lies south.</param>
/// <param name="West">Who lies west.</param>
/// <param name="North">Who lies north.</param>
public sealed record SheetBounds(string East, string South, string West, string North);

/// <summary>All that stands on a responsibility sheet (责任公示牌), ready to be drawn. Immutable.</summary>
/// <param name="Language">Of the headings; names are as they are.</param>
/// <param name="Office">Who puts the sheet up.</param>
/// <param name="Name">The grid's name.</param>
/// <param name="Code">Its code.</param>
/// <param name="Level">What its level is called.</param>
/// <param name="Kind">What its kind is called.</param>
/// <param name="Area">Its area in words.</param>
/// <param name="Chain">The grid and those around it, outermost first.</param>
/// <param name="Telephone">The duty telephone; null when there is none.</param>
/// <param name="TelephoneOf">Whose it is, when it is not the grid's own.</param>
/// <param name="Bounds">四至.</param>
/// <param name="Generation">The generation's number and day in words.</param>
/// <param name="Printed">The day on which the sheet was made, in words.</param>
/// <param name="Approval">审图号; empty for none.</param>
/// <param name="QrModules">The QR code row by row, true for dark, without its quiet zone.</param>
/// <param name="Map">The map.</param>
public sealed record SheetContent(
    SheetLanguage Language, string Office, string Name, string Code, string Level, string Kind, string Area, IReadOnlyList<SheetChainRow> Chain,
    string? Telephone, string? TelephoneOf, SheetBounds Bounds, string Generation, string Printed, string Approval,
    IReadOnlyList<IReadOnlyList<bool>> QrModules, SheetMapContent Map);
