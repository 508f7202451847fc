namespace GridMap.Core.Coverages;

/// <summary>Looks for what is wrong with a coverage. Stateless and thread safe.</summary>
public static class CoverageValidator
{
    /// <summary>
    /// All geometric defects, grids without a parent, and codes that come twice. The kinds that need more than the coverage
    /// (<see cref="DefectKind.NobodyResponsible"/>, <see cref="DefectKind.HouseholdsOutOfRange"/>) are found elsewhere.
    /// </summary>
    /// <param name="coverage">Any coverage.</param>
    /// <param name="rules">What counts, and what blocks.</param>
    public static IReadOnlyList<Defect> Validate(Coverage coverage, DefectRules rules)
    {
        var defects = new List<Defect>();
        var tracing = new RegionTracing(coverage.Map);
        for (var level = 1; level <= CoverageGrid.MaxLevel; level++)
        {
            for (var face = 1; face < coverage.Faces.Count; face++)
            {
                var claims = coverage.Faces[face].ClaimsAt(level);
                if (claims.Length > 1)
                    defects.Add(new Defect(DefectKind.Overlap, level, [.. claims.ToArray().Select(grid => coverage.Grids[grid])],
                        tracing.Polygon([face]), new Measure(coverage.Map.SquareMetres[face], MeasureUnit.SquareMetres), rules.Blocks(DefectKind.Overlap)));
            }
        }
        return defects;
    }
}
