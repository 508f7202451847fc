using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Collects directed edges of many outlines and holds each undirected edge once, with what it changes: crossing it from right
/// to left adds its winding vector. Edges match by their exact end points. Not thread safe.
/// </summary>
internal sealed class EdgeTable(WindingTable windings, int expectedEdges = 0)
{
    private readonly Dictionary<LatticePoint, int> vertexNumbers = new(expectedEdges);
    private readonly List<LatticePoint> vertices = new(expectedEdges);
    private readonly Dictionary<long, int> edgeNumbers = new(expectedEdges);
    private readonly List<(int From, int To)> edges = new(expectedEdges);
    private readonly List<int> deltas = new(expectedEdges);
    private readonly HashSet<int> kept = [];

    /// <summary>Adds an outline of a grid.</summary>
    /// <param name="ring">Closed or not; the grid lies to the left. Repeated points are passed over.</param>
    /// <param name="grid">Index of the grid.</param>
    public void AddRing(ReadOnlySpan<LatticePoint> ring, int grid)
    {
        var plus = windings.Intern([WindingTable.Entry(grid, 1)]);
        var first = VertexOf(ring[0]);
        var from = first;
        for (var i = 1; i < ring.Length; i++)
        {
            var to = VertexOf(ring[i]);
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
        var from = VertexOf(line[0]);
        foreach (var point in line[1..])
        {
            var to = VertexOf(point);
            var edge = Add(from, to, delta);
            if (delta == WindingTable.Empty && edge >= 0)
                kept.Add(edge);
            from = to;
        }
    }

    /// <summary>All edges that change something (and those that were added although they change nothing). The table is of no use afterwards.</summary>
    public EdgeSet Seal()
    {
        var count = 0;
        var from = new int[edges.Count];
        var to = new int[edges.Count];
        var delta = new int[edges.Count];
        for (var i = 0; i < edges.Count; i++)
        {
            if (deltas[i] == WindingTable.Empty && !kept.Contains(i))
                continue;
            (from[count], to[count]) = edges[i];
            delta[count++] = deltas[i];
        }
        Array.Resize(ref from, count);
        Array.Resize(ref to, count);
        Array.Resize(ref delta, count);
        return new EdgeSet([.. vertices], from, to, delta);
    }

    private int VertexOf(LatticePoint point)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(vertexNumbers, point, out var known);
        if (!known)
        {
            number = vertices.Count;
            vertices.Add(point);
        }
        return number;
    }

    private int Add(int from, int to, int delta)
    {
        if (from == to)
            return -1;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(edgeNumbers, KeyOf(from, to), out var known);
        if (!known)
        {
            number = edges.Count;
            edges.Add((from, to));
            deltas.Add(delta);
            return number;
        }
        deltas[number] = windings.Add(deltas[number], edges[number].From == from ? delta : windings.Negate(delta));
        return number;
    }

    /// <summary>
    /// Multiplying by an odd number is one-to-one and spreads the bits: the hash of a plain pair of numbers is their exclusive or, and
    /// edges mostly join vertices with neighbouring numbers.
    /// </summary>
    private static long KeyOf(int from, int to) =>
        (from < to ? ((long)from << 32) | (uint)to : ((long)to << 32) | (uint)from) * unchecked((long)0x9E3779B97F4A7C15);
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
