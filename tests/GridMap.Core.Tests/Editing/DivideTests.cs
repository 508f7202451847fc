using GridMap.Core.Coordinates;
using GridMap.Core.Editing;
using GridMap.Core.Tests.Coverages;
using static GridMap.Core.Tests.Coverages.TestPlane;
using static GridMap.Core.Tests.Editing.EditingCase;

namespace GridMap.Core.Tests.Editing;

public class DivideTests
{
    private static readonly LatticePoint[] NoPlaces = [];

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_grid_without_children_is_divided_into_parts_of_like_area_in_one_piece_each(int parts)
    {
        var grids = new EditingCase([Grid(1, "POLYGON((0 0, 30 2, 28 14, 18 11, 12 20, -2 18, 0 0))")], households: 300);
        var result = grids.Do(new DivideEdit(1, parts, DivideBalance.Area, NoPlaces, [], 1));
        Assert.Equal(parts, grids.State.Count);
        Assert.All(grids.State.Grids, grid => Assert.Equal(1, grid.Polygon.NumGeometries));
        Assert.InRange(result.Division!.Spread, 0, 0.15);
        Assert.Equal(parts, result.Division.Parts.Count);
        Assert.Equal(300, grids.State.Grids.Sum(grid => GridAttributes.HouseholdsOf(grid.Attributes)));
        Assert.Empty(Read(grids.State).Defects);
    }

    [Fact]
    public void Another_seed_gives_another_answer_and_the_same_seed_the_same()
    {
        string Divided(int seed)
        {
            var grids = new EditingCase([Square(1, 0, 0, 30)]);
            grids.Do(new DivideEdit(1, 5, DivideBalance.Area, NoPlaces, [], seed));
            return Bytes(grids.State);
        }

        Assert.Equal(Divided(1), Divided(1));
        Assert.Contains(Enumerable.Range(2, 5), seed => Divided(seed) != Divided(1));
    }

    [Fact]
    public void A_river_is_followed_where_it_divides_well()
    {
        var grids = new EditingCase([Square(1, 0, 0, 20)]);
        var river = Line("LINESTRING(9 -1, 10 5, 11 8, 9.5 14, 10 21)");
        var result = grids.Do(new DivideEdit(1, 2, DivideBalance.Area, NoPlaces, [river], 1));
        Assert.InRange(result.Division!.OnGivenLines, 0.99, 1);
        Assert.InRange(result.Division.Spread, 0, 0.15);
    }

    [Fact]
    public void Places_weigh_where_they_lie()
    {
        var grids = new EditingCase([Square(1, 0, 0, 20)]);
        var random = new Random(1);
        var places = Enumerable.Range(0, 1000).Select(_ => At(20 * random.NextDouble() * random.NextDouble(), 20 * random.NextDouble())).ToList();
        var result = grids.Do(new DivideEdit(1, 4, DivideBalance.Places, places, [], 3));
        Assert.Equal(1000, result.Division!.Parts.Sum(part => part.Weight));
        Assert.InRange(result.Division.Spread, 0, 0.6); // Blocks are even by area, and the left ones hold most.
        Assert.True(grids.State.Grids.Max(grid => (double)DoubledArea(grid.Polygon)) > 2 * grids.State.Grids.Min(grid => (double)DoubledArea(grid.Polygon)));
    }

    [Fact]
    public void Whole_innermost_grids_are_kept_whole_and_their_households_balanced()
    {
        var inputs = new RandomPartition(7, 160, 3).Inputs;
        var grids = new EditingCase(inputs, households: 50);
        var township = grids.State.Grids.First(grid => grid.Level == 1 && grids.State.ChildrenOf(grid.Id).Count() > 2);
        var innermost = grids.State.Grids.Where(grid => grid.Level == 3).ToDictionary(grid => grid.Id, grid => grid.Polygon);
        var result = grids.Do(new DivideEdit(township.Id, 3, DivideBalance.Households, NoPlaces, [], 1));
        Assert.All(grids.State.Grids.Where(grid => grid.Level == 3), grid => Assert.True(ReNoding.IsSameGround(innermost[grid.Id], grid.Polygon)));
        Assert.InRange(result.Division!.Spread, 0, 0.5);
        Assert.DoesNotContain(Read(grids.State).Defects, defect => defect.Blocks);
    }

    [Fact]
    public void What_is_locked_stays_with_the_part_that_keeps_the_code()
    {
        var grids = new EditingCase([
            Grid(1, null), .. Enumerable.Range(0, 6).Select(i => Square(2 + i, 10 * (i % 3), 10 * (i / 3), 10, 2, 1))]);
        grids.Do(new LockEdit([2, 5], IsLocked: true));
        grids.Do(new DivideEdit(1, 2, DivideBalance.Area, NoPlaces, [], 1));
        Assert.Equal((1L, 1L), (grids.State.Find(2)!.ParentId, grids.State.Find(5)!.ParentId));
    }

    [Fact]
    public void More_parts_than_innermost_grids_are_refused()
    {
        var grids = new EditingCase([Grid(1, null), Square(2, 0, 0, 10, 2, 1), Square(3, 10, 0, 10, 2, 1)]);
        Assert.Equal("too_few_pieces", grids.Refused(new DivideEdit(1, 3, DivideBalance.Area, NoPlaces, [], 1)).Code);
        Assert.Equal("nothing_to_balance", grids.Refused(new DivideEdit(1, 2, DivideBalance.Households, NoPlaces, [], 1)).Code);
        Assert.Equal("parts_out_of_range", grids.Refused(new DivideEdit(1, 1, DivideBalance.Area, NoPlaces, [], 1)).Code);
    }
}
