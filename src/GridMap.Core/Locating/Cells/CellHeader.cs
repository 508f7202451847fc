using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// The first words of an index, in memory as in a file: a mark with the version, the frame, how many words there are and points in a leaf, and
/// the digest of all that follow. Then come the top grid, row by row from the south-west, and the blocks. Little-endian.
/// </summary>
internal static class CellHeader
{
    public const int Words = 32;

    // "GMC" and the version of the format.
    private const uint Mark = 0x02434D47;

    private const int FrameAt = 1, OriginAt = 4, CountAt = 8, PointsAt = 9, DigestAt = 16;

    public static void Write(Span<uint> words, CellFrame frame, int pointsPerLeaf)
    {
        (words[0], words[PointsAt]) = (Mark, (uint)pointsPerLeaf);
        (words[FrameAt], words[FrameAt + 1], words[FrameAt + 2]) = ((uint)frame.Shift, (uint)frame.Columns, (uint)frame.Rows);
        MemoryMarshal.Write(MemoryMarshal.AsBytes(words[OriginAt..]), frame.OriginX);
        MemoryMarshal.Write(MemoryMarshal.AsBytes(words[(OriginAt + 2)..]), frame.OriginY);
    }

    public static CellFrame Frame(ReadOnlySpan<uint> words) => new(
        MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(words[OriginAt..])), MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(words[(OriginAt + 2)..])),
        (int)words[FrameAt], (int)words[FrameAt + 1], (int)words[FrameAt + 2]);

    /// <summary>For how many points in a leaf it was built.</summary>
    public static int PointsPerLeaf(ReadOnlySpan<uint> words) => (int)words[PointsAt];

    /// <summary>The header of an index for a file, with the length and the digest.</summary>
    public static uint[] Sealed(ReadOnlySpan<uint> words)
    {
        var header = words[..Words].ToArray();
        header[CountAt] = (uint)words.Length;
        SHA256.HashData(MemoryMarshal.AsBytes(words[Words..]), MemoryMarshal.AsBytes(header.AsSpan(DigestAt, 8)));
        return header;
    }

    /// <summary>How many words a file holds, by its header.</summary>
    /// <exception cref="InvalidDataException">It is not an index of this version.</exception>
    public static uint Count(ReadOnlySpan<uint> header) => BitConverter.IsLittleEndian && header[0] == Mark && header[CountAt] > Words
        ? header[CountAt]
        : throw new InvalidDataException("This is not a cell index of this version.");

    /// <exception cref="InvalidDataException">The words are not those that were sealed.</exception>
    public static void Verify(ReadOnlySpan<uint> words)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(words[Words..]), digest);
        if (!digest.SequenceEqual(MemoryMarshal.AsBytes(words.Slice(DigestAt, 8))))
            throw new InvalidDataException("This cell index is damaged.");
    }
}
