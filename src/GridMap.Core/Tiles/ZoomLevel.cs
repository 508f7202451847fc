namespace GridMap.Core.Tiles;

/// <summary>The polygons of one level at one zoom, in tile units from the world's corner. Immutable and thread safe.</summary>
internal sealed class ZoomLevel
{
    private readonly int[] grids;
    private readonly TilePolygon[][] polygons;
    private readonly TileSquare[] boxes;
    private readonly Dictionary<int, int> places = [];

    /// <summary>Takes the arcs of a zoom and, by face, the index of the level's grid there or -1.</summary>
    public ZoomLevel(SimplifiedArcs simplified, TilePoint[][] arcs, int[] gridOfFace, int gridCount)
    {
        var (starts, borders) = Borders(simplified, gridOfFace, gridCount);
        var (indexes, found) = (new List<int>(), new List<TilePolygon[]>());
        var assembly = new PolygonAssembly();
        for (var grid = 0; grid < gridCount; grid++)
        {
            if (starts[grid] == starts[grid + 1])
                continue;
            assembly.Clear();
            foreach (var border in borders.AsSpan(starts[grid]..starts[grid + 1]))
                AddBorder(assembly, arcs[border >> 1], (border & 1) != 0);
            if (assembly.Assemble() is { Count: > 0 } assembled)
            {
                places.Add(grid, indexes.Count);
                indexes.Add(grid);
                found.Add([.. assembled]);
            }
        }

        (grids, polygons) = ([.. indexes], [.. found]);
        boxes = Array.ConvertAll(polygons, parts => TileSquare.Around(parts.SelectMany(part => part.Exterior)));
    }

    /// <summary>The polygons of a grid; empty when it is too small for the zoom or of another level.</summary>
    public IReadOnlyList<TilePolygon> PolygonsOf(int grid) => places.TryGetValue(grid, out var place) ? polygons[place] : [];

    /// <summary>The grids whose surrounding rectangle touches a square, by index.</summary>
    public IEnumerable<int> Near(TileSquare square)
    {
        for (var i = 0; i < grids.Length; i++)
        {
            if (square.Touches(boxes[i]))
                yield return grids[i];
        }
    }

    /// <summary>The grids that have a part in a square, by index, each with what lies there, from the tile's corner.</summary>
    public IEnumerable<(int Grid, IReadOnlyList<TilePolygon> Polygons)> In(TileSquare square)
    {
        var clip = new TileClip();
        for (var i = 0; i < grids.Length; i++)
        {
            if (square.Contains(boxes[i]))
                yield return (grids[i], TileClip.ToLocal(polygons[i], square));
            else if (square.Touches(boxes[i]) && clip.Clip(polygons[i], square) is { Count: > 0 } clipped)
                yield return (grids[i], clipped);
        }
    }

    // By grid the arcs around it, as twice their index, plus one for an arc with the grid to its right. Arcs within a grid are none.
    private static (int[] Starts, int[] Borders) Borders(SimplifiedArcs arcs, int[] gridOfFace, int gridCount)
    {
        var starts = new int[gridCount + 1];
        ForEachBorder(arcs, gridOfFace, (grid, _) => starts[grid + 1]++);
        for (var grid = 0; grid < gridCount; grid++)
            starts[grid + 1] += starts[grid];
        var (borders, next) = (new int[starts[^1]], starts.ToArray());
        ForEachBorder(arcs, gridOfFace, (grid, border) => borders[next[grid]++] = border);
        return (starts, borders);
    }

    private static void ForEachBorder(SimplifiedArcs arcs, int[] gridOfFace, Action<int, int> act)
    {
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var (left, right) = (gridOfFace[arcs.LeftFace(arc)], gridOfFace[arcs.RightFace(arc)]);
            if (left == right)
                continue;
            if (left >= 0)
                act(left, arc << 1);
            if (right >= 0)
                act(right, (arc << 1) | 1);
        }
    }

    // Y grows southwards in tiles, which makes left right: the grid on an arc's right has it on the left there.
    private static void AddBorder(PolygonAssembly assembly, TilePoint[] arc, bool gridIsRight)
    {
        for (var i = 1; i < arc.Length; i++)
        {
            if (gridIsRight)
                assembly.Add(arc[i - 1], arc[i]);
            else
                assembly.Add(arc[i], arc[i - 1]);
        }
    }
}
