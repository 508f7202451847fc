using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>The new pieces of ways found on the cells, cut where they join a road, and smoothed to curves between their ends.</summary>
internal sealed class RoadChains(Raster cells)
{
    private readonly HashSet<((int, int), (int, int))> steps = [];
    private readonly List<((int Column, int Row) From, (int Column, int Row) To)> order = [];

    /// <summary>Keeps the steps of a path that are not on a road yet (both ends on one count as on it when the step itself is known).</summary>
    public void Add(IReadOnlyList<(int Column, int Row)> path, bool[] road)
    {
        for (var i = 1; i < path.Count; i++)
        {
            var (a, b) = (path[i - 1], path[i]);
            if (IsRoad(a, road) && IsRoad(b, road))
                continue;
            var key = a.CompareTo(b) < 0 ? (a, b) : (b, a);
            if (steps.Add(key))
                order.Add(key);
        }
    }

    /// <summary>Chains between junctions, as smooth curves in metres.</summary>
    public IReadOnlyList<Coordinate[]> Smooth()
    {
        var around = new Dictionary<(int, int), List<(int, int)>>();
        foreach (var (from, to) in order)
        {
            Link(around, from, to);
            Link(around, to, from);
        }

        var walked = new HashSet<((int, int), (int, int))>();
        var curves = new List<Coordinate[]>();
        foreach (var start in around.Where(entry => entry.Value.Count != 2).Select(entry => entry.Key))
        {
            foreach (var next in around[start])
            {
                if (!walked.Contains((start, next)))
                    curves.Add(Curve(Walk(around, start, next, walked)));
            }
        }

        return curves;
    }

    private static List<(int, int)> Walk(
        Dictionary<(int, int), List<(int, int)>> around, (int, int) start, (int, int) next, HashSet<((int, int), (int, int))> walked)
    {
        var chain = new List<(int, int)> { start, next };
        walked.Add((start, next));
        walked.Add((next, start));
        while (around[chain[^1]].Count == 2)
        {
            var ways = around[chain[^1]];
            var onward = ways[0] == chain[^2] ? ways[1] : ways[0];
            walked.Add((chain[^1], onward));
            walked.Add((onward, chain[^1]));
            chain.Add(onward);
        }

        return chain;
    }

    private Coordinate[] Curve(List<(int Column, int Row)> chain)
    {
        var points = chain.Select(cell => cells.Centre(cell.Column, cell.Row)).ToArray();
        for (var pass = 0; pass < 6; pass++)
        {
            var smooth = (Coordinate[])points.Clone();
            for (var i = 1; i + 1 < points.Length; i++)
            {
                smooth[i] = new Coordinate(
                    (points[i - 1].X + 2 * points[i].X + points[i + 1].X) / 4,
                    (points[i - 1].Y + 2 * points[i].Y + points[i + 1].Y) / 4);
            }

            points = smooth;
        }

        return Curves.Through(points, 35);
    }

    private bool IsRoad((int Column, int Row) cell, bool[] road) => road[cell.Row * cells.Width + cell.Column];

    private static void Link(Dictionary<(int, int), List<(int, int)>> around, (int, int) from, (int, int) to)
    {
        if (!around.TryGetValue(from, out var ends))
            around[from] = ends = [];
        ends.Add(to);
    }
}
