using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The sides of a tile's square, cut at the nodes on them, and what lies along each. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class TileSides
{
    private const int Unknown = -1;

    // The nodes on the sides, all around.
    private readonly List<int> ring = [];

    // The same with their places before them, in one number.
    private readonly List<long> placed = [];
    private readonly List<int> regions = [];
    private int firstPiece;

    /// <summary>Adds the sides to the pieces, each walked with the tile to its left.</summary>
    public void AddTo(BorderPieces borders, SnapRounding rounded)
    {
        borders.NodeAt(new TilePoint(0, 0));
        borders.NodeAt(new TilePoint(TileSquare.Side, 0));
        borders.NodeAt(new TilePoint(TileSquare.Side, TileSquare.Side));
        borders.NodeAt(new TilePoint(0, TileSquare.Side));
        placed.Clear();
        foreach (var node in borders.OnSides)
            placed.Add((long)Place(rounded.Pixels[borders.Nodes[node]]) << 32 | (uint)node);
        CollectionsMarshal.AsSpan(placed).Sort();
        ring.Clear();
        foreach (var place in placed)
            ring.Add((int)place);
        firstPiece = borders.Pieces.Length;
        for (var i = 0; i < ring.Count; i++)
            borders.AddSide(ring[i], ring[i + 1 == ring.Count ? 0 : i + 1]);
    }

    /// <summary>
    /// Says of each side what lies to its left: what lies beside the next border around the node, or along the side before. False when
    /// no border reaches a side: then all of them lie in one region, which is not known here.
    /// </summary>
    public bool TryDivide(Span<BorderPiece> pieces, NodeStars stars, int voidRegion)
    {
        regions.Clear();
        var known = Unknown;
        for (var i = 0; i < ring.Count; i++)
        {
            regions.Add(Beside(firstPiece + i, pieces, stars));
            if (regions[i] != Unknown)
                known = i;
        }

        if (known == Unknown)
            return false;
        for (var i = 1; i < ring.Count; i++)
        {
            var at = (known + i) % ring.Count;
            if (regions[at] == Unknown)
                regions[at] = regions[(at == 0 ? ring.Count : at) - 1];
        }

        for (var i = 0; i < ring.Count; i++)
            pieces[firstPiece + i] = pieces[firstPiece + i] with { Left = regions[i], Right = voidRegion };
        return true;
    }

    /// <summary>Says that a region lies along all sides.</summary>
    public void Surround(Span<BorderPiece> pieces, int region, int voidRegion)
    {
        foreach (ref var piece in pieces[firstPiece..])
            piece = piece with { Left = region, Right = voidRegion };
    }

    /// <summary>A unit on the sides in which no border lies, in tile units from the square's corner.</summary>
    public TilePoint Clear(BorderPieces borders, SnapRounding rounded)
    {
        for (var i = 0; i < ring.Count; i++)
        {
            var (fromNode, toNode) = (ring[i], ring[i + 1 == ring.Count ? 0 : i + 1]);
            if (IsCovered(borders.Pieces, fromNode, toNode))
                continue;
            var (from, to) = (rounded.Pixels[borders.Nodes[fromNode]], rounded.Pixels[borders.Nodes[toNode]]);
            var (stepX, stepY) = (Math.Sign(to.X - from.X), Math.Sign(to.Y - from.Y));
            for (var unit = from; unit != to; unit = new TilePoint(unit.X + stepX, unit.Y + stepY))
            {
                // A border that touched the square in one unit has left no piece.
                if (!rounded.Pixels.IsHot(unit))
                    return unit;
            }
        }

        return default;
    }

    private static int Beside(int side, ReadOnlySpan<BorderPiece> pieces, NodeStars stars)
    {
        if (stars.IsDropped(side))
            return Unknown;
        for (var half = stars.Next(2 * side); half != 2 * side; half = stars.Next(half))
        {
            ref readonly var piece = ref pieces[half >> 1];
            if (piece.IsSide)
                return Unknown;
            if (piece.Divides)
                return (half & 1) == 0 ? piece.Right : piece.Left;
        }

        return Unknown;
    }

    private static bool IsCovered(ReadOnlySpan<BorderPiece> pieces, int from, int to)
    {
        foreach (var piece in pieces)
        {
            if (!piece.IsSide && piece.Last == piece.First + 1 && (piece.From, piece.To) is var ends && (ends == (from, to) || ends == (to, from)))
                return true;
        }

        return false;
    }

    private static int Place(TilePoint point)
    {
        if (point.Y == 0)
            return point.X;
        if (point.X == TileSquare.Side)
            return TileSquare.Side + point.Y;
        return point.Y == TileSquare.Side ? 3 * TileSquare.Side - point.X : 4 * TileSquare.Side - point.Y;
    }
}
