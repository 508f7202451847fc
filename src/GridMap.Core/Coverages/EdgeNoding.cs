using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;

namespace GridMap.Core.Coverages;

/// <summary>Cuts edges where they meet, on the lattice, so that they meet in their ends only.</summary>
internal static class EdgeNoding
{
    // One pass of snap rounding leaves nothing in practice; it is checked exactly all the same.
    private const int MaxPasses = 8;

    /// <summary>The edges themselves if they meet in their ends only, else their pieces after snap rounding.</summary>
    /// <param name="edges">Edges on the lattice.</param>
    /// <param name="windings">The table that their deltas are from.</param>
    /// <param name="cancellationToken">Looked at between passes.</param>
    public static EdgeSet Node(EdgeSet edges, WindingTable windings, CancellationToken cancellationToken)
    {
        for (var pass = 0; !PlanarityCheck.IsPlanar(edges); pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pass == MaxPasses)
                throw new InvalidOperationException("Snap rounding left borders that cross.");
            edges = SnapRound(edges, windings);
        }
        return edges;
    }

    private static EdgeSet SnapRound(EdgeSet edges, WindingTable windings)
    {
        // Chained first: each border once, however many grids and levels it belongs to.
        var arcs = ArcSet.FromEdges(edges, windings);
        var strings = new List<ISegmentString>(arcs.Count);
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var line = arcs[arc];
            var coordinates = new Coordinate[line.Length];
            for (var i = 0; i < line.Length; i++)
                coordinates[i] = line[i].ToCoordinate();
            strings.Add(new NodedSegmentString(coordinates, arcs.Delta[arc]));
        }
        var noder = new SnapRoundingNoder(Lattice.PrecisionModel);
        noder.ComputeNodes(strings);
        var table = new EdgeTable(windings, edges.Count * 2);
        foreach (var piece in noder.GetNodedSubstrings())
            table.AddLine([.. piece.Coordinates.Select(LatticePoint.From)], (int)piece.Context);
        return table.Seal();
    }
}
