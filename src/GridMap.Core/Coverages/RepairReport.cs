using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Runs the repairs of a build and says what they did. Not thread safe.</summary>
internal sealed class RepairReport
{
    // Absorbing a sliver can make one of what it lay between; each pass leaves fewer parts.
    private const int MaxPasses = 100;

    private readonly CoverageGrid[] grids;
    private readonly ArcMap map;
    private readonly int[] claimsBefore;
    private readonly ClaimFaults faults;
    private readonly RegionTracing tracing;

    /// <param name="grids">All grids.</param>
    /// <param name="map">Arcs and faces.</param>
    /// <param name="claimsBefore">By face: its claims before any repair.</param>
    /// <param name="faults">What is wrong with claims.</param>
    public RepairReport(CoverageGrid[] grids, ArcMap map, int[] claimsBefore, ClaimFaults faults)
    {
        this.grids = grids;
        this.map = map;
        this.claimsBefore = claimsBefore;
        this.faults = faults;
        tracing = new RegionTracing(map);
        ChangedSquareMetres = new double[grids.Length];
    }

    /// <summary>What changed hands.</summary>
    public List<Repair> Repairs { get; } = [];

    /// <summary>By grid: area won plus area lost.</summary>
    public double[] ChangedSquareMetres { get; }

    /// <summary>Area of the faces whose claims changed.</summary>
    public double TotalChangedSquareMetres { get; private set; }

    /// <summary>Figures of the map as it is before repairs.</summary>
    public CoverageCounts Count(int polygons, int inputEdges, int nodedEdges)
    {
        var counts = new int[4];
        var areas = new Int128[4];
        for (var face = 1; face < map.FaceCount; face++)
        {
            var fault = (int)faults.Of(claimsBefore[face]).Fault;
            counts[fault]++;
            areas[fault] += map.SquareMillimetres[face];
        }
        return new CoverageCounts(
            polygons, inputEdges, nodedEdges, map.FaceCount - 1,
            counts[(int)ClaimFault.Gap], EllipsoidalArea.ToSquareMetres(areas[(int)ClaimFault.Gap]),
            counts[(int)ClaimFault.Overlap], EllipsoidalArea.ToSquareMetres(areas[(int)ClaimFault.Overlap]),
            counts[(int)ClaimFault.ChildOutside], EllipsoidalArea.ToSquareMetres(areas[(int)ClaimFault.ChildOutside]));
    }

    /// <summary>Repairs, and fills the report.</summary>
    /// <param name="claims">By face: its claims; changed.</param>
    /// <param name="options">Tolerance and what is a sliver.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Repair(int[] claims, CoverageOptions options, CancellationToken cancellationToken)
    {
        var repair = new ToleranceRepair(map, claims, faults, options.ToleranceMetres);
        repair.Run(cancellationToken);
        var slivers = new SliverAbsorption(grids, map, claims, faults, options.Rules);
        for (var pass = 0; pass < MaxPasses && slivers.Run(repair); pass++)
            cancellationToken.ThrowIfCancellationRequested();

        foreach (var transfer in repair.Transfers)
            Report(transfer);
        for (var face = 1; face < map.FaceCount; face++)
            if (claims[face] != claimsBefore[face])
                Account(face, claims[face]);
    }

    private void Report(Transfer transfer)
    {
        var (before, after) = (faults.GridsOf(transfer.Before), faults.GridsOf(transfer.After));
        var concerned = new List<int>();
        concerned.AddRange(Enumerable.Reverse(after.Except(before)));
        concerned.AddRange(Enumerable.Reverse(before.Except(after)));
        if (concerned.Count == 0 || (after.Length > 0 && concerned[0] != after[^1]))
            concerned.Insert(0, after[^1]);
        Repairs.Add(new Repair(
            transfer.Kind,
            [.. concerned.Distinct().Select(grid => grids[grid])],
            tracing.Polygon(CollectionsMarshal.AsSpan(transfer.Faces)),
            transfer.Measure.SquareMetres,
            transfer.Measure.WidthMetres));
    }

    private void Account(int face, int claims)
    {
        var area = EllipsoidalArea.ToSquareMetres(map.SquareMillimetres[face]);
        TotalChangedSquareMetres += area;
        var (before, after) = (faults.GridsOf(claimsBefore[face]), faults.GridsOf(claims));
        foreach (var grid in before.Except(after).Concat(after.Except(before)))
            ChangedSquareMetres[grid] += area;
    }
}
