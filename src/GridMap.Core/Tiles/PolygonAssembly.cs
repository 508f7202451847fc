namespace GridMap.Core.Tiles;

/// <summary>
/// Makes polygons of border edges that have the inside to their left (numerically: exterior rings are positive). Edges touch only at their
/// ends, as snap rounding leaves them. What shrank to a line is dropped: of edges that run both ways, nothing or the difference is
/// left. Rings are simple and may touch each other at points. Cleared and used again; not thread safe.
/// </summary>
internal sealed class PolygonAssembly
{
    private readonly List<(TilePoint From, TilePoint To)> edges = [];
    private readonly List<TilePoint> path = [];
    private readonly Dictionary<TilePoint, int> places = [];
    private readonly List<TilePoint[]> shells = [];
    private readonly List<TilePoint[]> holes = [];
    private TilePoint[] starts = [];
    private TilePoint[] ends = [];
    private bool[] used = [];

    public void Clear() => edges.Clear();

    /// <summary>Adds an edge; one without length counts as none.</summary>
    public void Add(TilePoint from, TilePoint to)
    {
        if (from != to)
            edges.Add((from, to));
    }

    /// <summary>The polygons within all edges that were added, in a fixed order.</summary>
    public List<TilePolygon> Assemble()
    {
        shells.Clear();
        holes.Clear();
        Sort(edges);
        if (HasFork())
            Sort(Net());
        used = new bool[starts.Length];
        for (var edge = 0; edge < starts.Length; edge++)
        {
            if (!used[edge])
                Walk(edge);
        }

        return RingNesting.Nest(shells, holes);
    }

    private void Sort(List<(TilePoint From, TilePoint To)> unsorted)
    {
        unsorted.Sort((one, other) => TilePoint.ByXThenY.Compare(one.From, other.From));
        starts = [.. unsorted.Select(edge => edge.From)];
        ends = [.. unsorted.Select(edge => edge.To)];
    }

    private bool HasFork()
    {
        for (var i = 1; i < starts.Length; i++)
        {
            if (starts[i] == starts[i - 1])
                return true;
        }

        return false;
    }

    private List<(TilePoint From, TilePoint To)> Net()
    {
        var counts = new Dictionary<(TilePoint From, TilePoint To), int>();
        foreach (var (from, to) in edges)
        {
            if (counts.TryGetValue((to, from), out var back))
                counts[(to, from)] = back - 1;
            else
                counts[(from, to)] = counts.GetValueOrDefault((from, to)) + 1;
        }

        var net = new List<(TilePoint From, TilePoint To)>();
        foreach (var ((from, to), count) in counts)
        {
            if (count != 0)
                net.Add(count > 0 ? (from, to) : (to, from));
        }

        return net;
    }

    /// <summary>Follows the inside around until it is back, and closes a ring whenever a point comes again.</summary>
    private void Walk(int first)
    {
        path.Clear();
        places.Clear();
        Visit(starts[first]);
        for (var edge = first; edge >= 0 && !used[edge]; edge = Next(starts[edge], ends[edge]))
        {
            used[edge] = true;
            var point = ends[edge];
            if (places.TryGetValue(point, out var place))
                Close(place);
            else
                Visit(point);
        }
    }

    private void Visit(TilePoint point)
    {
        places.Add(point, path.Count);
        path.Add(point);
    }

    private void Close(int place)
    {
        TilePoint[] ring = [.. path[place..]];
        for (var i = place + 1; i < path.Count; i++)
            places.Remove(path[i]);
        path.RemoveRange(place + 1, path.Count - place - 1);
        var area = TilePoint.DoubledArea(ring);
        if (area > 0)
            shells.Add(ring);
        else if (area < 0)
            holes.Add(ring);
    }

    /// <summary>The edge that bounds the same piece of the inside after this one: the first to the left when looking back.</summary>
    private int Next(TilePoint from, TilePoint at)
    {
        var low = Array.BinarySearch(starts, at, TilePoint.ByXThenY);
        if (low < 0)
            return -1;
        while (low > 0 && starts[low - 1] == at)
            low--;
        var best = low;
        for (var i = low + 1; i < starts.Length && starts[i] == at; i++)
        {
            if (IsFirst(at, from, ends[i], ends[best]))
                best = i;
        }

        return best;
    }

    /// <summary>True when, turning clockwise from the way back, one comes before other.</summary>
    private static bool IsFirst(TilePoint at, TilePoint back, TilePoint one, TilePoint other)
    {
        int oneSide = Side(at, back, one), otherSide = Side(at, back, other);
        return oneSide != otherSide ? oneSide < otherSide : Cross(at, one, other) < 0;
    }

    // Clockwise from the way back: 0 less than half a turn, 1 straight on, 2 more than that.
    private static int Side(TilePoint at, TilePoint back, TilePoint to) => Cross(at, back, to) switch { < 0 => 0, 0 => 1, _ => 2 };

    private static long Cross(TilePoint at, TilePoint a, TilePoint b) =>
        (long)(a.X - at.X) * (b.Y - at.Y) - (long)(b.X - at.X) * (a.Y - at.Y);
}
