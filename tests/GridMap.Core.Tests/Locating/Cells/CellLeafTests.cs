using GridMap.Core.Grids;
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
        var (sizes, near) = Compare(grids, new CellOptions(PointsPerLeaf: pointsPerLeaf));
        Assert.True(sizes.Count > 100);
        // Rounding leaves few to the exact decision, but some.
        Assert.InRange(near, 1, sizes.Count * Tries / 100);
    }

    [Fact]
    public void A_leaf_of_every_size_answers_alike()
    {
        // A jagged ring: leaves as full as they can be, of 32 edges and more too.
        var random = new Random(4);
        var corners = Enumerable.Range(0, 5_000).Select(i => (Angle: 2 * Math.PI * i / 5_000, Radius: 10_000_000 * (1 + random.NextDouble())))
            .Select(at => $"{Math.Round(at.Radius * Math.Cos(at.Angle))} {Math.Round(at.Radius * Math.Sin(at.Angle))}").ToList();
        GridShape[] grids = [new(1, "star", 1, null, LatticeWkt.Polygon($"POLYGON (({string.Join(", ", corners)}, {corners[0]}))"))];
        var (sizes, _) = Compare(grids, new CellOptions(TopCells: 1, PointsPerLeaf: CellLeaf.MostPoints));
        Assert.Contains(sizes, points => points is > 32 and <= 40);
        Assert.Contains(sizes, points => points > 40);
    }

    private const int Tries = 200;

    /// <returns>The points of each leaf, and how many answers were left to the exact decision.</returns>
    private static (List<int> Sizes, int Near) Compare(IReadOnlyList<GridShape> grids, CellOptions options)
    {
        var cells = CellIndexBuilder.Build(grids, AnswerOrder.Of(grids), options);
        var random = new Random(11);
        var near = 0;
        var sizes = new List<int>();
        CellWalk.ForEachLeaf(cells, (leaf, shift) =>
        {
            sizes.Add(CellLeaf.PointCount(*(uint*)leaf));
            for (var i = 0; i < Tries; i++)
            {
                var (x, y) = ((uint)random.Next(1 << shift), (uint)random.Next(1 << shift));
                var answer = CellLeaf.Find((uint*)leaf, shift, x, y);
                Assert.Equal(CellLeaf.FindOneByOne((uint*)leaf, shift, x, y), answer);
                Assert.Equal(answer, WideLeaf.Find((uint*)leaf, shift, x, y));
                near += answer == CellLeaf.Near ? 1 : 0;
            }
        });
        return (sizes, near);
    }
}
