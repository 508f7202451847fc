using GridMap.Core.Grids;
using GridMap.Core.Locating;

namespace GridMap.Core.Tests.Locating;

public class NtsLocatorTests : LocatorContract
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new NtsLocator(grids);
}

public class IndexedNtsLocatorTests : LocatorContract
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new IndexedNtsLocator(grids);
}
