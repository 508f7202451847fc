using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// Makes long lines of the borders in a tile: each once, on the outermost level that it bounds, joined where no other line of the level
/// branches off. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class TileLines
{
    private byte[] line = [];
    private bool[] isDrawn = [];

    // The pieces that are left, level by level, and where those of each level end.
    private readonly int[] ends = new int[CoverageGrid.MaxLevel + 1];
    private int[] ofLevels = [];

    /// <summary>Begins a tile.</summary>
    public void Begin(TileMap map)
    {
        var pieces = map.Pieces;
        if (isDrawn.Length < pieces.Length)
            (isDrawn, ofLevels) = (new bool[2 * pieces.Length], new int[2 * pieces.Length]);
        Array.Clear(isDrawn, 0, pieces.Length);
        if (line.Length < map.Steps.MaxLength)
            line = new byte[2 * map.Steps.MaxLength];
        Array.Clear(ends);
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            if (IsLeft(map, piece))
                ends[pieces[piece].Level]++;
        }

        for (int level = 0, at = 0; level < ends.Length; level++)
            (ends[level], at) = (at, at + ends[level]);
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            if (IsLeft(map, piece))
                ofLevels[ends[pieces[piece].Level]++] = piece;
        }
    }

    /// <summary>Writes the lines of a level.</summary>
    public void Write(TileMap map, int level, MvtGeometry geometry)
    {
        // First from where lines end or fork; what is left then are loops.
        var pieces = ofLevels.AsSpan(ends[level - 1]..ends[level]);
        foreach (var piece in pieces)
        {
            for (var half = 2 * piece; half < 2 * piece + 2; half++)
            {
                if (!isDrawn[piece] && Degree(map, map.Pieces[piece].Start(half), level) != 2)
                    Follow(map, half, level, geometry);
            }
        }

        foreach (var piece in pieces)
        {
            if (!isDrawn[piece])
                Follow(map, 2 * piece, level, geometry);
        }
    }

    private void Follow(TileMap map, int half, int level, MvtGeometry geometry)
    {
        var pieces = map.Pieces;
        var (length, count, start) = (0, 0, pieces[half >> 1].Start(half));
        while (true)
        {
            isDrawn[half >> 1] = true;
            ref readonly var steps = ref map.Steps.Of(half);
            map.Steps.Bytes(steps).CopyTo(line.AsSpan(length));
            (length, count) = (length + steps.Length, count + steps.Count);
            var end = pieces[half >> 1].Start(half ^ 1);
            var next = Degree(map, end, level) == 2 ? Onward(map, end, level) : -1;
            if (next < 0)
            {
                geometry.Line(map.PointOf(start), line.AsSpan(0, length), count, map.PointOf(end));
                return;
            }

            half = next;
        }
    }

    private int Onward(TileMap map, int node, int level)
    {
        foreach (var half in map.Stars.Of(node))
        {
            if (map.Pieces[half >> 1].Level == level && !isDrawn[half >> 1])
                return half;
        }

        return -1;
    }

    // What lay on another piece is in no star.
    private static int Degree(TileMap map, int node, int level)
    {
        var pieces = map.Pieces;
        var degree = 0;
        foreach (var half in map.Stars.Of(node))
            degree += pieces[half >> 1].Level == level ? 1 : 0;
        return degree;
    }

    private static bool IsLeft(TileMap map, int piece) => !map.Pieces[piece].IsSide && !map.Stars.IsDropped(piece);
}
