using System.Runtime.InteropServices;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// The first words of an index, in memory as in a file: a mark with the version, then the frame. The top grid follows, row by row
/// from the south-west; then the blocks. Little-endian.
/// </summary>
internal static class CellHeader
{
    public const int Words = 16;

    // "GMC" and the version of the format.
    private const uint Mark = 0x01434D47;

    public static void Write(Span<uint> words, CellFrame frame)
    {
        words[0] = Mark;
        (words[1], words[2], words[3]) = ((uint)frame.Shift, (uint)frame.Columns, (uint)frame.Rows);
        MemoryMarshal.Cast<uint, long>(words)[2] = frame.OriginX;
        MemoryMarshal.Cast<uint, long>(words)[3] = frame.OriginY;
    }

    /// <exception cref="InvalidDataException">It is not an index of this version, or cut off.</exception>
    public static CellFrame Read(ReadOnlySpan<uint> words)
    {
        if (!BitConverter.IsLittleEndian || words.Length < Words || words[0] != Mark)
            throw new InvalidDataException("This is not a cell index of this version.");
        var longs = MemoryMarshal.Cast<uint, long>(words);
        var frame = new CellFrame(longs[2], longs[3], (int)words[1], (int)words[2], (int)words[3]);
        return words.Length >= Words + (long)frame.Columns * frame.Rows
            ? frame
            : throw new InvalidDataException("This cell index is cut off.");
    }
}
