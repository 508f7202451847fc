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
    private int[] nexts = [];
    private int[] previous = [];

    // By half, where it turns from X to Y: 0 to 4 all around. Different directions in a square differ by 2^-27 and more.
    private double[] turns = [];
    private bool[] isDropped = [];

    /// <summary>The halves that leave a node, turning from X to Y.</summary>
    public ReadOnlySpan<int> Of(int node) => halves.AsSpan(starts[node]..ends[node]);

    /// <summary>The half that leaves the same node next, turning from X to Y.</summary>
    public int Next(int half) => nexts[half];

    /// <summary>The half that leaves the same node before it.</summary>
    public int Previous(int half) => previous[half];

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
            turns[2 * piece] = Turn(pixels[visits[first]], pixels[visits[first + 1]]);
            turns[2 * piece + 1] = Turn(pixels[visits[last]], pixels[visits[last - 1]]);
        }

        for (var node = 0; node < nodeCount; node++)
        {
            if (Sort(halves.AsSpan(starts[node]..ends[node])))
                Merge(node, pieces, voidRegion);
            Link(halves.AsSpan(starts[node]..ends[node]));
        }
    }

    private void MakeRoom(int pieceCount, int nodeCount)
    {
        if (halves.Length < 2 * pieceCount)
        {
            halves = new int[4 * pieceCount];
            nexts = new int[halves.Length];
            previous = new int[halves.Length];
            turns = new double[halves.Length];
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

    // True if some lie on each other.
    private bool Sort(Span<int> star)
    {
        var areSome = false;
        for (var i = 1; i < star.Length; i++)
        {
            var (half, at) = (star[i], i);
            var turn = turns[half];
            for (; at > 0 && turns[star[at - 1]] > turn; at--)
                star[at] = star[at - 1];
            star[at] = half;
            areSome |= at > 0 && turns[star[at - 1]] == turn;
        }

        return areSome;
    }

    private void Link(ReadOnlySpan<int> star)
    {
        if (star.IsEmpty)
            return;
        var before = star[^1];
        foreach (var half in star)
        {
            (nexts[before], previous[half]) = (half, before);
            before = half;
        }
    }

    private void Merge(int node, Span<BorderPiece> pieces, int voidRegion)
    {
        var (start, end, kept) = (starts[node], ends[node], starts[node]);
        for (int at = start, next; at < end; at = next)
        {
            for (next = at + 1; next < end && turns[halves[at]] == turns[halves[next]];)
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
                if (!isDropped[halves[i] >> 1])
                    halves[kept++] = halves[i];
            }
        }

        ends[node] = kept;
    }

    private static double Turn(TilePoint from, TilePoint to)
    {
        int x = to.X - from.X, y = to.Y - from.Y;
        var share = (double)x / (Math.Abs(x) + Math.Abs(y));
        return y > 0 || y == 0 && x > 0 ? 1 - share : 3 + share;
    }
}
