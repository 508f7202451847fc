using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// A leaf: the few lines that cross a cell, as 16-bit points around a reference point R, and which of up to eight grids R lies in.
/// A point lies in those of R, changed by each edge that is crossed on the straight way from R to it. The words of a leaf: the
/// header; the points of all lines (x in the low half); for each edge a byte, the mask of the grids that it separates (0 between
/// two lines); the grids, best first; for each line where its exact points lie, which only <see cref="ExactLeaf"/> reads.
/// Points are rounded: whoever comes so near to an edge that rounding could matter is told to decide exactly. Stateless and thread
/// safe.
/// </summary>
internal static unsafe class CellLeaf
{
    /// <summary>The answer that it takes the exact points to decide.</summary>
    public const int Near = -2;

    public const int MostPoints = 63, MostLines = 31, MostGrids = 8;

    /// <summary>A leaf of no more is looked at in one go.</summary>
    public const int PointsInOneGo = 9;

    /// <summary>How far beyond the sides of a cell its points may lie, in steps.</summary>
    public const int Overhang = 2048;

    /// <summary>Words that may be read behind the last leaf.</summary>
    public const int Padding = 16;

    /// <summary>R lies on a raster of sixteenths of the side, up to a quarter from the middle.</summary>
    public const int MostRasterSteps = 4;

    private const int RasterMiddle = 8;

    private const int Lanes = 8;

    private const int PointBits = 6, LineBits = 5, GridBits = 4, InsideBits = 8, RasterBits = 4;
    private const int LineShift = PointBits, GridShift = LineShift + LineBits, InsideShift = GridShift + GridBits;
    private const int RasterXShift = InsideShift + InsideBits, RasterYShift = RasterXShift + RasterBits;

    // A line in one word: the number of its edges, then pairs of words back from the leaf.
    private const int PlaceShift = 6;

    public static uint Header(int points, int lines, int grids, uint inside, int rasterX, int rasterY) =>
        (uint)points | (uint)lines << LineShift | (uint)grids << GridShift | inside << InsideShift
        | (uint)(rasterX + RasterMiddle) << RasterXShift | (uint)(rasterY + RasterMiddle) << RasterYShift;

    public static int PointCount(uint header) => (int)(header & ((1 << PointBits) - 1));

    public static int LineCount(uint header) => (int)(header >> LineShift) & ((1 << LineBits) - 1);

    public static int GridCount(uint header) => (int)(header >> GridShift) & ((1 << GridBits) - 1);

    /// <summary>The mask of the grids that R lies in.</summary>
    public static uint Inside(uint header) => (header >> InsideShift) & ((1 << InsideBits) - 1);

    /// <summary>R from the south-west corner of the cell, in steps.</summary>
    /// <param name="header">The leaf's.</param>
    /// <param name="steps">Steps on a side of the cell.</param>
    public static (int X, int Y) Reference(uint header, int steps) =>
        (Raster(header >> RasterXShift) * (steps >> 4), Raster(header >> RasterYShift) * (steps >> 4));

    /// <summary>Where the masks of the edges begin.</summary>
    public static byte* Masks(uint* leaf) => (byte*)(leaf + 1 + PointCount(*leaf));

    /// <summary>Where the grids begin.</summary>
    public static uint* Grids(uint* leaf) => leaf + 1 + PointCount(*leaf) + MaskWords(PointCount(*leaf));

    /// <summary>Words that the masks of the edges between so many points take.</summary>
    public static int MaskWords(int points) => (points + 2) >> 2;

    /// <summary>The word of a line: the number of its edges, and how many pairs of words before that of the leaf its exact points begin.</summary>
    public static uint Line(int edges, int pairsBack) => pairsBack < 1 << (32 - PlaceShift)
        ? (uint)edges | (uint)pairsBack << PlaceShift
        : throw new InvalidOperationException("The index outgrows its addresses.");

    public static int EdgesOf(uint line) => (int)(line & ((1 << PlaceShift) - 1));

    /// <summary>The exact points of a line of a leaf.</summary>
    public static int* ExactPoints(uint* leaf, uint line) => (int*)((nuint)leaf & ~(nuint)(2 * sizeof(uint) - 1)) - 2 * (nint)(line >> PlaceShift);

    /// <summary>The grid that a point lies in (a position; -1 for none), or <see cref="Near"/>.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="shift">Binary logarithm of the cell's side.</param>
    /// <param name="x">The point from the cell's western side, lattice units; bits above those of the side are ignored.</param>
    /// <param name="y">The same from its southern side.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Find(uint* leaf, int shift, uint x, uint y)
    {
        if (!Avx2.IsSupported || !Bmi2.X64.IsSupported)
            return FindOneByOne(leaf, shift, x, y);
        var header = *leaf;
        var (qx, qy) = Local(header, shift, x, y);
        var points = PointCount(header);
        var masks = (byte*)(leaf + 1 + points);
        ulong changed = 0, near = 0;
        for (var i = 0; ; i += Lanes)
        {
            var (crossedHere, farHere) = Eight(leaf + 1 + i, qx, qy);
            var edges = points - 1 - i;
            // The instruction reads eight bits of its index: those of 32 edges would be none.
            var mask = Bmi2.X64.ZeroHighBits(*(ulong*)(masks + i), (ulong)Math.Min(8 * edges, 8 * Lanes));
            changed ^= mask & crossedHere;
            near |= mask & ~farHere;
            if (edges <= Lanes)
                break;
        }
        return near != 0 ? Near : Answer(leaf + 1 + points + MaskWords(points), Changed(Inside(header), changed));
    }

    /// <summary>The mask of the grids, changed by each of eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Changed(uint inside, ulong changes)
    {
        changes ^= changes >> 32;
        changes ^= changes >> 16;
        return inside ^ (byte)(changes ^ changes >> 8);
    }

    /// <summary>The same without vector instructions.</summary>
    public static int FindOneByOne(uint* leaf, int shift, uint x, uint y)
    {
        var header = *leaf;
        var (qx, qy) = Local(header, shift, x, y);
        var inside = Inside(header);
        var masks = Masks(leaf);
        var points = (short*)(leaf + 1);
        for (var i = 0; i < PointCount(header) - 1; i++, points += 2)
        {
            if (masks[i] == 0)
                continue;
            int ax = points[0], ay = points[1], bx = points[2], by = points[3];
            int fromA = qx * ay - qy * ax, fromB = qx * by - qy * bx, fromR = ax * by - ay * bx;
            var fromQ = fromR + fromA - fromB;
            if (2 * (Along(bx - ax) + Along(by - ay)) >= Math.Abs(fromQ))
                return Near;
            if (((fromA ^ fromB) & (fromR ^ fromQ)) < 0)
                inside ^= masks[i];
        }
        return Answer(Grids(leaf), inside);
    }

    // An edge through the whole overhang is longer than 16 bits can say: a little less does, for rounding moves less than the two steps.
    private static int Along(int difference) => Math.Min(Math.Abs(difference), short.MaxValue);

    private static int Raster(uint bits) => (int)(bits & ((1 << RasterBits) - 1));

    /// <summary>The best of the grids whose bits are set; -1 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Answer(uint* grids, uint inside) => inside == 0 ? -1 : (int)grids[BitOperations.TrailingZeroCount(inside)];

    /// <summary>A point from R, in steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int X, int Y) Local(uint header, int shift, uint x, uint y)
    {
        var step = CellGeometry.StepShift(shift);
        var (mask, half) = ((1u << shift) - 1, (1u << step) >> 1);
        var steps = 1 << (shift - step);
        var (rx, ry) = Reference(header, steps);
        return ((int)(((x & mask) + half) >> step) - rx, (int)(((y & mask) + half) >> step) - ry);
    }

    /// <summary>
    /// For eight edges a byte each of ones: which the way from R to the point crosses, and of which
    /// the point is too far for rounding to matter: more than twice a step from the line. An edge that rounding made a point is never far.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Crossed, ulong Far) Eight(uint* points, int qx, int qy)
    {
        // Pairs of 16-bit numbers, each times its counterpart and added: the cross product of two vectors in one instruction.
        var query = Vector256.Create((qx << 16) | (ushort)-qy).AsInt16();
        var a = Vector256.Load(points).AsInt16();
        var b = Vector256.Load(points + 1).AsInt16();
        var turned = Avx2.Sign(
            (Vector256.ShiftRightLogical(b.AsUInt32(), 16) | Vector256.ShiftLeft(b.AsUInt32(), 16)).AsInt16(),
            Vector256.Create(0xFFFF0001u).AsInt16());
        var fromA = Avx2.MultiplyAddAdjacent(a, query);
        var fromB = Avx2.MultiplyAddAdjacent(b, query);
        var fromR = Avx2.MultiplyAddAdjacent(a, turned);
        var fromQ = fromR + fromA - fromB;
        var along = Avx2.Abs(Avx2.Max(Avx2.SubtractSaturate(b, a), Vector256.Create((short)-short.MaxValue))).AsInt16();
        var reach = Avx2.MultiplyAddAdjacent(along, Vector256.Create((short)2));
        return (
            Bytes(Vector256.ShiftRightArithmetic((fromA ^ fromB) & (fromR ^ fromQ), 31)),
            Bytes(Avx2.CompareGreaterThan(Avx2.Abs(fromQ).AsInt32(), reach)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bytes(Vector256<int> ones)
    {
        var halves = Sse2.PackSignedSaturate(ones.GetLower(), ones.GetUpper());
        return Sse2.PackSignedSaturate(halves, halves).AsUInt64().ToScalar();
    }
}
