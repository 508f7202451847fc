using GridMap.Core.Editing;
using GridMap.Core.Progress;

namespace GridMap.Core.Tests.Progress;

public class HeirsTests
{
    [Fact]
    public void The_heir_is_who_has_most_of_the_ground_now()
    {
        var lineage = Lineage((1, 2, 0.3), (1, 3, 0.7));
        Assert.Equal(3, Heirs.Of(1, lineage, _ => true));
        Assert.Equal(2, Heirs.Of(1, lineage, id => id == 2));
        Assert.Null(Heirs.Of(1, lineage, _ => false));
        Assert.Null(Heirs.Of(9, lineage, _ => true));
    }

    [Fact]
    public void Ground_is_followed_through_grids_that_are_gone_too()
    {
        // 1 became 2 and 3; 3 became 4 and 5: 5 has 0.6 * 0.9 of it, more than 2.
        var lineage = Lineage((1, 2, 0.4), (1, 3, 0.6), (3, 4, 0.1), (3, 5, 0.9));
        Assert.Equal(5, Heirs.Of(1, lineage, id => id is 2 or 4 or 5));
        // By two ways to one grid the shares add up.
        Assert.Equal(4, Heirs.Of(1, Lineage((1, 2, 0.5), (1, 3, 0.5), (2, 4, 0.6), (2, 5, 0.4), (3, 4, 0.6), (3, 5, 0.4)), id => id is 4 or 5));
    }

    [Fact]
    public void A_ring_of_grids_that_are_gone_ends() => Assert.Null(Heirs.Of(1, Lineage((1, 2, 1), (2, 3, 1), (3, 1, 1), (3, 2, 1)), _ => false));

    [Fact]
    public void Of_equal_shares_the_lowest_number_is_the_heir() => Assert.Equal(2, Heirs.Of(1, Lineage((1, 3, 0.5), (1, 2, 0.5)), _ => true));

    private static ILookup<long, LineageShare> Lineage(params (long From, long To, double Share)[] steps) =>
        steps.Select(step => new LineageShare(step.From, step.To, step.Share)).ToLookup(share => share.FromId);
}
