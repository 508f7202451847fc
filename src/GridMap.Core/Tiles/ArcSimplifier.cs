namespace GridMap.Core.Tiles;

/// <summary>
/// Finds which points of arcs each zoom does without, from the deepest outwards, each zoom going on from the one before. Points go one
/// after the other, the least visible first, as with Visvalingam and Whyatt (1993); a point is as visible as the line would then
/// stray from all that was left out of it, so each simplified arc lies within the zoom's tolerance of the full one. A point goes only if
/// no other point of any arc lies in the triangle that its going sweeps: so borders never cross and nothing changes sides.
/// Ends of arcs stay, and of a closed arc a triangle. Used once; not thread safe.
/// </summary>
internal sealed class ArcSimplifier
{
    /// <summary>The last zoom of a point that all zooms need.</summary>
    public const sbyte Needed = -1;

    private readonly MercatorPoint[] points;
    private readonly int[] arcs;
    private readonly int[] previous;
    private readonly int[] next;

    // By point: the most by which anything left out lies off the edge to the next point; by arc: points between its ends.
    private readonly double[] strays;
    private readonly int[] inner;
    private readonly bool[] closed;
    private readonly bool[] isFirst;
    private readonly sbyte[] lastZooms;
    private readonly double[] keys;
    private readonly PriorityQueue<int, (double Key, int Point)> queue = new();

    /// <summary>Takes arcs that touch only at their ends.</summary>
    /// <param name="points">The points of all arcs, one after the other.</param>
    /// <param name="starts">Where each arc starts, and the end.</param>
    public ArcSimplifier(MercatorPoint[] points, int[] starts)
    {
        this.points = points;
        arcs = new int[points.Length];
        previous = new int[points.Length];
        next = new int[points.Length];
        strays = new double[points.Length];
        lastZooms = new sbyte[points.Length];
        keys = new double[points.Length];
        inner = new int[starts.Length - 1];
        closed = new bool[starts.Length - 1];
        isFirst = new bool[points.Length];
        Array.Fill(lastZooms, Needed);
        for (var arc = 0; arc < inner.Length; arc++)
        {
            var (first, last) = (starts[arc], starts[arc + 1] - 1);
            closed[arc] = points[first] == points[last];
            inner[arc] = last - first - 1;
            isFirst[first] = true;
            for (var i = first; i <= last; i++)
            {
                arcs[i] = arc;
                previous[i] = i == first ? -1 : i - 1;
                next[i] = i == last ? -1 : i + 1;
            }
        }
    }

    /// <summary>By point: the deepest of these zooms that does without it; -1 for a point that all need.</summary>
    /// <param name="outermostZ">The last zoom to serve.</param>
    /// <param name="deepestZ">The first zoom to serve.</param>
    public sbyte[] Simplify(int outermostZ, int deepestZ)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (IsInner(i))
                Measure(i);
        }

        // The points that are left. Once a zoom is done, those that it dropped are taken out.
        var left = Enumerable.Range(0, points.Length).ToArray();
        for (var z = deepestZ; z >= outermostZ; z--)
        {
            var tolerance = new TileScale(z).Tolerance;
            foreach (var point in left)
            {
                // Among these are the ones that something was in the way of at the zoom before.
                if (IsInner(point) && keys[point] <= tolerance)
                    queue.Enqueue(point, (keys[point], point));
            }

            if (queue.Count == 0)
                continue;
            DropUpTo(tolerance, z, new VertexIndex(points, left, lastZooms, VertexIndex.CellBits(points, left, isFirst)));
            left = Array.FindAll(left, point => lastZooms[point] == Needed);
        }

        return lastZooms;
    }

    private void DropUpTo(double tolerance, int z, VertexIndex index)
    {
        while (queue.TryDequeue(out var point, out var priority))
        {
            if (priority.Key != keys[point] || lastZooms[point] != Needed)
                continue; // its corner has changed since, and waits under another key
            if (closed[arcs[point]] && inner[arcs[point]] <= 2)
                continue;
            var (before, after) = (previous[point], next[point]);
            if (index.AnyInTriangle(before, point, after))
                continue;
            lastZooms[point] = (sbyte)z;
            inner[arcs[point]]--;
            strays[before] = priority.Key;
            next[before] = after;
            previous[after] = before;
            foreach (var neighbour in (ReadOnlySpan<int>)[before, after])
            {
                if (!IsInner(neighbour))
                    continue;
                Measure(neighbour);
                if (keys[neighbour] <= tolerance)
                    queue.Enqueue(neighbour, (keys[neighbour], neighbour));
            }
        }
    }

    private void Measure(int point)
    {
        var (before, after) = (previous[point], next[point]);
        keys[point] = Math.Max(strays[before], strays[point]) + points[point].DistanceTo(points[before], points[after]);
    }

    private bool IsInner(int point) => previous[point] >= 0 && next[point] >= 0;
}
