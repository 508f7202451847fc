using GridMap.Core.Surveys;

namespace GridMap.Core.Tests.Surveys;

/// <summary>Whatever is told of nested grids: nobody can work out the figures of a few from it. Held to linear algebra.</summary>
public sealed class SmallCellsTests
{
    private const int Least = 3;

    // The rationals' row space, modulo a prime far above any minor of such small tables.
    private const long Prime = 2_147_483_647;

    [Fact]
    public void What_is_enough_is_told_and_one_that_is_too_few_takes_the_next_smallest_with_it()
    {
        var cells = new SmallCells([0, 0, 0, 0], [0, 2, 5, 9], Least);
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(cells.IsHidden));
        Assert.False(new SmallCells([0, 0, 0], [0, 3, 4], Least).IsHidden(1));

        // Two of one each are not enough together; three are.
        Assert.True(new SmallCells([0, 0, 0, 0], [0, 1, 1, 5], Least).IsHidden(3));
        Assert.False(new SmallCells([0, 0, 0, 0, 0], [0, 1, 1, 1, 5], Least).IsHidden(4));
    }

    [Fact]
    public void Of_a_whole_that_is_too_few_nothing_is_told()
    {
        var cells = new SmallCells([0, 0], [0, 2], Least);
        Assert.True(cells.IsHidden(0));
        Assert.True(cells.IsHidden(1));
        Assert.True(cells.IsRestHidden([0, 1], 1));
    }

    [Fact]
    public void What_lies_in_no_grid_is_protected_as_a_grid_is()
    {
        // One answer lies in no grid: without the smaller grid hidden it would be the total less both.
        var cells = new SmallCells([0, 0, 0], [1, 4, 9], Least);
        Assert.True(cells.IsHidden(1));
        Assert.False(cells.IsHidden(2));
        Assert.True(cells.IsRestHidden([0, 1, 1], 1));
    }

    [Fact]
    public void No_few_can_be_worked_out_from_all_that_is_told_on_all_levels()
    {
        var random = new Random(46);
        var (few, told) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var (parents, own, levels) = Tree(random);
            var cells = new SmallCells(parents, own, Least);
            var sums = (int[])[.. own];
            for (var node = parents.Count - 1; node > 0; node--)
                sums[parents[node]] += sums[node];
            var rows = Equations(cells, parents, own, levels);
            for (var node = 0; node < parents.Count; node++)
            {
                if (sums[node] is > 0 and < Least)
                {
                    few++;
                    Assert.False(rows.Spans(Inside(parents, own, node)), $"{Show(parents, own)}: node {node} is told apart");
                }

                if (own[node] is > 0 and < Least)
                    Assert.False(rows.Spans(Only(own, node)), $"{Show(parents, own)}: what is in {node} alone is told apart");
                told += sums[node] > 0 && !cells.IsHidden(node) ? 1 : 0;
            }
        }

        Assert.True(few > 3000 && told > 3000, $"{few} few, {told} told");
    }

    private static (List<int> Parents, List<int> Own, List<int> Levels) Tree(Random random)
    {
        var (parents, own, levels) = (new List<int> { 0 }, new List<int> { Own(random, 0) }, new List<int> { 0 });
        for (var node = 0; node < parents.Count; node++)
        {
            for (var child = levels[node] < 3 ? random.Next(0, 4) : 0; child > 0; child--)
            {
                parents.Add(node);
                own.Add(Own(random, levels[node] + 1));
                levels.Add(levels[node] + 1);
            }
        }

        return (parents, own, levels);
    }

    private static int Own(Random random, int level) => random.Next(3) == 0 || (level < 2 && random.Next(3) > 0) ? 0 : random.Next(0, 6);

    private static RowSpace Equations(SmallCells cells, List<int> parents, List<int> own, List<int> levels)
    {
        var rows = new RowSpace();
        for (var node = 0; node < parents.Count; node++)
        {
            if (!cells.IsHidden(node))
                rows.Add(Inside(parents, own, node));
        }

        for (var level = 1; level <= 3; level++)
        {
            if (!cells.IsRestHidden(levels, level))
                rows.Add([.. own.Select((count, node) => count > 0 && levels[node] < level ? 1L : 0)]);
        }

        return rows;
    }

    // Where nobody answered there is nothing unknown.
    private static long[] Inside(List<int> parents, List<int> own, int top)
    {
        var isInside = new bool[parents.Count];
        for (var node = 0; node < parents.Count; node++)
            isInside[node] = node == top || (node > 0 && isInside[parents[node]]);
        return [.. own.Select((count, node) => count > 0 && isInside[node] ? 1L : 0)];
    }

    private static long[] Only(List<int> own, int node) => [.. own.Select((_, other) => other == node ? 1L : 0)];

    private static string Show(List<int> parents, List<int> own) => string.Join(' ', parents.Zip(own, (parent, count) => $"{parent}:{count}"));

    private sealed class RowSpace
    {
        private readonly SortedList<int, long[]> rows = [];

        public void Add(long[] row)
        {
            var rest = Reduce(row);
            var pivot = Array.FindIndex(rest, value => value != 0);
            if (pivot < 0)
                return;
            var inverse = Power(rest[pivot], Prime - 2);
            rows[pivot] = [.. rest.Select(value => value * inverse % Prime)];
        }

        public bool Spans(long[] row) => Array.TrueForAll(Reduce(row), value => value == 0);

        private long[] Reduce(long[] row)
        {
            var rest = (long[])row.Clone();
            foreach (var (pivot, known) in rows)
            {
                var factor = rest[pivot];
                if (factor == 0)
                    continue;
                for (var i = 0; i < rest.Length; i++)
                    rest[i] = ((rest[i] - factor * known[i]) % Prime + Prime) % Prime;
            }

            return rest;
        }

        private static long Power(long value, long exponent)
        {
            var result = 1L;
            for (var power = value % Prime; exponent > 0; exponent >>= 1, power = power * power % Prime)
            {
                if ((exponent & 1) == 1)
                    result = result * power % Prime;
            }

            return result;
        }
    }
}
