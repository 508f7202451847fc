using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Points that are looked up together: all take each step before any takes the next, so that the memory serves many of them at once.
/// Who has how far to go is sorted without branches, which no processor could guess. Each step is a method of its own, small enough
/// for the processor's registers. Lives in uninitialised memory of the caller's stack; not thread safe.
/// </summary>
internal unsafe struct CellGroup
{
    /// <summary>As many as the processor has requests to memory under way, and some.</summary>
    public const int Size = 32;

    private const long HalfTurn = 180L << 27;

    private fixed ulong at[Size], block[Size];
    private fixed uint xs[Size], ys[Size];
    private fixed int shifts[Size];

    // Which points stand at a node, and which at a leaf. A place is written before it is known whether it counts: one more.
    private fixed byte nodes[Size + 1], leaves[Size + 1];
    private int nodeCount, leafCount;

    /// <summary>The first step: snaps the points, and answers for those whose top cell lies in one grid.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Begin(in CellFrame frame, uint* words, LonLat* points, int count, int* grids)
    {
        var (originX, originY, width, height, shift, columns) = (frame.OriginX, frame.OriginY, frame.Width, frame.Height, frame.Shift, frame.Columns);
        int open = 0, found = 0;
        for (var i = 0; i < count; i++)
        {
            var lon = ToUnits(points[i].Lon);
            var x = (ulong)((lon == HalfTurn ? -HalfTurn : lon) - originX);
            var y = (ulong)(ToUnits(points[i].Lat) - originY);
            if (x >= width || y >= height)
            {
                grids[i] = -1;
                continue;
            }
            var entry = words[CellHeader.Words + (int)(y >> shift) * columns + (int)(x >> shift)];
            grids[i] = CellEntry.Grid(entry);
            var start = words + (long)CellEntry.Place(entry) * CellEntry.BlockUnit;
            block[i] = (ulong)start;
            (xs[i], ys[i]) = ((uint)x, (uint)y);
            Stand(i, start, entry, shift, (uint)x, (uint)y);
            nodes[open] = leaves[found] = (byte)i;
            open += CellEntry.IsNode(entry) ? 1 : 0;
            found += CellEntry.IsLeaf(entry) ? 1 : 0;
        }
        (nodeCount, leafCount) = (open, found);
    }

    /// <summary>Every point that stands at a node enters it.</summary>
    /// <returns>Whether any stands at a node again.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Enter(int* grids)
    {
        int before = nodeCount, open = 0, found = leafCount;
        for (var n = 0; n < before; n++)
        {
            var i = nodes[n];
            var entry = *(uint*)at[i];
            grids[i] = CellEntry.Grid(entry);
            Stand(i, (uint*)block[i] + CellEntry.Place(entry), entry, shifts[i], xs[i], ys[i]);
            nodes[open] = leaves[found] = i;
            open += CellEntry.IsNode(entry) ? 1 : 0;
            found += CellEntry.IsLeaf(entry) ? 1 : 0;
        }
        (nodeCount, leafCount) = (open, found);
        return open > 0;
    }

    /// <summary>The last step: the leaves answer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void End(int topShift, bool isWide, int* grids)
    {
        if (isWide)
        {
            EndWide(topShift, grids);
            return;
        }
        for (var n = 0; n < leafCount; n++)
        {
            var i = leaves[n];
            var grid = CellLeaf.Find((uint*)at[i], shifts[i], xs[i], ys[i]);
            grids[i] = grid != CellLeaf.Near ? grid : ExactLeaf.Find((uint*)at[i], shifts[i], xs[i], ys[i], topShift).Grid;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void EndWide(int topShift, int* grids)
    {
        for (var n = 0; n < leafCount; n++)
        {
            var i = leaves[n];
            var grid = WideLeaf.Find((uint*)at[i], shifts[i], xs[i], ys[i]);
            grids[i] = grid != CellLeaf.Near ? grid : ExactLeaf.Find((uint*)at[i], shifts[i], xs[i], ys[i], topShift).Grid;
        }
    }

    // The processor's own conversion rounds half to even, as the lattice does; what is no number lands outside of everything.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ToUnits(double degrees) => Sse2.X64.IsSupported
        ? Sse2.X64.ConvertToInt64(Vector128.CreateScalarUnsafe(degrees * Lattice.UnitsPerDegree))
        : Lattice.ToUnits(degrees);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stand(int i, uint* cell, uint entry, int shift, uint x, uint y)
    {
        var bits = CellEntry.PartBits(entry);
        shift -= bits;
        cell += CellEntry.Part(bits, shift, x, y);
        if (Sse.IsSupported)
        {
            // Of a leaf the second line too, if it has one.
            Sse.Prefetch0(cell);
            Sse.Prefetch0(cell + LeafRoom.CacheLine);
        }
        at[i] = (ulong)cell;
        shifts[i] = shift;
    }
}
