using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Everything that a tolerance asks for, on a noded map: draws lines across narrow passages, then lets claims change hands.</summary>
internal sealed class NarrowClosing(
    CoverageGrid[] grids, ClaimFaults faults, GridClaims gridClaims, WindingTable windings, CoverageOptions options)
{
    /// <summary>The map with its claims changed, what was changed, and how far the lines across passages moved a border.</summary>
    public sealed record Outcome(PlanarMap Map, RepairReport Report, double MovedMetres);

    /// <summary>Closes what is narrow.</summary>
    /// <param name="edges">Edges that meet in their ends only.</param>
    /// <param name="map">Their map, claims settled; not changed if there are passages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Outcome Run(EdgeSet edges, PlanarMap map, CancellationToken cancellationToken)
    {
        var arcMap = map.ToArcMap();
        var faulty = new ToleranceRepair(arcMap, map.Vectors, faults, options.ToleranceMetres).FaultyFaces();
        var passages = NarrowPassages.Find(arcMap, map.Vectors, faulty, options.ToleranceMetres);
        if (passages.Count > 0)
        {
            // Most lines turn out to lie within what is closed; only those that stay as borders may leave vertices on their neighbours.
            var tried = WithLines(edges, passages, cancellationToken);
            Repair(tried.Map, cancellationToken);
            passages = LinesThatBecameBorders(tried.Map);
        }
        if (passages.Count == 0)
            return new Outcome(map, Repair(map, cancellationToken), 0);
        var (final, moved) = WithLines(edges, passages, cancellationToken);
        return new Outcome(final, Repair(final, cancellationToken), moved);
    }

    private RepairReport Repair(PlanarMap map, CancellationToken cancellationToken)
    {
        var report = new RepairReport(grids, map.ToArcMap(), [.. map.Vectors], faults);
        report.Repair(map.Vectors, options, cancellationToken);
        return report;
    }

    private (PlanarMap Map, double MovedMetres) WithLines(
        EdgeSet edges, List<LatticePoint[]> lines, CancellationToken cancellationToken)
    {
        var table = new EdgeTable(windings, edges.Count + lines.Count);
        for (var edge = 0; edge < edges.Count; edge++)
            table.AddLine([edges.Vertices[edges.From[edge]], edges.Vertices[edges.To[edge]]], edges.Delta[edge]);
        foreach (var line in lines)
            table.AddLine(line, WindingTable.Empty);
        var (noded, moved) = EdgeNoding.Node(table.Seal(), windings, cancellationToken);
        var map = PlanarMap.Trace(noded, windings);
        map.SettleClaims(gridClaims);
        return (map, moved);
    }

    private static List<LatticePoint[]> LinesThatBecameBorders(PlanarMap map)
    {
        var lines = new List<LatticePoint[]>();
        for (var arc = 0; arc < map.Arcs.Count; arc++)
            if (map.Arcs.Delta[arc] == WindingTable.Empty && map.Vectors[map.LeftFace[arc * 2]] != map.Vectors[map.LeftFace[arc * 2 + 1]])
                lines.Add(map.Arcs[arc].ToArray());
        return lines;
    }
}
