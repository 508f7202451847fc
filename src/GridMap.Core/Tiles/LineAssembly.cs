namespace GridMap.Core.Tiles;

/// <summary>
/// Makes long lines of border edges: each edge once, on the outermost level that it bounds, joined where no other line of the level
/// branches off. Cleared and used again; not thread safe.
/// </summary>
internal sealed class LineAssembly
{
    private readonly Dictionary<(TilePoint A, TilePoint B), int> levels = [];
    private readonly Dictionary<TilePoint, List<TilePoint>> neighbours = [];

    public void Clear() => levels.Clear();

    /// <summary>Adds an edge that bounds grids of a level and perhaps of levels within it.</summary>
    public void Add(TilePoint from, TilePoint to, int level)
    {
        var edge = TilePoint.ByXThenY.Compare(from, to) < 0 ? (from, to) : (to, from);
        if (from != to && (!levels.TryGetValue(edge, out var outer) || level < outer))
            levels[edge] = level;
    }

    /// <summary>The lines of a level, in a fixed order.</summary>
    public List<TilePoint[]> Assemble(int level)
    {
        neighbours.Clear();
        foreach (var ((a, b), outer) in levels)
        {
            if (outer == level)
            {
                Neighbours(a).Add(b);
                Neighbours(b).Add(a);
            }
        }

        var points = neighbours.Keys.ToArray();
        Array.Sort(points, TilePoint.ByXThenY);
        foreach (var around in neighbours.Values)
            around.Sort(TilePoint.ByXThenY);
        var forks = points.Where(point => neighbours[point].Count != 2).ToHashSet();
        var lines = new List<TilePoint[]>();
        foreach (var point in points.Where(forks.Contains).Concat(points)) // what the forks leave are loops
        {
            while (neighbours[point].Count > 0)
                lines.Add(Follow(point, forks));
        }

        return lines;
    }

    private TilePoint[] Follow(TilePoint start, HashSet<TilePoint> forks)
    {
        var line = new List<TilePoint> { start };
        do
        {
            var at = line[^1];
            var next = neighbours[at][0];
            neighbours[at].Remove(next);
            neighbours[next].Remove(at);
            line.Add(next);
        }
        while (line[^1] != start && !forks.Contains(line[^1]));
        return [.. line];
    }

    private List<TilePoint> Neighbours(TilePoint point)
    {
        if (!neighbours.TryGetValue(point, out var around))
            neighbours.Add(point, around = []);
        return around;
    }
}
