using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Arcs in one array, in canonical order and direction, so that equal maps have equal arcs wherever they came from: an open arc
/// runs from its smaller to its larger end, a closed one starts at its smallest point if no node lies on it, and arcs are sorted
/// by their first two points.
/// </summary>
/// <param name="Points">The points of all arcs, one arc after the other.</param>
/// <param name="Starts">By arc: where its points start, and a last entry for the end.</param>
/// <param name="Delta">By arc: winding vector of the left side minus the right side.</param>
internal sealed record ArcSet(LatticePoint[] Points, int[] Starts, int[] Delta)
{
    public int Count => Delta.Length;

    public ReadOnlySpan<LatticePoint> this[int arc] => Points.AsSpan(Starts[arc]..Starts[arc + 1]);

    public ReadOnlyMemory<LatticePoint> Memory(int arc) => Points.AsMemory(Starts[arc]..Starts[arc + 1]);

    /// <summary>Chains single edges to arcs.</summary>
    public static ArcSet FromEdges(EdgeSet edges, WindingTable windings)
    {
        var (lines, starts) = Chaining.Join(edges.Vertices.Length, edges.From, edges.To);
        var points = new LatticePoint[lines.Length + starts.Length - 1];
        var arcStarts = new int[starts.Length];
        var delta = new int[starts.Length - 1];
        var count = 0;
        for (var arc = 0; arc < delta.Length; arc++)
        {
            arcStarts[arc] = count;
            for (var i = starts[arc]; i < starts[arc + 1]; i++)
            {
                var (edge, backwards) = (lines[i] >> 1, (lines[i] & 1) == 1);
                if (i == starts[arc])
                {
                    points[count++] = edges.Vertices[backwards ? edges.To[edge] : edges.From[edge]];
                    delta[arc] = backwards ? windings.Negate(edges.Delta[edge]) : edges.Delta[edge];
                }
                points[count++] = edges.Vertices[backwards ? edges.From[edge] : edges.To[edge]];
            }
        }
        arcStarts[^1] = count;
        var order = Canonicalize(points, arcStarts, out var reversed);
        for (var arc = 0; arc < delta.Length; arc++)
            if (reversed[arc])
                delta[arc] = windings.Negate(delta[arc]);
        return Reorder(points, arcStarts, delta, order);
    }

    private static int[] Canonicalize(LatticePoint[] points, int[] starts, out bool[] reversed)
    {
        var count = starts.Length - 1;
        var ends = new PointNumbers(count);
        var degrees = new int[count * 2];
        for (var arc = 0; arc < count; arc++)
        {
            CountEnd(points[starts[arc]]);
            CountEnd(points[starts[arc + 1] - 1]);
        }
        reversed = new bool[count];
        var keys = new (LatticePoint, LatticePoint)[count];
        for (var arc = 0; arc < count; arc++)
        {
            var line = points.AsSpan(starts[arc]..starts[arc + 1]);
            if (line[0] == line[^1])
            {
                if (degrees[ends.NumberOf(line[0])] == 2)
                    CanonicalPolygon.StartAtSmallest(line);
                reversed[arc] = line[1] > line[^2];
            }
            else
            {
                reversed[arc] = line[0] > line[^1];
            }
            if (reversed[arc])
                line.Reverse();
            keys[arc] = (line[0], line[1]);
        }
        return Sorted(keys);

        void CountEnd(LatticePoint end) => degrees[ends.NumberOf(end)]++;
    }

    /// <summary>The numbers of the keys by rising key. No two are equal: arcs that start alike would overlap.</summary>
    private static int[] Sorted((LatticePoint, LatticePoint)[] keys)
    {
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(keys, order);
        return order;
    }

    private static ArcSet Reorder(LatticePoint[] points, int[] starts, int[] delta, int[] order)
    {
        var sortedPoints = new LatticePoint[points.Length];
        var sortedStarts = new int[starts.Length];
        var sortedDelta = new int[delta.Length];
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var arc = order[i];
            sortedStarts[i] = count;
            sortedDelta[i] = delta[arc];
            var line = points.AsSpan(starts[arc]..starts[arc + 1]);
            line.CopyTo(sortedPoints.AsSpan(count));
            count += line.Length;
        }
        sortedStarts[^1] = count;
        return new ArcSet(sortedPoints, sortedStarts, sortedDelta);
    }
}
