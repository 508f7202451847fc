using System.Diagnostics;
using GridMap.Bench.Territories;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;

namespace GridMap.Bench.Editing;

/// <summary>
/// What a planner waits for: 500 edits of every kind one after the other on the city, each with the defects of the families that it touched,
/// beside reading and validating the whole state, which is what an edit would take without the map of its neighbourhood.
/// </summary>
internal static class EditingBench
{
    public static Task RunAsync(BenchTable table)
    {
        var shapes = Territory.Create(TerritoryPlan.City);
        var state = PlanState.Of(shapes.Select(shape => new PlannedGrid(
            shape.Id, shape.Code, shape.Code, shape.Level, "village", shape.ParentId, shape.Polygon, "{\"households\":300}")));
        var whole = Whole(state);
        var edits = new RandomEdits(new Random(1));
        var nextId = state.Grids.Max(grid => grid.Id);
        var taken = state.Grids.Select(grid => grid.Code).ToHashSet(StringComparer.Ordinal);
        var times = new List<(string Kind, double Nanoseconds)>();
        var refused = 0;
        for (var i = 0; i < (BenchTable.IsQuick ? 100 : 500); i++)
        {
            var edit = edits.Next(state);
            var start = Stopwatch.GetTimestamp();
            var outcome = edit.Apply(state, new EditContext(() => ++nextId, taken.Contains, DefectRules.Default));
            if (outcome is EditResult result)
            {
                foreach (var family in FamilyDefects.TouchedBy(result.Changes, _ => false))
                    FamilyDefects.Find(result.State, family, DefectRules.Default);
                taken.UnionWith(result.Changes.Select(change => change.After?.Code ?? ""));
                state = result.State;
            }
            else
            {
                refused++;
            }
            times.Add((edit.Kind, Stopwatch.GetElapsedTime(start).TotalNanoseconds));
        }

        foreach (var kind in times.GroupBy(time => time.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            Console.WriteLine($"  {kind.Key}: {kind.Count()}, median {BenchTable.Nanoseconds(Rank(kind, 0.5))}, p99 {BenchTable.Nanoseconds(Rank(kind, 0.99))}");
        table.Add(
            $"{times.Count} edits of all kinds on the city of {shapes.Count:N0} grids, {refused} refused: median", "", BenchTable.Nanoseconds(Rank(times, 0.5)),
            $"the whole state read and validated: {BenchTable.Nanoseconds(whole)}; ratio {Rank(times, 0.5) / whole:0.####}", null);
        table.Add("the same: the slowest in a hundred", "", BenchTable.Nanoseconds(Rank(times, 0.99)), $"ratio {Rank(times, 0.99) / whole:0.###}", null);
        return Task.CompletedTask;
    }

    private static double Whole(PlanState state)
    {
        var start = Stopwatch.GetTimestamp();
        CoverageValidator.Validate(CoverageReader.Read(state.ToShapes()).Coverage!, DefectRules.Default);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static double Rank(IEnumerable<(string Kind, double Nanoseconds)> times, double share)
    {
        var sorted = times.Select(time => time.Nanoseconds).Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
