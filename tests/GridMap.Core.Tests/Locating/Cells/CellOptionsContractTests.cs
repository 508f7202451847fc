using GridMap.Core.Grids;
using GridMap.Core.Locating;
using GridMap.Core.Locating.Cells;

namespace GridMap.Core.Tests.Locating.Cells;

/// <summary>The locator under other options; the plain locator agrees with the quick reference, so that suffices here.</summary>
public abstract class CellOptionsContract : LocatorContract
{
    protected override IEnumerable<ILocator> References(ILocator locator, IReadOnlyList<GridShape> grids) => [new IndexedNtsLocator(grids)];
}

/// <summary>Leaves of one or two edges: cells end everywhere, and where they may not be divided any more the polygons are asked.</summary>
public class TinyLeavesTests : CellOptionsContract
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new GridLocator(grids, new CellOptions(PointsPerLeaf: 3, DivideBy: 1));
}

/// <summary>Leaves as full as they can be, under a single top cell.</summary>
public class FullLeavesTests : CellOptionsContract
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new GridLocator(grids, new CellOptions(TopCells: 1, PointsPerLeaf: CellLeaf.MostPoints));
}

/// <summary>What a province gets.</summary>
public class LargeTerritoryTests : CellOptionsContract
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new GridLocator(grids, CellOptions.For(edges: long.MaxValue));
}
