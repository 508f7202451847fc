namespace GridMap.Core.Tiles;

/// <summary>
/// The pieces around each node of a tile, by the angle at which they leave it; of pieces that lie on each other one is left, which
/// divides what they together divide. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class NodeStars
{
    private readonly List<int> group = [];
    private int[] starts = [];
    private int[] ends = [];
    private int[] halves = [];
    private int[] places = [];
    private TilePoint[] directions = [];
    private bool[] isDropped = [];

    /// <summary>The halves that leave a node, turning from X to Y.</summary>
    public ReadOnlySpan<int> Of(int node) => halves.AsSpan(starts[node]..ends[node]);

    /// <summary>The half that leaves the same node next, turning from X to Y.</summary>
    public int Next(int half, int node) => places[half] + 1 == ends[node] ? halves[starts[node]] : halves[places[half] + 1];

    /// <summary>The half that leaves the same node before it.</summary>
    public int Previous(int half, int node) => places[half] == starts[node] ? halves[ends[node] - 1] : halves[places[half] - 1];

    /// <summary>True for a piece that lay on another one.</summary>
    public bool IsDropped(int piece) => isDropped[piece];

    /// <summary>Takes the pieces of a tile with its sides; what is left of those that lie on each other changes what it divides.</summary>
    public void Build(BorderPieces borders, SnapRounding rounded, int voidRegion)
    {
        var pieces = borders.Pieces;
        var nodeCount = borders.Nodes.Length;
        MakeRoom(pieces.Length, nodeCount);
        Fill(pieces, nodeCount);
        var visits = rounded.Visits;
        var pixels = rounded.Pixels;
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            var (first, last) = (pieces[piece].First, pieces[piece].Last);
            directions[2 * piece] = Step(pixels[visits[first]], pixels[visits[first + 1]]);
            directions[2 * piece + 1] = Step(pixels[visits[last]], pixels[visits[last - 1]]);
        }

        for (var node = 0; node < nodeCount; node++)
        {
            Sort(halves.AsSpan(starts[node]..ends[node]));
            Merge(node, pieces, voidRegion);
        }
    }

    private void MakeRoom(int pieceCount, int nodeCount)
    {
        if (halves.Length < 2 * pieceCount)
        {
            halves = new int[4 * pieceCount];
            places = new int[halves.Length];
            directions = new TilePoint[halves.Length];
            isDropped = new bool[halves.Length / 2];
        }

        if (ends.Length < nodeCount)
            (starts, ends) = (new int[2 * nodeCount], new int[2 * nodeCount]);
        Array.Clear(isDropped, 0, pieceCount);
        Array.Clear(ends, 0, nodeCount);
    }

    private void Fill(ReadOnlySpan<BorderPiece> pieces, int nodeCount)
    {
        foreach (var piece in pieces)
        {
            ends[piece.From]++;
            ends[piece.To]++;
        }

        for (int node = 0, at = 0; node < nodeCount; node++)
        {
            starts[node] = at;
            at += ends[node];
            ends[node] = starts[node];
        }

        for (var piece = 0; piece < pieces.Length; piece++)
        {
            halves[ends[pieces[piece].From]++] = 2 * piece;
            halves[ends[pieces[piece].To]++] = 2 * piece + 1;
        }
    }

    private void Sort(Span<int> star)
    {
        for (var i = 1; i < star.Length; i++)
        {
            var (half, at) = (star[i], i);
            for (; at > 0 && Turn(directions[star[at - 1]], directions[half]) < 0; at--)
                star[at] = star[at - 1];
            star[at] = half;
        }
    }

    private void Merge(int node, Span<BorderPiece> pieces, int voidRegion)
    {
        var (start, end, kept) = (starts[node], ends[node], starts[node]);
        for (int at = start, next; at < end; at = next)
        {
            for (next = at + 1; next < end && Turn(directions[halves[at]], directions[halves[next]]) == 0;)
                next++;
            if (next - at > 1 && !isDropped[halves[at] >> 1])
            {
                group.Clear();
                foreach (var half in halves.AsSpan(at..next))
                {
                    if (!isDropped[half >> 1])
                        group.Add(half);
                }

                CoincidentPieces.Merge(group, pieces, voidRegion, isDropped);
            }

            for (var i = at; i < next; i++)
            {
                if (isDropped[halves[i] >> 1])
                    continue;
                places[halves[i]] = kept;
                halves[kept++] = halves[i];
            }
        }

        ends[node] = kept;
    }

    private static TilePoint Step(TilePoint from, TilePoint to) => new(to.X - from.X, to.Y - from.Y);

    // Positive when b comes after a, turning from X to Y all around; 0 when they are the same direction.
    private static int Turn(TilePoint a, TilePoint b)
    {
        var (aIsBack, bIsBack) = (a.Y < 0 || a is { Y: 0, X: < 0 }, b.Y < 0 || b is { Y: 0, X: < 0 });
        if (aIsBack != bIsBack)
            return bIsBack ? 1 : -1;
        return Math.Sign((long)a.X * b.Y - (long)b.X * a.Y);
    }
}
