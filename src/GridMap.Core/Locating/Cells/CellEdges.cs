namespace GridMap.Core.Locating.Cells;

/// <summary>
/// The edges of one top cell, each once, as lines of points: edge i goes from point i to point i + 1. Each has a label, the set
/// of grids that have it on their border. Where it has been read once, an edge of the ring of a neighbour or of a parent only
/// extends the label. A buffer that is filled anew for every cell; not thread safe.
/// </summary>
internal sealed class CellEdges
{
    private readonly List<int> all = [], heads = [], next = [], rankOf = [], crossed = [];
    private readonly List<(int AX, int AY, int BX, int BY)> found = [];
    private readonly LabelTable labels = new();
    private int[] slots = [], x = [], y = [], labelOf = [];

    /// <summary>The places of all edges, ascending.</summary>
    public ReadOnlySpan<int> All => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all);

    /// <summary>Number of points of all lines.</summary>
    public int Points { get; private set; }

    public int X(int point) => x[point];

    public int Y(int point) => y[point];

    public int Label(int edge) => labelOf[edge];

    /// <summary>The ranks of a label, ascending.</summary>
    public ReadOnlySpan<int> Ranks(int label) => labels.Ranks(label);

    /// <summary>Takes the edges of a cell.</summary>
    public void Fill(ReadOnlySpan<CellEdge> edges)
    {
        Points = 0;
        all.Clear();
        heads.Clear();
        next.Clear();
        rankOf.Clear();
        found.Clear();
        labels.Clear();
        Collect(edges);
        ChainUp();
    }

    /// <summary>Moves a known point to another place of the cell along edges that it can meet on the way.</summary>
    public void Move(ref KnownPoint point, int toX, int toY, ReadOnlySpan<int> edges)
    {
        crossed.Clear();
        foreach (var e in edges)
        {
            if (CellGeometry.Crosses(x[e], y[e], x[e + 1], y[e + 1], point.X, point.Y, toX, toY))
                crossed.AddRange(labels.Ranks(labelOf[e]));
        }
        // They do not come in the order in which they are met: a long way could seem to lie in all grids on it at once.
        if (point.Count + crossed.Count > KnownPoint.Capacity)
            DropPairs(in point);
        foreach (var rank in crossed)
            point.Toggle(rank);
        (point.X, point.Y) = (toX, toY);
    }

    /// <summary>Leaves of what was crossed the grids that are left and those that are entered, in this order, each once.</summary>
    private void DropPairs(in KnownPoint point)
    {
        List<int> left = [], entered = [];
        foreach (var rank in crossed.GroupBy(rank => rank).Where(group => group.Count() % 2 == 1).Select(group => group.Key))
            (point.IsIn(rank) ? left : entered).Add(rank);
        crossed.Clear();
        crossed.AddRange(left);
        crossed.AddRange(entered);
    }

    /// <summary>Whether none of the edges passes through the point.</summary>
    public bool IsFree(int atX, int atY, ReadOnlySpan<int> edges)
    {
        foreach (var e in edges)
        {
            if (CellGeometry.IsOn(x[e], y[e], x[e + 1], y[e + 1], atX, atY))
                return false;
        }
        return true;
    }

    private void Collect(ReadOnlySpan<CellEdge> edges)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * edges.Length));
        if (slots.Length < size)
            slots = new int[size];
        var used = slots.AsSpan(0, size);
        used.Clear();
        foreach (ref readonly var edge in edges)
        {
            var at = Find(used, in edge);
            if (used[at] == 0)
            {
                found.Add((edge.AX, edge.AY, edge.BX, edge.BY));
                heads.Add(-1);
                used[at] = found.Count;
            }
            var unique = used[at] - 1;
            next.Add(heads[unique]);
            rankOf.Add(edge.Rank);
            heads[unique] = rankOf.Count - 1;
        }
    }

    private int Find(ReadOnlySpan<int> used, in CellEdge edge)
    {
        // The same for both directions.
        var mixed = ((ulong)(uint)(edge.AX + edge.BX) << 32 | (uint)(edge.AY + edge.BY)) * 0x9E3779B97F4A7C15UL
            ^ (ulong)(uint)(edge.AX ^ edge.BX) * 0xD6E8FEB86659FD93UL;
        var at = (int)(mixed >> 33) & (used.Length - 1);
        for (; used[at] != 0; at = (at + 1) & (used.Length - 1))
        {
            var (ax, ay, bx, by) = found[used[at] - 1];
            if ((ax == edge.AX && ay == edge.AY && bx == edge.BX && by == edge.BY) || (ax == edge.BX && ay == edge.BY && bx == edge.AX && by == edge.AY))
                break;
        }
        return at;
    }

    /// <summary>Lays the edges out as lines: an edge that goes on where the one before ended, with the same label, shares its point.</summary>
    private void ChainUp()
    {
        var most = 2 * found.Count;
        if (x.Length < most)
            (x, y, labelOf) = (new int[most], new int[most], new int[most]);
        for (var i = 0; i < found.Count; i++)
        {
            var label = labels.Of(heads[i], next, rankOf);
            if (label < 0)
                continue;
            var (ax, ay, bx, by) = found[i];
            var last = Points - 1;
            if (last < 0 || labelOf[last - 1] != label || x[last] != ax || y[last] != ay)
                last = AddPoint(ax, ay);
            labelOf[last] = label;
            all.Add(last);
            AddPoint(bx, by);
        }
    }

    private int AddPoint(int atX, int atY)
    {
        (x[Points], y[Points], labelOf[Points]) = (atX, atY, -1);
        return Points++;
    }
}
