using GridMap.Bench.Editing;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;
using GridMap.Core.Tests.Coverages;
using Xunit.Abstractions;

namespace GridMap.Core.Tests.Editing;

/// <summary>What holds after any edit on any coverage, proved by reading the whole state from its polygons. `make prove` tries ten thousand.</summary>
public class RandomEditsTests(ITestOutputHelper output)
{
    private const int Rounds = 5;
    private const int Levels = 3;
    private static readonly int EditsPerRound = Environment.GetEnvironmentVariable("GRIDMAP_PROVE") == "1" ? 2000 : 100;

    // What comes of a plan's own making, and is listed: no edit may leave anything worse.
    private static readonly HashSet<DefectKind> Allowed = [DefectKind.Gap, DefectKind.PartApart, DefectKind.Sliver];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_edit_conserves_area_matches_borders_nests_levels_and_can_be_taken_back(int seed)
    {
        Assert.InRange(seed, 1, Rounds);
        var random = new Random(seed);
        var grids = new EditingCase(new RandomPartition(seed, 60 + 20 * seed, Levels).Inputs, households: 100);
        var edits = new RandomEdits(random);
        var families = FamilyDefects.AllOf(grids.State).ToDictionary(family => family, family => FamilyDefects.Find(grids.State, family, DefectRules.Default));
        var (start, history) = (grids.State, new List<IReadOnlyList<GridChange>>());
        var tried = new Dictionary<string, (int Done, int Refused)>();
        for (var i = 0; i < EditsPerRound; i++)
        {
            var before = grids.State;
            var edit = edits.Next(before);
            var outcome = grids.Try(edit);
            var (done, refused) = tried.GetValueOrDefault(edit.Kind);
            tried[edit.Kind] = outcome is EditResult ? (done + 1, refused) : (done, refused + 1);
            if (outcome is not EditResult result)
                continue;
            var defects = CheckState(edit, before, result);
            foreach (var family in FamilyDefects.TouchedBy(result.Changes, family => families.GetValueOrDefault(family) is { Count: > 0 }))
                families[family] = FamilyDefects.Find(grids.State, family, DefectRules.Default);
            Assert.Equal(Describe(defects), Describe(families.Values.SelectMany(found => found)));
            history.Add(result.Changes);
        }

        var undone = history.AsEnumerable().Reverse().Aggregate(grids.State, (state, changes) => state.With(changes.Select(change => change.Inverse())));
        Assert.Equal(EditingCase.Bytes(start), EditingCase.Bytes(undone));
        foreach (var (kind, (done, refused)) in tried)
            output.WriteLine($"{kind}: {done} done, {refused} refused");
        Assert.All(tried.Where(kind => kind.Value.Done + kind.Value.Refused > 10), kind => Assert.True(kind.Value.Done > 0, $"{kind.Key} was always refused."));
    }

    private static IReadOnlyList<Defect> CheckState(PlanEdit edit, PlanState before, EditResult result)
    {
        var (_, defects) = EditingCase.Read(result.State);
        Assert.DoesNotContain(defects, defect => !Allowed.Contains(defect.Kind));
        CheckAreas(edit, before, result);
        Assert.All(result.Changes, change => Assert.Equal(change.Before?.Polygon, before.Find(change.Id)?.Polygon));
        Assert.Equal(EditingCase.Bytes(before), EditingCase.Bytes(result.State.With(result.Changes.Select(change => change.Inverse()))));
        if (edit is not (DeleteEdit or ReshapeEdit { Neighbour: null }))
            Assert.Equal(HouseholdsOf(before), HouseholdsOf(result.State));
        return defects;
    }

    /// <summary>Kind, level, size and place; the grids around a gap are named differently by a family and by the whole.</summary>
    private static string Describe(IEnumerable<Defect> defects) => string.Join('\n', defects
        .Select(defect => $"{defect.Kind} {defect.Level} {defect.Measure} {defect.Blocks} {defect.Geometry.Normalized()}").Order(StringComparer.Ordinal));

    private static void CheckAreas(PlanEdit edit, PlanState before, EditResult result)
    {
        if (edit is CreateEdit or DeleteEdit { To: null } or ReshapeEdit { Neighbour: null } or ReparentEdit or TransferEdit)
            return; // Levels gain or lose ground by what was asked.
        var (was, becomes) = (EditingCase.Areas(before), EditingCase.Areas(result.State));
        foreach (var node in result.OuterNodes)
            was[node.Level] += node.DoubledArea;
        Assert.Equal(was, becomes);
    }

    private static int HouseholdsOf(PlanState state) =>
        state.Grids.Where(grid => grid.Level == Levels).Sum(grid => GridAttributes.HouseholdsOf(grid.Attributes) ?? 0);
}
