namespace GridMap.Core.Tiles;

/// <summary>
/// Finds for every point of every arc the tolerance from which on the arc does without it, for all zooms in one pass. Points go one
/// after the other, the least visible first, as in Visvalingam and Whyatt (1993); how visible a point is, is measured as the distance by which
/// the line would have strayed from all that was left out of it, so each simplified arc lies within its tolerance of the full one.
/// A point goes only if no other point of the coverage lies in the triangle that its going sweeps. So borders never cross, nothing changes
/// sides, and an arc is simplified once for both sides. Ends of arcs stay, and of a closed arc a triangle. Used once; not thread safe.
/// </summary>
internal sealed class ArcSimplifier
{
    private readonly MercatorPoint[] points;
    private readonly int[] arcs;
    private readonly int[] previous;
    private readonly int[] next;

    // By point: the most by which anything left out lies off the edge to the next point; by arc: points between its ends.
    private readonly double[] strays;
    private readonly int[] inner;
    private readonly bool[] closed;
    private readonly double[] weights;
    private readonly double[] keys;
    private readonly PriorityQueue<int, (double Key, int Point)> queue = new();
    private VertexIndex index;

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
        weights = new double[points.Length];
        keys = new double[points.Length];
        inner = new int[starts.Length - 1];
        closed = new bool[starts.Length - 1];
        index = new VertexIndex(points, TileScale.MaxZ);
        Array.Fill(weights, double.PositiveInfinity);
        for (var arc = 0; arc < inner.Length; arc++)
        {
            var (first, last) = (starts[arc], starts[arc + 1] - 1);
            closed[arc] = points[first] == points[last];
            inner[arc] = last - first - 1;
            for (var i = first; i <= last; i++)
            {
                arcs[i] = arc;
                previous[i] = i == first ? -1 : i - 1;
                next[i] = i == last ? -1 : i + 1;
            }
        }
    }

    /// <summary>By point: it is needed below this tolerance, in fine units; infinite for a point that is always needed.</summary>
    public double[] Weigh()
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (IsInner(i))
                Enqueue(i, 0);
        }

        var blocked = new List<int>();
        for (var z = TileScale.MaxZ; z >= 0; z--)
        {
            var tolerance = new TileScale(z).Tolerance;
            index = new VertexIndex(points, z);
            for (var i = 0; i < points.Length; i++)
            {
                if (weights[i] == double.PositiveInfinity)
                    index.Add(i);
            }

            // What others were in the way of gets another chance at the next zoom.
            foreach (var point in blocked.Where(point => double.IsNaN(keys[point])))
                Enqueue(point, Math.BitIncrement(new TileScale(z + 1).Tolerance));
            blocked.Clear();
            DropUpTo(tolerance, blocked);
        }

        return weights;
    }

    private void DropUpTo(double tolerance, List<int> blocked)
    {
        while (queue.TryPeek(out var point, out var priority) && priority.Key <= tolerance)
        {
            queue.Dequeue();
            if (priority.Key != keys[point] || weights[point] != double.PositiveInfinity)
                continue; // its corner has changed since, and waits under another key
            if (closed[arcs[point]] && inner[arcs[point]] <= 2)
                continue;
            if (index.AnyInTriangle(previous[point], point, next[point]))
            {
                keys[point] = double.NaN;
                blocked.Add(point);
            }
            else
            {
                Drop(point, priority.Key);
            }
        }
    }

    private void Drop(int point, double key)
    {
        var (before, after) = (previous[point], next[point]);
        weights[point] = key;
        inner[arcs[point]]--;
        index.Remove(point);
        strays[before] = key;
        next[before] = after;
        previous[after] = before;
        if (IsInner(before))
            Enqueue(before, key);
        if (IsInner(after))
            Enqueue(after, key);
    }

    private void Enqueue(int point, double atLeast)
    {
        var (before, after) = (previous[point], next[point]);
        var distance = points[point].DistanceTo(points[before], points[after]);
        keys[point] = Math.Max(atLeast, Math.Max(strays[before], strays[point]) + distance);
        queue.Enqueue(point, (keys[point], point));
    }

    private bool IsInner(int point) => previous[point] >= 0 && next[point] >= 0;
}
