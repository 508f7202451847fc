using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// Borders between regions: arcs joined where only arcs of inner levels branch off, so that these do not keep points alive that nobody
/// sees. Used once; not thread safe.
/// </summary>
internal sealed class BorderChains
{
    private readonly Coverage coverage;
    private readonly bool[] drawn;

    // By half-arc (twice the arc, plus one backwards): the node that it leaves.
    private readonly int[] nodes;

    // By node: how many half-arcs of borders leave it, and the sum of two.
    private readonly int[] degrees;
    private readonly int[] sums;

    public BorderChains(Coverage coverage, GridRegions regions)
    {
        this.coverage = coverage;
        drawn = new bool[coverage.Arcs.Count];
        nodes = new int[2 * drawn.Length];
        var found = new Dictionary<LatticePoint, int>();
        for (var arc = 0; arc < drawn.Length; arc++)
        {
            var (points, left, right) = coverage.Arcs[arc];
            drawn[arc] = regions.Of(left) != regions.Of(right);
            if (!drawn[arc])
                continue;
            nodes[2 * arc] = Node(points.Span[0]);
            nodes[2 * arc + 1] = Node(points.Span[^1]);
        }

        degrees = new int[found.Count];
        sums = new int[found.Count];
        for (var half = 0; half < nodes.Length; half++)
        {
            if (!drawn[half >> 1])
                continue;
            degrees[nodes[half]]++;
            sums[nodes[half]] += half;
        }

        int Node(LatticePoint point)
        {
            if (!found.TryGetValue(point, out var node))
                found.Add(point, node = found.Count);
            return node;
        }
    }

    /// <summary>Each chain as its arcs from end to end, in the order of the arcs.</summary>
    public IEnumerable<List<ArcReference>> All()
    {
        for (var half = 0; half < nodes.Length; half++)
        {
            if (drawn[half >> 1] && degrees[nodes[half]] != 2)
                yield return Follow(half);
        }

        // What forks leave are loops.
        for (var half = 0; half < nodes.Length; half++)
        {
            if (drawn[half >> 1])
                yield return Follow(half);
        }
    }

    private List<ArcReference> Follow(int half)
    {
        var chain = new List<ArcReference>();
        while (drawn[half >> 1])
        {
            chain.Add(new ArcReference(half >> 1, (half & 1) == 0));
            drawn[half >> 1] = false;
            var back = half ^ 1;
            if (degrees[nodes[back]] != 2)
                break;
            half = sums[nodes[back]] - back;
        }

        return chain;
    }
}
