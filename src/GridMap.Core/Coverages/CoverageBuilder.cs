namespace GridMap.Core.Coverages;

/// <summary>Makes a coverage of polygons as they come in. Stateless and thread safe.</summary>
public static class CoverageBuilder
{
    /// <summary>
    /// Builds all levels together: each polygon is put on the lattice and repaired by itself, all borders are cut where they meet, faces are
    /// traced and labelled with all grids that claim them, what is narrower than the tolerance is closed, and what is left is listed.
    /// </summary>
    /// <param name="inputs">Grids with unique identities.</param>
    /// <param name="options">Tolerance and rules.</param>
    /// <param name="progress">Told of each stage as it begins; may be null.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="TangledBordersException">The polygons cross each other millions of times.</exception>
    /// <exception cref="ArgumentException">An identity comes twice, or a level is out of range.</exception>
    public static CoverageBuild Build(
        IReadOnlyList<CoverageInput> inputs, CoverageOptions options,
        IProgress<CoverageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var grids = GridList.Of(inputs.Select(input => new CoverageGrid(input.Id, input.Code, input.Level, input.ParentId)), nameof(inputs));
        var windings = new WindingTable();
        var hierarchy = new GridHierarchy(grids);
        progress?.Report(new CoverageProgress(CoverageStage.Entering, 0));
        var (entry, edges) = Enter(inputs, grids, options.Rules, windings, cancellationToken);

        progress?.Report(new CoverageProgress(CoverageStage.Noding, 0.4));
        var (noded, movedMetres) = EdgeNoding.Node(edges, windings, cancellationToken);

        progress?.Report(new CoverageProgress(CoverageStage.Tracing, 0.6));
        var map = PlanarMap.Trace(noded, windings);
        var gridClaims = new GridClaims(hierarchy, [.. inputs.Select(input => input.Geometry is null)], windings);
        map.SettleClaims(gridClaims);
        var faults = new ClaimFaults(grids, hierarchy, windings);
        var counts = CoverageCounts.Of(map.ToArcMap(), map.Vectors, faults, entry.Polygons, edges.Count, noded.Count);

        progress?.Report(new CoverageProgress(CoverageStage.Repairing, 0.7));
        var closing = new NarrowClosing(grids, faults, gridClaims, windings, options);
        if (options.ToleranceMetres > 0)
            map = closing.Run(noded, map, cancellationToken);
        var coverage = map.ToCoverage(grids, windings);

        progress?.Report(new CoverageProgress(CoverageStage.Validating, 0.9));
        // A geometry that was refused has been reported with its place; that the grid is empty says the same without one.
        var refused = entry.Defects.Select(defect => defect.Grids[0].Id).ToHashSet();
        var defects = CoverageValidator.Validate(coverage, options.Rules)
            .Where(defect => defect.Kind != DefectKind.InvalidRing || !refused.Contains(defect.Grids[0].Id));
        progress?.Report(new CoverageProgress(CoverageStage.Validating, 1));
        return new CoverageBuild(
            coverage,
            [.. entry.Repairs, .. closing.Report.Repairs],
            [.. entry.Defects, .. defects],
            Math.Max(entry.MovedMetres, Math.Max(movedMetres, closing.MovedMetres)),
            closing.Report.ChangedSquareMetres,
            closing.Report.TotalChangedSquareMetres,
            counts);
    }

    private static (InputEntry Entry, EdgeSet Edges) Enter(
        IReadOnlyList<CoverageInput> inputs, CoverageGrid[] grids, DefectRules rules, WindingTable windings, CancellationToken cancellationToken)
    {
        var table = new EdgeTable(windings);
        var entry = new InputEntry(grids, rules, table);
        entry.Take(InputEntry.Enter(inputs, cancellationToken), inputs);
        return (entry, table.Seal());
    }
}
