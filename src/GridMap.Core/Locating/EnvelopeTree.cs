using System.Runtime.CompilerServices;

namespace GridMap.Core.Locating;

/// <summary>
/// A static R-tree over boxes, split at the median of the longer side and laid out in depth-first order: each node knows
/// the first node behind its own subtree, so a search is one walk forward through one array, without a stack and without
/// allocating. Immutable and thread safe.
/// </summary>
internal sealed class EnvelopeTree
{
    // From so many on the halves are built side by side; the tree is the same.
    private const int ParallelItems = 1 << 14;

    private readonly Node[] nodes;

    /// <summary>Indexes the boxes; an item is the position of its box among them.</summary>
    public EnvelopeTree(LatticeBox[] boxes)
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

    /// <summary>The items whose boxes are near a point; of the two halves of a node the nearer is searched first.</summary>
    public Approach Approaching(Surroundings surroundings) => new(nodes, surroundings);

    private void Build(LatticeBox[] boxes, Memory<int> items, int at)
    {
        if (items.Length == 1)
        {
            var item = items.Span[0];
            nodes[at] = new Node(boxes[item], at + 1, item);
            return;
        }
        SortAlongLongerSide(boxes, items.Span);
        var half = items.Length / 2;
        var second = at + 2 * half;
        if (items.Length >= ParallelItems)
            BuildSideBySide(boxes, (items[..half], at + 1), (items[half..], second));
        else
        {
            Build(boxes, items[..half], at + 1);
            Build(boxes, items[half..], second);
        }
        var box = nodes[at + 1].Box.Union(nodes[second].Box);
        nodes[at] = new Node(box, at + 2 * items.Length - 1, -1);
    }

    // What a lambda captures is made anew in every call of its method, and so this is one of its own.
    private void BuildSideBySide(LatticeBox[] boxes, (Memory<int> Items, int At) low, (Memory<int> Items, int At) high) =>
        Parallel.Invoke(() => Build(boxes, low.Items, low.At), () => Build(boxes, high.Items, high.At));

    private static void SortAlongLongerSide(LatticeBox[] boxes, Span<int> items)
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

    /// <summary>
    /// Walks the items whose boxes are not further than a limit, which may shrink from step to step. Nothing is allocated: what is left
    /// open is one half of each node on the way down.
    /// </summary>
    public struct Approach
    {
        private readonly Node[] nodes;
        private readonly Surroundings surroundings;
        private OpenNodes open;
        private int count;

        public Approach(Node[] nodes, Surroundings surroundings)
        {
            (this.nodes, this.surroundings) = (nodes, surroundings);
            if (nodes.Length > 0)
                Open(0);
        }

        public int Current { get; private set; }

        /// <param name="limit">Metres.</param>
        public bool MoveNext(double limit)
        {
            while (count > 0)
            {
                var (i, distance) = open[--count];
                if (distance > limit)
                    continue;
                if (nodes[i].Item >= 0)
                {
                    Current = nodes[i].Item;
                    return true;
                }
                OpenHalves(i + 1, nodes[i + 1].Next);
            }
            return false;
        }

        private void OpenHalves(int first, int second)
        {
            Open(first);
            Open(second);
            // The last is the next to be searched.
            if (open[count - 1].Distance > open[count - 2].Distance)
                (open[count - 1], open[count - 2]) = (open[count - 2], open[count - 1]);
        }

        private void Open(int node) => open[count++] = (node, surroundings.DistanceTo(nodes[node].Box));
    }

    // Halving an int's worth of items is done in fewer steps.
    [InlineArray(40)]
    private struct OpenNodes
    {
        private (int Node, double Distance) first;
    }

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
