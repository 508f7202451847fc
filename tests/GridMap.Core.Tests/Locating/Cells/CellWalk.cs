using GridMap.Core.Locating.Cells;

namespace GridMap.Core.Tests.Locating.Cells;

/// <summary>Goes through an index word by word, as it lies in memory.</summary>
internal static unsafe class CellWalk
{
    /// <summary>Visits all leaves: the address of the first word, and the logarithm of the side.</summary>
    public static void ForEachLeaf(CellIndex cells, Action<nint, int> visit)
    {
        var words = cells.Memory.Start;
        var frame = CellHeader.Frame(cells.Memory.Span);
        for (var cell = 0; cell < frame.Columns * frame.Rows; cell++)
        {
            var entry = words[CellHeader.Words + cell];
            ForEachLeaf(words + (long)CellEntry.Place(entry) * CellEntry.BlockUnit, entry, 0, frame.Shift, visit);
        }
        GC.KeepAlive(cells);
    }

    private static void ForEachLeaf(uint* block, uint entry, int place, int shift, Action<nint, int> visit)
    {
        if (CellEntry.IsLeaf(entry))
            visit((nint)(block + place), shift);
        if (!CellEntry.IsNode(entry))
            return;
        var bits = CellEntry.PartBits(entry);
        for (var part = 0; part < 1 << 2 * bits; part++)
        {
            var inner = block[place + part];
            ForEachLeaf(block, inner, CellEntry.Place(inner), shift - bits, visit);
        }
    }
}
