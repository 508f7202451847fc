using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// Cuts the rounded arcs of a tile into pieces at nodes: at their ends, on the tile's sides, and wherever arcs came to touch. What runs
/// along another one, vertex for vertex, becomes pieces of one edge. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class BorderPieces
{
    private const int NotYet = -1;

    private readonly List<BorderPiece> pieces = [];
    private readonly List<int> nodes = [];
    private readonly List<int> onSides = [];
    private bool[] isVisited = [];
    private bool[] isNode = [];
    private int[] nodeOfPixel = [];
    private SnapRounding rounded = null!;

    public Span<BorderPiece> Pieces => CollectionsMarshal.AsSpan(pieces);

    /// <summary>By node, its pixel.</summary>
    public ReadOnlySpan<int> Nodes => CollectionsMarshal.AsSpan(nodes);

    /// <summary>The nodes on the tile's sides.</summary>
    public ReadOnlySpan<int> OnSides => CollectionsMarshal.AsSpan(onSides);

    public void Cut(SnapRounding from, SimplifiedArcs arcs)
    {
        rounded = from;
        pieces.Clear();
        nodes.Clear();
        onSides.Clear();
        FindNodes();
        var visits = rounded.Visits;
        foreach (var (arc, start, end, isAlone) in rounded.Runs)
        {
            // Y grows southwards in tiles, which makes left right.
            ref readonly var of = ref arcs[arc];
            var (left, right, level) = (of.RightRegion, of.LeftRegion, of.BorderLevel);
            if (isAlone)
            {
                pieces.Add(new BorderPiece(start, end - 1, NodeOf(visits[start]), NodeOf(visits[end - 1]), left, right, level));
                continue;
            }

            for (int first = start, last = start + 1; last < end; last++)
            {
                if (!isNode[visits[last]])
                    continue;
                pieces.Add(new BorderPiece(first, last, NodeOf(visits[first]), NodeOf(visits[last]), left, right, level));
                first = last;
            }
        }
    }

    /// <summary>The node at a unit of the square, one without pieces if there was none.</summary>
    public int NodeAt(TilePoint unit) => NodeOf(rounded.Pixels.NumberOf(unit));

    /// <summary>Adds a side of the tile from node to node; what it divides is not known yet.</summary>
    public void AddSide(int from, int to)
    {
        var first = rounded.AddVisit(nodes[from]);
        pieces.Add(new BorderPiece(first, rounded.AddVisit(nodes[to]), from, to, Left: 0, Right: 0, BorderPiece.SideLevel));
    }

    private void FindNodes()
    {
        var pixels = rounded.Pixels;
        if (isNode.Length < pixels.Count + 4)
        {
            isVisited = new bool[2 * pixels.Count + 4];
            isNode = new bool[isVisited.Length];
            nodeOfPixel = new int[isVisited.Length];
        }

        Array.Clear(isVisited, 0, pixels.Count);
        Array.Clear(isNode, 0, pixels.Count);
        Array.Fill(nodeOfPixel, NotYet, 0, pixels.Count + 4);
        var visits = rounded.Visits;
        foreach (var (_, start, end, isAlone) in rounded.Runs)
        {
            if (isAlone)
                continue;
            isNode[visits[start]] = isNode[visits[end - 1]] = true;
            for (var i = start; i < end; i++)
            {
                var pixel = visits[i];
                isNode[pixel] |= isVisited[pixel] || TileSquare.IsOnSide(pixels[pixel]);
                isVisited[pixel] = true;

                // A line that turns back on itself.
                if (i > start && i + 1 < end && visits[i - 1] == visits[i + 1])
                    isNode[pixel] = true;
            }
        }
    }

    private int NodeOf(int pixel)
    {
        if (nodeOfPixel[pixel] == NotYet)
        {
            nodeOfPixel[pixel] = nodes.Count;
            if (TileSquare.IsOnSide(rounded.Pixels[pixel]))
                onSides.Add(nodes.Count);
            nodes.Add(pixel);
        }

        return nodeOfPixel[pixel];
    }
}
