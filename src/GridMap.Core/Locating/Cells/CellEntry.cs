using System.Runtime.CompilerServices;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// What one cell is, in 32 bits. Low two bits 0: it lies wholly in one grid, whose position plus 1 follows (0: in none).
/// 1: a node of 2^b by 2^b cells; b in the next three bits, then its place. 2: a leaf; three bits of 0, then its place. A place is
/// counted in words from the start of the block, in the top grid in units of <see cref="BlockUnit"/> words.
/// </summary>
internal static class CellEntry
{
    private const uint KindMask = 3, Node = 1, Leaf = 2;

    /// <summary>Words in the unit of places in the top grid: up to 4 GB can be addressed.</summary>
    public const int BlockUnit = 8;

    /// <summary>In place of a grid: too much meets here, the polygons must be asked.</summary>
    public const int Elsewhere = (1 << 30) - 2;

    private const int BitsShift = 2, PlaceShift = 5, MostPlace = (1 << 27) - 1;

    public static uint OfGrid(int grid) => (uint)(grid + 1) << 2;

    public static uint OfNode(int bits, int place) => Node | (uint)bits << BitsShift | Placed(place);

    public static uint OfLeaf(int place) => Leaf | Placed(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNode(uint entry) => (entry & KindMask) == Node;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLeaf(uint entry) => (entry & KindMask) == Leaf;

    /// <summary>The grid of a cell that is neither node nor leaf: a position, -1 for none, or <see cref="Elsewhere"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Grid(uint entry) => (int)(entry >> 2) - 1;

    /// <summary>b of a node; 0 of anything else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PartBits(uint entry) => (int)(entry >> BitsShift) & 7 & -(int)(entry & Node);

    /// <summary>The part of a node that a point lies in, row by row from the south-west.</summary>
    /// <param name="bits">b.</param>
    /// <param name="shift">Binary logarithm of the side of a part.</param>
    /// <param name="x">The point from the western side of the node or of anything larger, lattice units.</param>
    /// <param name="y">The same from the southern side.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Part(int bits, int shift, uint x, uint y)
    {
        var mask = (1u << bits) - 1;
        return ((y >> shift) & mask) << bits | ((x >> shift) & mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Place(uint entry) => (int)(entry >> PlaceShift);

    /// <summary>The same entry with its place moved; only for those that have one.</summary>
    public static uint WithPlace(uint entry, int place) => (entry & ((1u << PlaceShift) - 1)) | Placed(place);

    private static uint Placed(int place) =>
        place <= MostPlace ? (uint)place << PlaceShift : throw new InvalidOperationException("The index outgrows its addresses.");
}
