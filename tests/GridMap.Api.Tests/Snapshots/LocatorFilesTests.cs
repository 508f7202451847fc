using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Tests.Locating;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.Snapshots;

public sealed class LocatorFilesTests : IDisposable
{
    private const int NotRead = 1213;

    private readonly string folder = Directory.CreateTempSubdirectory("gridmap-locator").FullName;
    private readonly TestLog log = new();
    private readonly LocatorFiles files;

    public LocatorFilesTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(DataFolder.Variable, folder)]).Build();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        files = new LocatorFiles(new DataFolder(configuration), factory.CreateLogger<LocatorFiles>());
    }

    [Fact]
    public void The_second_time_the_index_comes_from_its_file_and_answers_alike()
    {
        var grids = NestedCoverage.Create(seed: 31, faces: 60, levels: 3, coarseness: 64);
        var built = files.Open(grids);
        var kept = Assert.Single(Kept());
        var written = File.GetLastWriteTimeUtc(kept);
        var read = files.Open(grids);
        Assert.Equal(kept, Assert.Single(Kept()));
        Assert.True(File.GetLastWriteTimeUtc(kept) >= written);
        foreach (var point in TestPoints.Anywhere(new Random(31), grids, 500))
            Assert.Equal(built.LocateInnermost(point), read.LocateInnermost(point));
        log.AssertClean();
    }

    [Fact]
    public void A_damaged_file_is_built_anew_and_told()
    {
        var grids = NestedCoverage.Create(seed: 32, faces: 60, levels: 3, coarseness: 64);
        files.Open(grids);
        var bytes = File.ReadAllBytes(Kept().Single());
        bytes[^200] ^= 8;
        File.WriteAllBytes(Kept().Single(), bytes);
        Assert.Equal(0, files.Open([grids[0]]).LocateInnermost(Inside(grids[0])));
        var point = Inside(grids[^1]);
        Assert.Equal(grids.Length - 1, files.Open(grids).LocateInnermost(point));
        Assert.Single(log.Take(), entry => entry.Id.Id == NotRead);
        Assert.Equal(grids.Length - 1, files.Open(grids).LocateInnermost(point));
        log.AssertClean();
    }

    [Fact]
    public void Only_the_last_three_are_kept()
    {
        var grids = NestedCoverage.Create(seed: 33, faces: 60, levels: 3, coarseness: 64);
        for (var i = 0; i < 6; i++)
            files.Open([grids[i]]);
        Assert.Equal(3, Kept().Length);
        files.Open([grids[5]]);
        Assert.Equal(3, Kept().Length);
        log.AssertClean();
    }

    public void Dispose()
    {
        log.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string[] Kept() => Directory.GetFiles(Path.Combine(folder, "locator"));

    private static LonLat Inside(GridShape grid) => new(grid.Polygon.InteriorPoint.X, grid.Polygon.InteriorPoint.Y);
}
