namespace GridMap.Core.Locating;

/// <summary>
/// A static R-tree over boxes, split at the median of the longer side and laid out in depth-first order: each node knows
/// the first node behind its own subtree, so a search is one walk forward through one array, without a stack and without
/// allocating. Immutable and thread safe.
/// </summary>
internal sealed class EnvelopeTree
{
    private readonly Node[] nodes;

    /// <summary>Indexes the boxes; an item is the position of its box in the span.</summary>
    public EnvelopeTree(ReadOnlySpan<LatticeBox> boxes)
    {
        nodes = new Node[Math.Max(0, 2 * boxes.Length - 1)];
        var items = new int[boxes.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = i;
        if (items.Length > 0)
            Build(boxes, items, 0);
    }

    /// <summary>The items whose boxes meet the box, in no order that means anything.</summary>
    public Hits Meeting(LatticeBox box) => new(nodes, box);

    /// <summary>
    /// All items, nearest box first, with the distance of the box: stop when that exceeds the best found so far.
    /// Unlike <see cref="Meeting"/> this allocates (a heap of the nodes in question).
    /// </summary>
    /// <param name="distance">Distance to a box; that to a box within it must not be less.</param>
    public IEnumerable<(int Item, double Distance)> ByDistance(Func<LatticeBox, double> distance)
    {
        if (nodes.Length == 0)
            yield break;
        var open = new PriorityQueue<int, double>();
        open.Enqueue(0, distance(nodes[0].Box));
        while (open.TryDequeue(out var i, out var nearest))
        {
            if (nodes[i].Item >= 0)
            {
                yield return (nodes[i].Item, nearest);
                continue;
            }
            var second = nodes[i + 1].Next;
            open.Enqueue(i + 1, distance(nodes[i + 1].Box));
            open.Enqueue(second, distance(nodes[second].Box));
        }
    }

    private LatticeBox Build(ReadOnlySpan<LatticeBox> boxes, Span<int> items, int at)
    {
        if (items.Length == 1)
        {
            nodes[at] = new Node(boxes[items[0]], at + 1, items[0]);
            return nodes[at].Box;
        }
        SortAlongLongerSide(boxes, items);
        var half = items.Length / 2;
        var second = at + 2 * half;
        var box = Build(boxes, items[..half], at + 1).Union(Build(boxes, items[half..], second));
        nodes[at] = new Node(box, at + 2 * items.Length - 1, -1);
        return box;
    }

    private static void SortAlongLongerSide(ReadOnlySpan<LatticeBox> boxes, Span<int> items)
    {
        var all = LatticeBox.Empty;
        foreach (var item in items)
            all = all.Union(boxes[item]);
        var alongX = all.MaxX - all.MinX >= all.MaxY - all.MinY;
        var centres = new long[items.Length];
        for (var i = 0; i < centres.Length; i++)
        {
            var box = boxes[items[i]];
            centres[i] = alongX ? box.MinX + box.MaxX : box.MinY + box.MaxY;
        }
        centres.AsSpan().Sort(items);
    }

    /// <summary>A box, the node behind its subtree, and its item: -1 for an inner node.</summary>
    internal readonly record struct Node(LatticeBox Box, int Next, int Item);

    /// <summary>Walks the items whose boxes meet a box; for use in <c>foreach</c>.</summary>
    public struct Hits(Node[] nodes, LatticeBox box)
    {
        private int next;

        public int Current { get; private set; }

        public readonly Hits GetEnumerator() => this;

        public bool MoveNext()
        {
            while (next < nodes.Length)
            {
                ref readonly var node = ref nodes[next];
                if (!node.Box.Intersects(box))
                {
                    next = node.Next;
                    continue;
                }
                next++;
                if (node.Item < 0)
                    continue;
                Current = node.Item;
                return true;
            }
            return false;
        }
    }
}
