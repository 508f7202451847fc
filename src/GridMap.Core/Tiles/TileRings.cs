using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The rings around the grids of one level in one tile, traced along the pieces of borders with the grid to their left: exterior rings are
/// positive. Rings are simple and may touch each other at points; what shrank to a line is none. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class TileRings
{
    private const int None = -1;

    private TilePoint[] points = [];
    private int pointCount;
    private readonly List<TileRing> rings = [];
    private readonly List<int> grids = [];
    private TilePoint[] path = [];
    private int pathCount;
    private readonly List<(int Node, int Place)> pathNodes = [];
    private bool[] isWalked = [];

    // By node: where on the path it lies.
    private int[] places = [];

    // By grid of the coverage: its latest ring.
    private int[] latest = [];

    /// <summary>The grids that have rings, by index.</summary>
    public ReadOnlySpan<int> Grids => CollectionsMarshal.AsSpan(grids);

    /// <summary>The latest ring of a grid that has rings; each names the one before.</summary>
    public TileRing LatestOf(int grid) => rings[latest[grid]];

    public int NumberOfLatest(int grid) => latest[grid];

    /// <summary>A ring by its number.</summary>
    public TileRing this[int ring] => rings[ring];

    /// <summary>The points of a ring as the tile writes them, without the first one again.</summary>
    public ReadOnlySpan<TilePoint> PointsOf(TileRing ring) => points.AsSpan(ring.Start, ring.Count);

    /// <summary>Traces all rings of a level.</summary>
    /// <param name="map">The tile.</param>
    /// <param name="gridOfRegion">By region, the level's grid.</param>
    /// <param name="gridCount">How many grids there are on all levels.</param>
    public void Trace(TileMap map, ReadOnlySpan<int> gridOfRegion, int gridCount)
    {
        MakeRoom(map, gridCount);
        var pieces = map.Pieces;
        for (var half = 0; half < 2 * pieces.Length; half++)
        {
            ref readonly var piece = ref pieces[half >> 1];
            var (left, right) = (gridOfRegion[piece.Left], gridOfRegion[piece.Right]);
            var grid = (half & 1) == 0 ? left : right;
            if (left != right && grid >= 0 && !isWalked[half] && !map.Stars.IsDropped(half >> 1))
                Walk(map, gridOfRegion, grid, half);
        }
    }

    private void MakeRoom(TileMap map, int gridCount)
    {
        if (latest.Length < gridCount)
        {
            latest = new int[gridCount];
            Array.Fill(latest, None);
        }

        foreach (var grid in grids)
            latest[grid] = None;
        grids.Clear();
        rings.Clear();
        pointCount = 0;
        if (path.Length < map.MaxRing)
            path = new TilePoint[2 * map.MaxRing];

        // A piece has two sides, and nodes count for each of their pieces.
        if (points.Length < 2 * (path.Length + map.Pieces.Length))
            points = new TilePoint[2 * (path.Length + map.Pieces.Length)];
        if (isWalked.Length < 2 * map.Pieces.Length)
            isWalked = new bool[4 * map.Pieces.Length];
        Array.Clear(isWalked, 0, 2 * map.Pieces.Length);
        if (places.Length < map.NodeCount)
        {
            places = new int[2 * map.NodeCount];
            Array.Fill(places, None);
        }
    }

    private void Walk(TileMap map, ReadOnlySpan<int> gridOfRegion, int grid, int half)
    {
        pathCount = 0;
        pathNodes.Clear();
        var pieces = map.Pieces;
        Enter(map, (half & 1) == 0 ? pieces[half >> 1].From : pieces[half >> 1].To);
        while (!isWalked[half])
        {
            isWalked[half] = true;
            pathCount += map.WriteInner(half, path.AsSpan(pathCount));
            var node = (half & 1) == 0 ? pieces[half >> 1].To : pieces[half >> 1].From;

            // The first border clockwise from the way back: between them lies the grid.
            var next = map.Stars.Previous(half ^ 1, node);
            while (gridOfRegion[pieces[next >> 1].Left] == gridOfRegion[pieces[next >> 1].Right])
                next = map.Stars.Previous(next, node);
            if (places[node] != None)
                Close(grid, node);
            else if (!(pieces[half >> 1].IsSide && pieces[next >> 1].IsSide) || map.IsCorner(node))
                Enter(map, node);
            half = next;
        }

        // All is walked, so only the start is left.
        foreach (var (node, _) in pathNodes)
            places[node] = None;
    }

    private void Enter(TileMap map, int node)
    {
        places[node] = pathNodes.Count;
        pathNodes.Add((node, pathCount));
        path[pathCount++] = map.PointOf(node);
    }

    /// <summary>Makes a ring of the path since it was at a node, and goes on from there.</summary>
    private void Close(int grid, int node)
    {
        var from = places[node];
        var start = pathNodes[from].Place;
        var ring = path.AsSpan(start..pathCount);
        if (TilePoint.DoubledArea(ring) is not 0 and var area)
        {
            if (latest[grid] == None)
                grids.Add(grid);
            rings.Add(new TileRing(pointCount, ring.Length, area, latest[grid]));
            latest[grid] = rings.Count - 1;
            ring.CopyTo(points.AsSpan(pointCount));
            pointCount += ring.Length;
        }

        for (var i = from + 1; i < pathNodes.Count; i++)
            places[pathNodes[i].Node] = None;
        pathNodes.RemoveRange(from + 1, pathNodes.Count - from - 1);
        pathCount = start + 1;
    }
}

/// <summary>A ring of a grid in a tile. An immutable value.</summary>
/// <param name="Start">Where its points begin.</param>
/// <param name="Count">How many it has.</param>
/// <param name="DoubledArea">Twice its area in square tile units: negative for a hole.</param>
/// <param name="Before">The number of the ring of the same grid that was found before it, or -1.</param>
internal readonly record struct TileRing(int Start, int Count, long DoubledArea, int Before);
