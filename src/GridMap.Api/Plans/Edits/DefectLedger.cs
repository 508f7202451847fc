using System.Collections.Immutable;
using GridMap.Api.Settings;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;

namespace GridMap.Api.Plans.Edits;

/// <summary>
/// All defects of a state by what they hang on, so that an edit replaces only what it touched: families of grids, codes, and single grids for who
/// answers for them and how many households they have. Immutable and thread safe.
/// </summary>
internal sealed class DefectLedger
{
    /// <summary>What defects of codes hang on.</summary>
    public const long CodesFamily = -1;

    private readonly ImmutableDictionary<long, IReadOnlyList<PlanDefect>> families;
    private readonly ImmutableDictionary<long, IReadOnlyList<PlanDefect>> grids;

    private DefectLedger(ImmutableDictionary<long, IReadOnlyList<PlanDefect>> families, ImmutableDictionary<long, IReadOnlyList<PlanDefect>> grids)
    {
        this.families = families;
        this.grids = grids;
    }

    /// <summary>How many there are.</summary>
    public int Count => families.Values.Concat(grids.Values).Sum(list => list.Count);

    /// <summary>How many keep the plan from being published.</summary>
    public int Blocking => families.Values.Concat(grids.Values).Sum(list => list.Count(defect => defect.Blocks));

    /// <summary>All defects with what they hang on: a family or a grid.</summary>
    public IEnumerable<(long? Family, long? Grid, PlanDefect Defect)> Rows =>
        families.OrderBy(family => family.Key).SelectMany(family => family.Value.Select(defect => ((long?)family.Key, (long?)null, defect)))
            .Concat(grids.OrderBy(grid => grid.Key).SelectMany(grid => grid.Value.Select(defect => ((long?)null, (long?)grid.Key, defect))));

    /// <summary>Looks at a whole state.</summary>
    public static DefectLedger Of(PlanState state, Func<long, bool> hasDuty, DefectOptions options)
    {
        var rules = options.ToRules();
        var found = FamilyDefects.AllOf(state).AsParallel().Select(family => (family, Defects: Stored(FamilyDefects.Find(state, family, rules))))
            .Where(family => family.Defects.Count > 0).ToImmutableDictionary(family => family.family, family => family.Defects);
        var all = new DefectLedger(found, ImmutableDictionary<long, IReadOnlyList<PlanDefect>>.Empty);
        return all.WithCodes(state, rules).WithGrids(state, state.Grids.Select(grid => grid.Id), hasDuty, options);
    }

    /// <summary>The ledger after an edit.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="changes">What it did.</param>
    /// <param name="hasDuty">Whether somebody answers for a grid.</param>
    /// <param name="options">Bounds, and what blocks.</param>
    public DefectLedger After(PlanState state, IReadOnlyList<GridChange> changes, Func<long, bool> hasDuty, DefectOptions options)
    {
        var rules = options.ToRules();
        var next = families.ToBuilder();
        foreach (var family in FamilyDefects.TouchedBy(changes, families.ContainsKey))
            Put(next, family, Stored(FamilyDefects.Find(state, family, rules)));
        var ledger = new DefectLedger(next.ToImmutable(), grids);
        if (changes.Any(change => change.Before?.Code != change.After?.Code))
            ledger = ledger.WithCodes(state, rules);
        return ledger.WithGrids(state, changes.Select(change => change.Id), hasDuty, options);
    }

    /// <summary>What of this is not in another: by kind, grids and measure.</summary>
    public IReadOnlyList<PlanDefect> Except(DefectLedger other)
    {
        var differing = Differing(other);
        var theirs = differing.SelectMany(other.Of).Select(Key).ToHashSet();
        return [.. differing.SelectMany(Of).Where(defect => !theirs.Contains(Key(defect)))];
    }

    /// <summary>What the defects hang on that are not the same in another ledger; an edit leaves all but a few as they are.</summary>
    public IReadOnlyList<(long? Family, long? Grid)> Differing(DefectLedger other) =>
    [
        .. Differing(families, other.families).Order().Select(family => ((long?)family, (long?)null)),
        .. Differing(grids, other.grids).Order().Select(grid => ((long?)null, (long?)grid)),
    ];

    /// <summary>The defects that hang on a family or a grid.</summary>
    public IReadOnlyList<PlanDefect> Of((long? Family, long? Grid) subject) => subject switch
    {
        ({ } family, _) => families.GetValueOrDefault(family, []),
        (_, { } grid) => grids.GetValueOrDefault(grid, []),
        _ => [],
    };

    private static IEnumerable<long> Differing(ImmutableDictionary<long, IReadOnlyList<PlanDefect>> one, ImmutableDictionary<long, IReadOnlyList<PlanDefect>> other) =>
        one.Where(entry => !other.TryGetValue(entry.Key, out var list) || !ReferenceEquals(list, entry.Value)).Select(entry => entry.Key)
            .Concat(other.Keys.Where(key => !one.ContainsKey(key)));

    private static (string, int?, string, double?) Key(PlanDefect defect) =>
        (defect.Kind, defect.Level, string.Join(' ', defect.Codes), defect.Measure is { } measure ? Math.Round(measure, 3) : null);

    private DefectLedger WithCodes(PlanState state, DefectRules rules)
    {
        var next = families.ToBuilder();
        Put(next, CodesFamily, Stored(FamilyDefects.DuplicateCodes(state, rules)));
        return new DefectLedger(next.ToImmutable(), grids);
    }

    private DefectLedger WithGrids(PlanState state, IEnumerable<long> changed, Func<long, bool> hasDuty, DefectOptions options)
    {
        var ids = changed.ToHashSet();
        var next = grids.ToBuilder();
        next.RemoveRange(ids);
        var innermost = state.Count == 0 ? 1 : state.Grids.Max(grid => grid.Level);
        var left = ids.Select(state.Find).OfType<PlannedGrid>().Select(PlanGrid.Of).ToList();
        foreach (var grid in ResponsibilityDefects.Find(left, innermost, hasDuty, options).GroupBy(defect => defect.Grids[0].Id))
            next[grid.Key] = Stored(grid);
        return new DefectLedger(families, next.ToImmutable());
    }

    private static void Put(ImmutableDictionary<long, IReadOnlyList<PlanDefect>>.Builder families, long family, IReadOnlyList<PlanDefect> defects)
    {
        if (defects.Count > 0)
            families[family] = defects;
        else
            families.Remove(family);
    }

    private static IReadOnlyList<PlanDefect> Stored(IEnumerable<Defect> defects) => [.. defects.Select(PlanDefect.Of)];
}
