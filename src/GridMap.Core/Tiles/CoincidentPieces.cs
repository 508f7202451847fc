namespace GridMap.Core.Tiles;

/// <summary>
/// Makes one piece of several that lie on each other, between which everything shrank to a line. Stateless and thread safe.
/// </summary>
internal static class CoincidentPieces
{
    /// <summary>
    /// Takes the halves that leave a node for the same other one. What lies between two pieces is to the right of one and to the left of
    /// the next, and cancels. A side of the tile goes where a border runs along it, which then has nothing beyond.
    /// </summary>
    public static void Merge(List<int> group, Span<BorderPiece> pieces, int voidRegion, bool[] isDropped)
    {
        int kept = -1, side = -1, level = BorderPiece.SideLevel;
        foreach (var half in group)
        {
            var piece = pieces[half >> 1];
            if (piece.IsSide)
            {
                side = half;
                continue;
            }

            level = Math.Min(level, piece.Level);
            if (kept < 0)
                kept = half;
            else
                isDropped[half >> 1] = true;
        }

        if (kept < 0)
            return;
        var (left, right) = Net(group, pieces);
        if (side >= 0 && left != right)
        {
            isDropped[side >> 1] = true;

            // Sides are walked with the tile to their left.
            if ((side & 1) == 0)
                right = voidRegion;
            else
                left = voidRegion;
        }

        pieces[kept >> 1] = (kept & 1) == 0
            ? pieces[kept >> 1] with { Left = left, Right = right, Level = level }
            : pieces[kept >> 1] with { Left = right, Right = left, Level = level };
    }

    /// <summary>The region to the left of all, and the one to the right of all.</summary>
    private static (int Left, int Right) Net(List<int> group, ReadOnlySpan<BorderPiece> pieces)
    {
        var (left, right) = (Uncancelled(group, pieces, isLeft: true), Uncancelled(group, pieces, isLeft: false));
        return left < 0 || right < 0 ? (0, 0) : (left, right);
    }

    // A region that is more often on this side of a piece than on the other; -1 if there is none.
    private static int Uncancelled(List<int> group, ReadOnlySpan<BorderPiece> pieces, bool isLeft)
    {
        foreach (var half in group)
        {
            if (pieces[half >> 1].IsSide)
                continue;
            var region = Region(half, pieces, isLeft);
            var balance = 0;
            foreach (var other in group)
            {
                if (pieces[other >> 1].IsSide)
                    continue;
                balance += region == Region(other, pieces, isLeft) ? 1 : 0;
                balance -= region == Region(other, pieces, !isLeft) ? 1 : 0;
            }

            if (balance > 0)
                return region;
        }

        return -1;
    }

    private static int Region(int half, ReadOnlySpan<BorderPiece> pieces, bool isLeft) =>
        (half & 1) == 0 == isLeft ? pieces[half >> 1].Left : pieces[half >> 1].Right;
}
