using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Answers from leaves of up to some seventeen edges as <see cref="CellLeaf"/> does, sixteen edges at once where the processor can. How
/// many edges there are is then no branch that it would guess wrongly, and as few steps wait for the leaf as with small ones.
/// Stateless and thread safe.
/// </summary>
internal static unsafe class WideLeaf
{
    private const int Lanes = 16;

    /// <inheritdoc cref="CellLeaf.Find"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Find(uint* leaf, int shift, uint x, uint y)
    {
        if (!Avx512BW.IsSupported)
            return CellLeaf.Find(leaf, shift, x, y);
        var header = *leaf;
        var (qx, qy) = CellLeaf.Local(header, shift, x, y);
        var points = CellLeaf.PointCount(header);
        var masks = CellLeaf.Masks(leaf);
        Vector128<byte> changed = default, near = default;
        for (var i = 0; ; i += Lanes)
        {
            var (crossedHere, farHere) = Sixteen(leaf + 1 + i, qx, qy);
            var edges = points - 1 - i;
            var mask = Vector128.Load(masks + i) & Vector128.LessThan(Vector128<sbyte>.Indices, Vector128.Create((sbyte)edges)).AsByte();
            changed ^= mask & crossedHere;
            near |= mask & ~farHere;
            if (edges <= Lanes)
                break;
        }
        return near != Vector128<byte>.Zero
            ? CellLeaf.Near
            : CellLeaf.Answer(CellLeaf.Grids(leaf), CellLeaf.Changed(CellLeaf.Inside(header), changed.AsUInt64()[0] ^ changed.AsUInt64()[1]));
    }

    /// <summary>For sixteen edges a byte each of ones: which the way from R to the point crosses, and of which the point is too far for rounding to matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<byte> Crossed, Vector128<byte> Far) Sixteen(uint* points, int qx, int qy)
    {
        // The same steps as for eight; that there is no instruction for the sign is made good by the complement and one.
        var query = Vector512.Create((qx << 16) | (ushort)-qy).AsInt16();
        var a = Vector512.Load(points).AsInt16();
        var b = Vector512.Load(points + 1).AsInt16();
        var turned = ((Avx512F.RotateLeft(b.AsUInt32(), 16) ^ Vector512.Create(0xFFFF0000u)) + Vector512.Create(0x00010000u)).AsInt16();
        var fromA = Avx512BW.MultiplyAddAdjacent(a, query);
        var fromB = Avx512BW.MultiplyAddAdjacent(b, query);
        var fromR = Avx512BW.MultiplyAddAdjacent(a, turned);
        var fromQ = fromR + fromA - fromB;
        var along = Avx512BW.Abs(Avx512BW.Max(Avx512BW.SubtractSaturate(b, a), Vector512.Create((short)-short.MaxValue))).AsInt16();
        var reach = Avx512BW.MultiplyAddAdjacent(along, Vector512.Create((short)2));
        return (
            Avx512F.ConvertToVector128SByte(Vector512.ShiftRightArithmetic((fromA ^ fromB) & (fromR ^ fromQ), 31)).AsByte(),
            Avx512F.ConvertToVector128SByte(Avx512F.CompareGreaterThan(Avx512F.Abs(fromQ).AsInt32(), reach)).AsByte());
    }
}
