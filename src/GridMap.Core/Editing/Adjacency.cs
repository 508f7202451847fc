using GridMap.Core.Coordinates;

namespace GridMap.Core.Editing;

/// <summary>Which grids share borders, by exact vertex match. Stateless and thread safe.</summary>
internal static class Adjacency
{
    /// <summary>True when two grids of one level share an edge.</summary>
    public static bool AreNeighbours(PlannedGrid one, PlannedGrid other)
    {
        if (!one.Polygon.EnvelopeInternal.Intersects(other.Polygon.EnvelopeInternal))
            return false;
        var edges = EdgesOf(one).ToHashSet();
        return EdgesOf(other).Any(edge => edges.Contains((edge.To, edge.From)));
    }

    /// <summary>The first grid that does not hang together with the first of all, through others among them; null when all do.</summary>
    public static PlannedGrid? Apart(IReadOnlyList<PlannedGrid> grids)
    {
        var left = grids.Skip(1).ToList();
        var open = new Stack<PlannedGrid>([grids[0]]);
        while (open.TryPop(out var grid))
        {
            foreach (var neighbour in left.Where(other => AreNeighbours(grid, other)).ToList())
            {
                left.Remove(neighbour);
                open.Push(neighbour);
            }
        }
        return left.FirstOrDefault();
    }

    private static IEnumerable<(LatticePoint From, LatticePoint To)> EdgesOf(PlannedGrid grid) =>
        Rings.Of(grid.Polygon).SelectMany(ring => ring.Skip(1).Select((point, i) => (ring[i], point)));
}
