using GridMap.Core.Grids;
using GridMap.Core.Locating;
using GridMap.Core.Tests.Locating;

namespace GridMap.Api.Tests.Locating;

public class PostgisLocatorTests(TestDatabase database) : LocatorContract, IClassFixture<TestDatabase>
{
    protected override ILocator Build(IReadOnlyList<GridShape> grids) => new PostgisLocator(database.Source, grids);
}
