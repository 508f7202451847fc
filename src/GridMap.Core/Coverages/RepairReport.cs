using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>Says what the repairs of a build did, over one map after the other. Not thread safe.</summary>
internal sealed class RepairReport(CoverageGrid[] grids, ClaimFaults faults)
{
    /// <summary>What changed hands.</summary>
    public List<Repair> Repairs { get; } = [];

    /// <summary>By grid: area won plus area lost.</summary>
    public double[] ChangedSquareMetres { get; } = new double[grids.Length];

    /// <summary>Area of the faces whose claims changed.</summary>
    public double TotalChangedSquareMetres { get; private set; }

    /// <summary>Adds what happened on a map.</summary>
    /// <param name="map">Arcs and faces.</param>
    /// <param name="before">By face: its claims before.</param>
    /// <param name="after">By face: its claims after it all.</param>
    /// <param name="transfers">What changed hands.</param>
    public void Add(ArcMap map, int[] before, int[] after, List<Transfer> transfers)
    {
        var tracing = new RegionTracing(map);
        foreach (var transfer in transfers)
            Report(transfer, tracing.Polygon(CollectionsMarshal.AsSpan(transfer.Faces)));
        for (var face = 1; face < map.FaceCount; face++)
            if (before[face] != after[face])
                Account(EllipsoidalArea.ToSquareMetres(map.SquareMillimetres[face]), before[face], after[face]);
    }

    private void Report(Transfer transfer, MultiPolygon place)
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
            place,
            transfer.Measure.SquareMetres,
            transfer.Measure.WidthMetres));
    }

    private void Account(double squareMetres, int claimsBefore, int claimsAfter)
    {
        TotalChangedSquareMetres += squareMetres;
        var (before, after) = (faults.GridsOf(claimsBefore), faults.GridsOf(claimsAfter));
        foreach (var grid in before.Except(after).Concat(after.Except(before)))
            ChangedSquareMetres[grid] += squareMetres;
    }
}
