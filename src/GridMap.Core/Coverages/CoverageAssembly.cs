namespace GridMap.Core.Coverages;

/// <summary>Makes the arcs, faces and claims of a planar map out of edges that meet in their ends only.</summary>
internal static class CoverageAssembly
{
    /// <summary>The coverage whose borders are the given edges; null when these do not meet in their ends only and it shows.</summary>
    public static Coverage? FromEdges(CoverageGrid[] grids, EdgeSet edges, GridClaims claims, WindingTable windings)
    {
        if (PlanarMap.Trace(edges, windings) is not { } map)
            return null;
        map.SettleClaims(claims);
        return FromClaims(grids, map, windings);
    }

    /// <summary>The coverage of a map whose claims are settled, without the arcs that have the same claims on both sides.</summary>
    public static Coverage FromClaims(CoverageGrid[] grids, PlanarMap map, WindingTable windings)
    {
        if (!map.HasIdleArcs)
            return map.ToCoverage(grids, windings);
        var clean = PlanarMap.Trace(map.EdgesBetweenClaims(windings), windings)
            ?? throw new InvalidOperationException("Borders between claims do not close.");
        return clean.ToCoverage(grids, windings);
    }
}
