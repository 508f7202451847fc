using System.Runtime.InteropServices;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Memory of an index at a fixed address, at cache lines, in large pages where the system gives them: with small ones every lookup
/// of a large territory would also miss the processor's table of pages. Freed with the last reference. Thread safe once filled.
/// </summary>
internal sealed unsafe partial class CellMemory
{
    private const int HugePage = 1 << 21, AdviseHugePages = 14;

    // Pinned: its address stays, and it goes when nobody knows it any more.
    private readonly uint[] array;

    private CellMemory(uint[] pinned, int offset, int count)
    {
        array = pinned;
        Start = (uint*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, offset);
        Count = count;
    }

    /// <summary>The first word.</summary>
    public uint* Start { get; }

    /// <summary>Number of words.</summary>
    public int Count { get; }

    public Span<uint> Span => new(Start, Count);

    /// <summary>Zeroed memory.</summary>
    /// <exception cref="InvalidOperationException">More than 8 GB.</exception>
    public static CellMemory Allocate(long count)
    {
        const int Unit = HugePage / sizeof(uint);
        // What fills less than a few of them stays at cache lines.
        var alignment = count >= Unit ? Unit : LeafRoom.CacheLine;
        if (count + alignment > Array.MaxLength)
            throw new InvalidOperationException("The index outgrows its addresses.");
        var pinned = GC.AllocateUninitializedArray<uint>((int)count + alignment, pinned: true);
        var address = (nuint)(nint)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        var offset = (int)((0 - address % (nuint)(alignment * sizeof(uint))) % (nuint)(alignment * sizeof(uint)) / sizeof(uint));
        var memory = new CellMemory(pinned, offset, (int)count);
        if (alignment == Unit && OperatingSystem.IsLinux())
        {
            // A wish: where it is not granted all works the same, slower. Pages that were touched already stay small.
            _ = Advise(memory.Start, (nuint)count * sizeof(uint), AdviseHugePages);
        }
        memory.Span.Clear();
        return memory;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
