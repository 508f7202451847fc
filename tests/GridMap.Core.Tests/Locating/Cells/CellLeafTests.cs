using GridMap.Core.Locating;
using GridMap.Core.Locating.Cells;

namespace GridMap.Core.Tests.Locating.Cells;

public unsafe class CellLeafTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(18)]
    [InlineData(CellLeaf.MostPoints)]
    public void With_and_without_vector_instructions_a_leaf_answers_alike(int pointsPerLeaf)
    {
        var grids = NestedCoverage.Create(seed: 11, faces: 200, levels: 3, coarseness: 16);
        var cells = CellIndexBuilder.Build(grids, AnswerOrder.Of(grids), new CellOptions(PointsPerLeaf: pointsPerLeaf));
        var random = new Random(11);
        var (leaves, near) = (0, 0);
        CellWalk.ForEachLeaf(cells, (leaf, shift) =>
        {
            leaves++;
            for (var i = 0; i < 200; i++)
            {
                var (x, y) = ((uint)random.Next(1 << shift), (uint)random.Next(1 << shift));
                var answer = CellLeaf.Find((uint*)leaf, shift, x, y);
                Assert.Equal(CellLeaf.FindOneByOne((uint*)leaf, shift, x, y), answer);
                Assert.Equal(answer, WideLeaf.Find((uint*)leaf, shift, x, y));
                near += answer == CellLeaf.Near ? 1 : 0;
            }
        });
        Assert.True(leaves > 100);
        // Rounding leaves few to the exact decision, but some.
        Assert.InRange(near, 1, leaves * 200 / 100);
    }
}
