using GridMap.Core.Editing;

namespace GridMap.Core.Tests.Editing;

public sealed class SuccessionTests
{
    [Fact]
    public void A_part_of_a_part_comes_from_the_grid_of_the_base()
    {
        var succession = Of([("split", [(1, 101, 0.4)]), ("divide", [(101, 102, 0.5), (101, 103, 0.2)])], basis: [1, 2], plan: [1, 2, 101, 102, 103]);
        Assert.Equal([(101, 1), (102, 1), (103, 1)], succession.Parts.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Empty(succession.Merged);
    }

    [Fact]
    public void What_was_merged_twice_went_into_the_last()
    {
        var succession = Of([("merge", [(1, 2, 1)]), ("merge", [(2, 3, 1)])], basis: [1, 2, 3], plan: [3]);
        Assert.Equal([(1, 3), (2, 3)], succession.Merged.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Empty(succession.Parts);
    }

    [Fact]
    public void A_part_that_was_merged_again_is_no_news()
    {
        var succession = Of([("split", [(1, 101, 0.4)]), ("merge", [(101, 2, 1)])], basis: [1, 2], plan: [1, 2]);
        Assert.Empty(succession.Parts);
        Assert.Empty(succession.Merged);
    }

    [Fact]
    public void A_ring_of_merges_ends()
    {
        var succession = Of([("merge", [(1, 2, 1)]), ("merge", [(2, 1, 1)])], basis: [1, 2], plan: [1]);
        Assert.Equal([2L], succession.Merged.Keys);
        Assert.Equal(1, succession.Merged[2]);
    }

    private static Succession Of((string Kind, (long From, long To, double Share)[] Lineage)[] edits, long[] basis, long[] plan) => Succession.Of(
        edits.Select(edit => (edit.Kind, (IReadOnlyList<LineageShare>)[.. edit.Lineage.Select(share => new LineageShare(share.From, share.To, share.Share))])),
        basis.Contains, plan.Contains);
}
