using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// The two directions of each arc (arc * 2 forwards, arc * 2 + 1 backwards) and their exact order by angle around the nodes.
/// Immutable and thread safe once made.
/// </summary>
internal sealed class HalfArcs
{
    private readonly int[] origins;
    private readonly int[] ranks;
    private readonly LineEnds rotation;

    public HalfArcs(ArcSet arcs)
    {
        var nodes = new PointNumbers(arcs.Count);
        var from = new int[arcs.Count];
        var to = new int[arcs.Count];
        origins = new int[arcs.Count * 2];
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            origins[arc * 2] = from[arc] = nodes.NumberOf(arcs[arc][0]);
            origins[arc * 2 + 1] = to[arc] = nodes.NumberOf(arcs[arc][^1]);
        }
        NodeCount = nodes.Count;
        rotation = LineEnds.Of(NodeCount, from, to);
        ranks = new int[arcs.Count * 2];
        for (var node = 0; node < NodeCount; node++)
        {
            var around = rotation.At(node);
            around.Sort((a, b) => ByAngle(arcs, a, b));
            for (var i = 0; i < around.Length; i++)
                ranks[around[i]] = i;
        }
    }

    public int Count => origins.Length;

    public int NodeCount { get; }

    public int Origin(int half) => origins[half];

    public int Destination(int half) => origins[half ^ 1];

    /// <summary>The next one clockwise around the same origin: the face to the right of the given one is to its left.</summary>
    public int Clockwise(int half)
    {
        var around = rotation.At(origins[half]);
        var rank = ranks[half];
        return around[rank == 0 ? around.Length - 1 : rank - 1];
    }

    /// <summary>The next one along the border of the face to the left.</summary>
    public int Next(int half) => Clockwise(half ^ 1);

    private static int ByAngle(ArcSet arcs, int a, int b)
    {
        if (a == b)
            return 0;
        var origin = Point(arcs, a, 0);
        var (toA, toB) = (Point(arcs, a, 1), Point(arcs, b, 1));
        var half = LowerHalf(origin, toA).CompareTo(LowerHalf(origin, toB));
        return half != 0 ? half : -LatticePredicates.Orientation(origin, toA, toB);
    }

    private static bool LowerHalf(LatticePoint origin, LatticePoint to) => to.Y < origin.Y || (to.Y == origin.Y && to.X < origin.X);

    private static LatticePoint Point(ArcSet arcs, int half, int index)
    {
        var line = arcs[half >> 1];
        return (half & 1) == 0 ? line[index] : line[^(index + 1)];
    }
}
