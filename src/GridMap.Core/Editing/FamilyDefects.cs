using GridMap.Core.Coverages;
using GridMap.Core.Grids;

namespace GridMap.Core.Editing;

/// <summary>
/// What is wrong with a state, family by family: a family is a parent with its children, or the outermost grids together. Whatever
/// <see cref="CoverageValidator"/> finds in the whole is found in some family, but for codes that come twice; so after an edit only the families
/// that it touched are looked at again. Stateless and thread safe.
/// </summary>
public static class FamilyDefects
{
    /// <summary>The family of the outermost grids; others have their parent's identity.</summary>
    public const long Outermost = 0;

    /// <summary>The families whose defects an edit may have changed, by rising number.</summary>
    /// <param name="changes">What the edit did.</param>
    /// <param name="isFaulty">Whether a family has defects: a vertex more on a border makes none, but moves the outline of those that there are.</param>
    public static IReadOnlyCollection<long> TouchedBy(IEnumerable<GridChange> changes, Predicate<long> isFaulty)
    {
        var families = new SortedSet<long>();
        foreach (var change in changes)
        {
            List<long> concerned = [change.Id, .. new[] { change.Before, change.After }.OfType<PlannedGrid>().Select(grid => grid.ParentId ?? Outermost)];
            families.UnionWith(change.Kind == GridChangeKind.ReNoded ? concerned.Where(family => isFaulty(family)) : concerned);
        }
        return families;
    }

    /// <summary>All families of a state, by rising number.</summary>
    public static IReadOnlyCollection<long> AllOf(PlanState state) =>
        new SortedSet<long>(state.Grids.Select(grid => grid.Id).Prepend(Outermost));

    /// <summary>The geometric defects of a family's children.</summary>
    /// <param name="state">The state.</param>
    /// <param name="family">The parent's identity, or <see cref="Outermost"/>; none is found in a family that is gone.</param>
    /// <param name="rules">What counts, and what blocks.</param>
    /// <returns>By kind; of a gap only those grids around it that are of the family.</returns>
    public static IReadOnlyList<Defect> Find(PlanState state, long family, DefectRules rules)
    {
        var children = state.ChildrenOf(family == Outermost ? null : family).OrderBy(grid => grid.Id).ToList();
        if (children.Count == 0)
            return [];
        var level = children.Min(child => child.Level);
        List<GridShape> shapes = [.. children.Select(child => child.ToShape())];
        if (state.Find(family) is { } parent)
            shapes.Insert(0, parent.ToShape());
        var reading = CoverageReader.Read(shapes);
        return reading.Coverage is { } coverage
            ? [.. CoverageValidator.Validate(coverage, rules).Where(defect => defect.Level >= level)]
            : reading.Defects;
    }

    /// <summary>Codes that several grids have, in the whole state.</summary>
    public static IReadOnlyList<Defect> DuplicateCodes(PlanState state, DefectRules rules) =>
        [.. state.Grids.GroupBy(grid => grid.Code, StringComparer.Ordinal).Where(same => same.Skip(1).Any()).Select(same => same.OrderBy(grid => grid.Id).ToList())
            .Select(same => new Defect(
                DefectKind.DuplicateCode, null, same.ConvertAll(grid => new CoverageGrid(grid.Id, grid.Code, grid.Level, grid.ParentId)), same[0].Polygon,
                new Measure(same.Count, MeasureUnit.Count), rules.Blocks(DefectKind.DuplicateCode)))];
}
