namespace GridMap.Core.Tiles;

/// <summary>
/// Makes long lines of the borders in a tile: each once, on the outermost level that it bounds, joined where no other line of the level
/// branches off. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class TileLines
{
    private TilePoint[] line = [];
    private bool[] isDrawn = [];

    /// <summary>Writes the lines of a level.</summary>
    public void Write(TileMap map, int level, MvtGeometry geometry)
    {
        var pieces = map.Pieces;
        if (isDrawn.Length < pieces.Length)
            isDrawn = new bool[2 * pieces.Length];
        Array.Clear(isDrawn, 0, pieces.Length);
        if (line.Length < map.MaxRing)
            line = new TilePoint[2 * map.MaxRing];

        // First from where lines end or fork; what is left then are loops.
        for (var half = 0; half < 2 * pieces.Length; half++)
        {
            if (IsOpen(map, half, level) && Degree(map, Start(pieces[half >> 1], half), level) != 2)
                Follow(map, half, level, geometry);
        }

        for (var half = 0; half < 2 * pieces.Length; half += 2)
        {
            if (IsOpen(map, half, level))
                Follow(map, half, level, geometry);
        }
    }

    private void Follow(TileMap map, int half, int level, MvtGeometry geometry)
    {
        var pieces = map.Pieces;
        var count = 0;
        line[count++] = map.PointOf(Start(pieces[half >> 1], half));
        while (half >= 0)
        {
            isDrawn[half >> 1] = true;
            count += map.WriteInner(half, line.AsSpan(count));
            var end = Start(pieces[half >> 1], half ^ 1);
            line[count++] = map.PointOf(end);
            half = Degree(map, end, level) == 2 ? Onward(map, end, level) : -1;
        }

        geometry.Line(line.AsSpan(0, count));
    }

    private int Onward(TileMap map, int node, int level)
    {
        foreach (var half in map.Stars.Of(node))
        {
            if (IsOpen(map, half, level))
                return half;
        }

        return -1;
    }

    private bool IsOpen(TileMap map, int half, int level) =>
        map.Pieces[half >> 1].Level == level && !isDrawn[half >> 1] && !map.Stars.IsDropped(half >> 1);

    private static int Degree(TileMap map, int node, int level)
    {
        var pieces = map.Pieces;
        var degree = 0;
        foreach (var half in map.Stars.Of(node))
            degree += pieces[half >> 1].Level == level ? 1 : 0;
        return degree;
    }

    private static int Start(BorderPiece piece, int half) => (half & 1) == 0 ? piece.From : piece.To;
}
