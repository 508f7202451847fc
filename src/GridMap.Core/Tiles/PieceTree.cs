using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GridMap.Core.Locating;

namespace GridMap.Core.Tiles;

/// <summary>
/// Finds which of many boxes meet another one, where boxes that follow each other are neighbours: eight of them make a node, eight nodes the
/// next one, and eight are tried at once. Answers may hold boxes that miss by up to <see cref="Step"/>. Immutable and thread safe.
/// </summary>
internal sealed class PieceTree
{
    /// <summary>Fine units to which boxes are rounded, so that the world fits 32 bits.</summary>
    public const long Step = 1 << StepBits;

    private const int StepBits = MercatorPoint.WorldBits - 31;
    private const int Wide = 8;

    // By height, the boxes themselves first; node by node western, northern, eastern and southern sides.
    private readonly List<Vector256<int>[]> heights = [];

    public PieceTree(ReadOnlySpan<LatticeBox> boxes)
    {
        for (var level = boxes.ToArray(); ; level = Parents(level))
        {
            heights.Add(Pack(level));
            if (level.Length <= Wide)
                break;
        }
    }

    /// <summary>Lists the boxes that meet a box of fine units, in their order.</summary>
    public void Find(LatticeBox box, List<int> found)
    {
        found.Clear();
        Descend(heights.Count - 1, 0, new Sides(
            Vector256.Create(Round(box.MinX)), Vector256.Create(Round(box.MinY)), Vector256.Create(Round(box.MaxX)), Vector256.Create(Round(box.MaxY))), found);
    }

    private void Descend(int height, int node, in Sides box, List<int> found)
    {
        var sides = heights[height].AsSpan(4 * node, 4);
        var misses = Vector256.GreaterThan(sides[0], box.East) | Vector256.GreaterThan(sides[1], box.South)
            | Vector256.GreaterThan(box.West, sides[2]) | Vector256.GreaterThan(box.North, sides[3]);
        for (var meets = ~misses.ExtractMostSignificantBits() & ((1u << Wide) - 1); meets != 0; meets &= meets - 1)
        {
            var child = node * Wide + BitOperations.TrailingZeroCount(meets);
            if (height == 0)
                found.Add(child);
            else
                Descend(height - 1, child, box, found);
        }
    }

    private static LatticeBox[] Parents(LatticeBox[] level) =>
        [.. level.Chunk(Wide).Select(chunk => chunk.Aggregate((one, other) => one.Union(other)))];

    // Where boxes are missing from the last node, stand some that meet nothing.
    private static Vector256<int>[] Pack(LatticeBox[] level)
    {
        var nodes = (level.Length + Wide - 1) / Wide;
        var packed = new Vector256<int>[4 * Math.Max(nodes, 1)];
        var sides = MemoryMarshal.Cast<Vector256<int>, int>(packed.AsSpan());
        for (var i = 0; i < packed.Length / 4 * Wide; i++)
        {
            var box = i < level.Length ? level[i] : LatticeBox.Empty;
            var at = i / Wide * 4 * Wide + i % Wide;
            (sides[at], sides[at + Wide]) = (Round(box.MinX), Round(box.MinY));
            (sides[at + 2 * Wide], sides[at + 3 * Wide]) = (Round(box.MaxX), Round(box.MaxY));
        }

        return packed;
    }

    // Beyond the world's sides tiles reach by their buffer.
    private static int Round(long fine) => (int)Math.Clamp(fine >> StepBits, int.MinValue, int.MaxValue);

    private readonly record struct Sides(Vector256<int> West, Vector256<int> North, Vector256<int> East, Vector256<int> South);
}
