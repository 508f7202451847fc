using GridMap.Core.Locating;

namespace GridMap.Core.Tests.Locating.Cells;

public class CellFileTests
{
    [Fact]
    public void An_index_that_was_written_and_read_answers_alike()
    {
        var grids = NestedCoverage.Create(seed: 21, faces: 200, levels: 4, coarseness: 64);
        var built = new GridLocator(grids);
        var file = new MemoryStream();
        built.WriteIndex(file);
        file.Position = 0;
        var read = GridLocator.WithIndex(grids, file);
        Assert.Equal(file.Length, file.Position);
        var onEdges = TestPoints.OnEdges(new Random(21), grids, 2_000).Select(p => p.ToLonLat());
        foreach (var point in TestPoints.Anywhere(new Random(21), grids, 2_000).Concat(onEdges))
        {
            var (expected, answer) = (built.Locate(point), read.Locate(point));
            Assert.Equal((expected.Match, expected.Grid), (answer.Match, answer.Grid));
        }
    }

    [Fact]
    public void The_same_grids_give_the_same_file_and_the_same_name()
    {
        var grids = NestedCoverage.Create(seed: 22, faces: 300, levels: 4, coarseness: 64);
        Assert.Equal(FileOf(grids), FileOf([.. grids]));
        Assert.Equal(GridLocator.IndexName(grids), GridLocator.IndexName([.. grids]));
    }

    [Fact]
    public void Other_grids_have_another_name()
    {
        var grids = NestedCoverage.Create(seed: 23, faces: 60, levels: 3, coarseness: 64);
        var name = GridLocator.IndexName(grids);
        Assert.NotEqual(name, GridLocator.IndexName(grids[1..]));
        Assert.NotEqual(name, GridLocator.IndexName([.. grids.Reverse()]));
        Assert.NotEqual(name, GridLocator.IndexName([grids[0] with { Level = 5 }, .. grids[1..]]));
        Assert.NotEqual(name, GridLocator.IndexName([grids[0] with { Polygon = grids[1].Polygon }, .. grids[1..]]));
        Assert.NotEqual(name, GridLocator.IndexName([grids[^1] with { Code = "" }, .. grids[..^1]]));
    }

    [Fact]
    public void A_file_that_is_damaged_or_cut_off_or_something_else_is_refused()
    {
        var grids = NestedCoverage.Create(seed: 24, faces: 40, levels: 2, coarseness: 64);
        var whole = FileOf(grids);
        var damaged = whole.ToArray();
        damaged[^100] ^= 1;
        foreach (var bad in new[] { damaged, whole[..^1], whole[..40], [], [.. new byte[1_000]], [.. whole[..1].Select(b => (byte)(b + 1)), .. whole[1..]] })
            Assert.Throws<InvalidDataException>(() => GridLocator.WithIndex(grids, new MemoryStream(bad)));
    }

    private static byte[] FileOf(IReadOnlyList<Core.Grids.GridShape> grids)
    {
        var file = new MemoryStream();
        new GridLocator(grids).WriteIndex(file);
        return file.ToArray();
    }
}
