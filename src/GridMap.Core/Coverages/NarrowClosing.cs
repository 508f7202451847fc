using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Everything that a tolerance asks for, on a noded map: draws lines across narrow passages, then lets claims change hands.</summary>
internal sealed class NarrowClosing(
    CoverageGrid[] grids, ClaimFaults faults, GridClaims gridClaims, WindingTable windings, CoverageOptions options)
{
    // Absorbing a sliver can make one of what it lay between; each pass leaves fewer parts.
    private const int MaxSliverPasses = 100;

    // What was cut off an overhang can leave a slit where there was none; a second round closes it, and a third finds nothing.
    private const int MaxRounds = 5;

    /// <summary>What was changed, over all rounds.</summary>
    public RepairReport Report { get; } = new(grids, faults);

    /// <summary>How far the lines across passages moved a border.</summary>
    public double MovedMetres { get; private set; }

    /// <summary>Closes what is narrow, until nothing is.</summary>
    /// <param name="edges">Edges that meet in their ends only.</param>
    /// <param name="map">Their map, claims settled; it may change.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public PlanarMap Run(EdgeSet edges, PlanarMap map, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var (lined, hasLines) = WithLinesAcrossPassages(edges, map, cancellationToken);
            var arcMap = lined.ToArcMap();
            int[] before = [.. lined.Vectors];
            var transfers = Repair(arcMap, lined.Vectors, cancellationToken);
            if (transfers.Count == 0)
                return map;
            Report.Add(arcMap, before, lined.Vectors, transfers);
            var borders = lined.EdgesBetweenClaims(windings);
            edges = hasLines ? LineRemnants.Remove(borders, [.. edges.Vertices], windings) : borders;
            map = PlanarMap.Trace(edges, windings);
        }
        return map;
    }

    private (PlanarMap Map, bool HasLines) WithLinesAcrossPassages(EdgeSet edges, PlanarMap map, CancellationToken cancellationToken)
    {
        var arcMap = map.ToArcMap();
        var faulty = new ToleranceRepair(arcMap, map.Vectors, faults, options.ToleranceMetres).FaultyFaces();
        var passages = NarrowPassages.Find(arcMap, map.Vectors, faulty, options.ToleranceMetres);
        return passages.Count == 0 ? (map, false) : (WithLines(edges, passages, cancellationToken), true);
    }

    private List<Transfer> Repair(ArcMap map, int[] claims, CancellationToken cancellationToken)
    {
        var repair = new ToleranceRepair(map, claims, faults, options.ToleranceMetres);
        repair.Run(cancellationToken);
        var slivers = new SliverAbsorption(grids, map, claims, faults, options.Rules);
        for (var pass = 0; pass < MaxSliverPasses && slivers.Run(repair); pass++)
            cancellationToken.ThrowIfCancellationRequested();
        return repair.Transfers;
    }

    private PlanarMap WithLines(EdgeSet edges, List<LatticePoint[]> lines, CancellationToken cancellationToken)
    {
        var table = new EdgeTable(windings, edges.Count + lines.Count);
        for (var edge = 0; edge < edges.Count; edge++)
            table.AddLine([edges.Vertices[edges.From[edge]], edges.Vertices[edges.To[edge]]], edges.Delta[edge]);
        foreach (var line in lines)
            table.AddLine(line, WindingTable.Empty);
        var (noded, moved) = EdgeNoding.Node(table.Seal(), windings, cancellationToken);
        MovedMetres = Math.Max(MovedMetres, moved);
        var map = PlanarMap.Trace(noded, windings);
        map.SettleClaims(gridClaims);
        return map;
    }
}
