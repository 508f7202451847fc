using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Collects directed edges of many outlines and holds each undirected edge once, with what it changes: crossing it from right
/// to left adds its winding vector. Edges match by their exact end points. Not thread safe.
/// </summary>
internal sealed class EdgeTable(WindingTable windings, int expectedEdges = 0)
{
    private readonly PointNumbers vertices = new(expectedEdges);
    private readonly PairNumbers edgeNumbers = new(expectedEdges);
    private readonly HashSet<int> kept = [];
    private (int From, int To, int Delta)[] edges = new (int, int, int)[Math.Max(64, expectedEdges)];
    private int count;

    /// <summary>Adds an outline of a grid.</summary>
    /// <param name="ring">Closed or not; the grid lies to the left. Repeated points are passed over.</param>
    /// <param name="grid">Index of the grid.</param>
    public void AddRing(ReadOnlySpan<LatticePoint> ring, int grid)
    {
        var plus = windings.Intern([WindingTable.Entry(grid, 1)]);
        var first = vertices.NumberOf(ring[0]);
        var from = first;
        for (var i = 1; i < ring.Length; i++)
        {
            var to = vertices.NumberOf(ring[i]);
            Add(from, to, plus);
            from = to;
        }
        Add(from, first, plus);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">Two points or more.</param>
    /// <param name="delta">Left side minus right side; an empty one is held all the same.</param>
    public void AddLine(ReadOnlySpan<LatticePoint> line, int delta)
    {
        var from = vertices.NumberOf(line[0]);
        foreach (var point in line[1..])
        {
            var to = vertices.NumberOf(point);
            var edge = Add(from, to, delta);
            if (delta == WindingTable.Empty && edge >= 0)
                kept.Add(edge);
            from = to;
        }
    }

    /// <summary>All edges that change something (and those that were added although they change nothing). The table is of no use afterwards.</summary>
    public EdgeSet Seal()
    {
        var sealedCount = 0;
        var from = new int[count];
        var to = new int[count];
        var delta = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (edges[i].Delta == WindingTable.Empty && !kept.Contains(i))
                continue;
            (from[sealedCount], to[sealedCount], delta[sealedCount]) = edges[i];
            sealedCount++;
        }
        Array.Resize(ref from, sealedCount);
        Array.Resize(ref to, sealedCount);
        Array.Resize(ref delta, sealedCount);
        return new EdgeSet(vertices.Points.ToArray(), from, to, delta);
    }

    private int Add(int from, int to, int delta)
    {
        if (from == to)
            return -1;
        var number = edgeNumbers.NumberOf(from, to, out var isNew);
        if (isNew)
        {
            if (count == edges.Length)
                Array.Resize(ref edges, checked(count * 2));
            edges[count++] = (from, to, delta);
            return number;
        }
        ref var edge = ref edges[number];
        edge.Delta = windings.Add(edge.Delta, edge.From == from ? delta : windings.Negate(delta));
        return number;
    }
}

/// <summary>Straight edges between numbered vertices; no two join the same vertices.</summary>
/// <param name="Vertices">The points by number; some may have no edge.</param>
/// <param name="From">By edge: the vertex where it starts.</param>
/// <param name="To">By edge: the vertex where it ends.</param>
/// <param name="Delta">By edge: the winding vector of its left side minus that of its right side.</param>
internal sealed record EdgeSet(LatticePoint[] Vertices, int[] From, int[] To, int[] Delta)
{
    public int Count => From.Length;
}
