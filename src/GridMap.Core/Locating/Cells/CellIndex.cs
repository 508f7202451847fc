using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// From a point to the grid that answers for it: an adaptive hierarchy of square cells over the lattice, in one run of words.
/// Exact. Answers are positions in the list of grids, -1 for none, or <see cref="CellEntry.Elsewhere"/>. Immutable and thread safe;
/// nothing is allocated.
/// </summary>
internal sealed unsafe class CellIndex
{
    private readonly CellMemory memory;
    private readonly CellFrame frame;
    private readonly uint* words;
    private readonly bool isWide;

    public CellIndex(CellMemory memory)
    {
        this.memory = memory;
        frame = CellHeader.Frame(memory.Span);
        words = memory.Start;
        isWide = CellHeader.PointsPerLeaf(memory.Span) > CellLeaf.PointsInOneGo;
    }

    /// <summary>An index over nothing.</summary>
    public static CellIndex Empty { get; } = OverNothing();

    /// <summary>The words of the whole index.</summary>
    public CellMemory Memory => memory;

    /// <summary>Bytes of the whole index, exact points included.</summary>
    public long Bytes => (long)memory.Count * sizeof(uint);

    /// <summary>The grid that answers for a lattice point.</summary>
    public int Find(LatticePoint point)
    {
        ulong x = (ulong)(point.X - frame.OriginX), y = (ulong)(point.Y - frame.OriginY);
        var cell = Descend(x, y, out var entry, out var shift);
        if (!CellEntry.IsLeaf(entry))
            return CellEntry.Grid(entry);
        var grid = isWide ? WideLeaf.Find(cell, shift, (uint)x, (uint)y) : CellLeaf.Find(cell, shift, (uint)x, (uint)y);
        return grid != CellLeaf.Near ? grid : ExactLeaf.Find(cell, shift, (uint)x, (uint)y, frame.Shift).Grid;
    }

    /// <summary>The grid that answers for a lattice point, and whether the point lies on its border.</summary>
    public (int Grid, bool OnBorder) FindExactly(LatticePoint point)
    {
        ulong x = (ulong)(point.X - frame.OriginX), y = (ulong)(point.Y - frame.OriginY);
        var cell = Descend(x, y, out var entry, out var shift);
        if (!CellEntry.IsLeaf(entry))
            return (CellEntry.Grid(entry), false);
        var grid = isWide ? WideLeaf.Find(cell, shift, (uint)x, (uint)y) : CellLeaf.Find(cell, shift, (uint)x, (uint)y);
        return grid != CellLeaf.Near ? (grid, false) : ExactLeaf.Find(cell, shift, (uint)x, (uint)y, frame.Shift);
    }

    /// <summary>The same as for one point for many positions, which are snapped to the lattice first.</summary>
    /// <param name="points">Degrees.</param>
    /// <param name="grids">Takes the answers; as long as the points.</param>
    [SkipLocalsInit]
    public void Find(ReadOnlySpan<LonLat> points, Span<int> grids)
    {
        Unsafe.SkipInit(out CellGroup group);
        fixed (LonLat* point = points)
        {
            fixed (int* grid = grids)
            {
                for (var start = 0; start < points.Length; start += CellGroup.Size)
                {
                    group.Begin(in frame, words, point + start, Math.Min(CellGroup.Size, points.Length - start), grid + start);
                    while (group.Enter(grid + start))
                    {
                    }
                    group.End(frame.Shift, isWide, grid + start);
                }
            }
        }
        GC.KeepAlive(memory);
    }

    private static CellIndex OverNothing()
    {
        var nothing = CellMemory.Allocate(CellHeader.Words + LeafRoom.CacheLine);
        CellHeader.Write(nothing.Span, new CellFrame(0, 0, 0, 0, 0), pointsPerLeaf: 0);
        return new CellIndex(nothing);
    }

    /// <summary>The cell that a point lies in: its entry, and if it is a leaf its first word and the logarithm of its side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint* Descend(ulong x, ulong y, out uint entry, out int shift)
    {
        (entry, shift) = (CellEntry.OfGrid(-1), frame.Shift);
        if (x >= frame.Width || y >= frame.Height)
            return words;
        entry = words[CellHeader.Words + (int)(y >> shift) * frame.Columns + (int)(x >> shift)];
        var block = words + (long)CellEntry.Place(entry) * CellEntry.BlockUnit;
        var cell = block;
        if (Sse.IsSupported && CellEntry.IsNode(entry))
        {
            // Behind the node stand its leaves, the first few more often than not within these lines: on their way before it is known which it is.
            Sse.Prefetch0(block + LeafRoom.CacheLine);
            Sse.Prefetch0(block + 2 * LeafRoom.CacheLine);
            Sse.Prefetch0(block + 3 * LeafRoom.CacheLine);
        }
        while (CellEntry.IsNode(entry))
        {
            var bits = CellEntry.PartBits(entry);
            shift -= bits;
            entry = cell[CellEntry.Part(bits, shift, (uint)x, (uint)y)];
            cell = block + CellEntry.Place(entry);
        }
        return cell;
    }
}
