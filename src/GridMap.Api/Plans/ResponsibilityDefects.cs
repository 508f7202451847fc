using System.Text.Json;
using GridMap.Api.Settings;
using GridMap.Core.Coverages;

namespace GridMap.Api.Plans;

/// <summary>The defects that need more than borders: nobody answers for a grid, or it has too few or too many households.</summary>
internal static class ResponsibilityDefects
{
    /// <summary>The attribute that holds the number of households of an innermost grid.</summary>
    public const string Households = "households";

    /// <summary>Looks at every grid of a state.</summary>
    /// <param name="grids">The state.</param>
    /// <param name="innermost">The level whose households are counted.</param>
    /// <param name="hasDuty">Whether somebody's term on that grid runs now; asked from several threads.</param>
    /// <param name="options">Bounds, and what blocks.</param>
    public static IEnumerable<Defect> Find(
        IReadOnlyList<PlanGrid> grids, int innermost, Func<long, bool> hasDuty, DefectOptions options)
    {
        var rules = options.ToRules();
        var found = new Defect[grids.Count][];
        Parallel.For(0, found.Length, i => found[i] = [.. Of(grids[i], innermost, hasDuty, options, rules)]);
        return found.SelectMany(defects => defects);
    }

    private static IEnumerable<Defect> Of(PlanGrid grid, int innermost, Func<long, bool> hasDuty, DefectOptions options, DefectRules rules)
    {
        if (!hasDuty(grid.GridId))
            yield return At(grid, DefectKind.NobodyResponsible, null, rules);
        if (grid.Level == innermost && HouseholdsOf(grid.AttributesJson) is { } households
            && (households < options.HouseholdsFrom || households > options.HouseholdsTo))
        {
            yield return At(grid, DefectKind.HouseholdsOutOfRange, new Measure(households, MeasureUnit.Count), rules);
        }
    }

    private static Defect At(PlanGrid grid, DefectKind kind, Measure? measure, DefectRules rules)
    {
        var concerned = new CoverageGrid(grid.GridId, grid.Code, grid.Level, grid.ParentId);
        return new Defect(kind, grid.Level, [concerned], InteriorPlace.Of(grid.Geometry), measure, rules.Blocks(kind, grid.Level));
    }

    private static int? HouseholdsOf(string attributes)
    {
        if (!attributes.Contains(Households, StringComparison.Ordinal))
            return null;
        using var json = JsonDocument.Parse(attributes);
        return json.RootElement.TryGetProperty(Households, out var value) && value.TryGetInt32(out var count) ? count : null;
    }
}
