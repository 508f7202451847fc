using System.Runtime.InteropServices;

namespace GridMap.Core.Coverages;

/// <summary>Finds parts of grids that are slivers beside a larger part, and gives them to their neighbours. Not thread safe.</summary>
internal sealed class SliverAbsorption(CoverageGrid[] grids, ArcMap map, int[] claims, ClaimFaults faults, DefectRules rules)
{
    private readonly RegionTracing tracing = new(map);

    /// <summary>One pass over all grids, outer levels first.</summary>
    /// <returns>True when something changed hands, so that another pass may find more.</returns>
    public bool Run(ToleranceRepair repair)
    {
        var facesOf = FacesByGrid();
        var changed = false;
        foreach (var grid in Enumerable.Range(0, grids.Length).OrderBy(grid => grids[grid].Level))
        {
            if (facesOf[grid].Count < 2)
                continue;
            var parts = tracing.Pieces(CollectionsMarshal.AsSpan(facesOf[grid]));
            if (parts.Count < 2)
                continue;
            var measures = parts.ConvertAll(part => tracing.Measure(CollectionsMarshal.AsSpan(part)));
            var largest = measures.Max(measure => measure.SquareMetres);
            var keep = measures.FindIndex(measure => measure.SquareMetres == largest);
            for (var i = 0; i < parts.Count; i++)
            {
                if (i == keep || !rules.IsSliver(measures[i].SquareMetres, measures[i].WidthMetres))
                    continue;
                // What lies outside takes a sliver only if nobody else can.
                var taken = repair.BestNeighbour(parts[i], ClaimFault.None) ?? repair.BestNeighbour(parts[i], ClaimFault.ChildOutside);
                if (taken is not { } claim || !LeavesAllAlive(parts[i], claim, facesOf))
                    continue;
                foreach (var face in parts[i])
                    Move(face, claim, facesOf);
                repair.Give(parts[i], claim, RepairKind.SliverAbsorbed);
                changed = true;
            }
        }
        return changed;
    }

    /// <summary>True when no grid would lose its last face.</summary>
    private bool LeavesAllAlive(List<int> part, int taken, List<int>[] facesOf)
    {
        var receivers = faults.GridsOf(taken);
        var lost = new Dictionary<int, int>();
        foreach (var face in part)
            foreach (var grid in faults.GridsOf(claims[face]))
                if (!receivers.Contains(grid))
                    lost[grid] = lost.GetValueOrDefault(grid) + 1;
        return lost.All(loss => facesOf[loss.Key].Count > loss.Value);
    }

    private void Move(int face, int taken, List<int>[] facesOf)
    {
        foreach (var grid in faults.GridsOf(claims[face]))
            facesOf[grid].Remove(face);
        foreach (var grid in faults.GridsOf(taken))
            facesOf[grid].Add(face);
    }

    private List<int>[] FacesByGrid()
    {
        var facesOf = new List<int>[grids.Length];
        for (var grid = 0; grid < grids.Length; grid++)
            facesOf[grid] = [];
        for (var face = 1; face < map.FaceCount; face++)
            foreach (var grid in faults.GridsOf(claims[face]))
                facesOf[grid].Add(face);
        return facesOf;
    }
}
