using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// An index as a flat file: its words as they lie in memory, without a pointer in them. It could be mapped; it is read instead, into large
/// pages, which a mapped file has not. Stateless and thread safe.
/// </summary>
internal static class CellFile
{
    public static void Write(CellMemory memory, Stream file)
    {
        file.Write(MemoryMarshal.AsBytes(CellHeader.Sealed(memory.Span).AsSpan()));
        file.Write(MemoryMarshal.AsBytes(memory.Span[CellHeader.Words..]));
    }

    /// <exception cref="InvalidDataException">It is not an index of this version, cut off, or damaged.</exception>
    public static CellMemory Read(Stream file)
    {
        try
        {
            Span<uint> header = stackalloc uint[CellHeader.Words];
            file.ReadExactly(MemoryMarshal.AsBytes(header));
            var memory = CellMemory.Allocate(CellHeader.Count(header));
            header.CopyTo(memory.Span);
            file.ReadExactly(MemoryMarshal.AsBytes(memory.Span[CellHeader.Words..]));
            CellHeader.Verify(memory.Span);
            return memory;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("This cell index is cut off.", e);
        }
    }

    /// <summary>
    /// A name for the index of grids, in hexadecimal: the same for the same levels, codes and rings in the same order, and for no others.
    /// </summary>
    public static string NameFor(IReadOnlyList<GridShape> grids)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var ring = new List<LatticePoint>();
        var order = AnswerOrder.Of(grids);
        hash.AppendData(MemoryMarshal.AsBytes(order.AsSpan()));
        foreach (var grid in grids)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([grid.Level, grid.Polygon.NumPoints]));
            foreach (var line in LatticeRings.Of(grid.Polygon))
            {
                ring.Clear();
                LatticeRings.Read(line, ring);
                hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(ring)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
