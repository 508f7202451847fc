namespace GridMap.Core.Tiles;

/// <summary>
/// A piece of a border in a tile between two nodes, with nothing in between where other borders touch it. As a half it is walked one way:
/// half 2p from its first visit to its last, half 2p + 1 back. Left and right are as the numbers say, with Y growing upwards.
/// </summary>
/// <param name="First">Its first visit in <see cref="SnapRounding.Visits"/>.</param>
/// <param name="Last">Its last visit.</param>
/// <param name="From">The node where it starts.</param>
/// <param name="To">The node where it ends.</param>
/// <param name="Left">The region to its left.</param>
/// <param name="Right">The region to its right; the same for a piece that divides nothing.</param>
/// <param name="Level">The outermost level on which it is a border; <see cref="SideLevel"/> for a side of the tile.</param>
internal readonly record struct BorderPiece(int First, int Last, int From, int To, int Left, int Right, int Level)
{
    /// <summary>Stands for a level in pieces of the tile's own sides.</summary>
    public const int SideLevel = int.MaxValue;

    public bool IsSide => Level == SideLevel;

    public bool Divides => Left != Right;

    /// <summary>The node that one of its halves leaves.</summary>
    public int Start(int half) => (half & 1) == 0 ? From : To;
}
