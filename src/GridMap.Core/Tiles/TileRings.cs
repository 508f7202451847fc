using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The rings around the grids of one level in one tile, traced along the pieces of borders with the grid to their left: exterior rings are
/// positive. Rings are simple and may touch each other at points; what shrank to a line is none. They are put together of steps as MVT
/// writes them. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class TileRings
{
    private const int None = -1;

    private readonly List<TileRing> rings = [];
    private readonly List<int> grids = [];
    private readonly List<PathNode> path = [];
    private byte[] bytes = [];
    private int length;
    private byte[] pathBytes = [];

    // The path's end.
    private PathNode end;
    private bool[] isWalked = [];

    // By node: where on the path it lies.
    private int[] places = [];

    // By grid of the coverage: its latest ring.
    private int[] latest = [];

    /// <summary>The grids that have rings, by index.</summary>
    public ReadOnlySpan<int> Grids => CollectionsMarshal.AsSpan(grids);

    public int NumberOfLatest(int grid) => latest[grid];

    /// <summary>A ring by its number.</summary>
    public ref readonly TileRing this[int ring] => ref CollectionsMarshal.AsSpan(rings)[ring];

    /// <summary>The steps from the first point of a ring to its last one.</summary>
    public ReadOnlySpan<byte> StepsOf(in TileRing ring) => bytes.AsSpan(ring.Start, ring.Length);

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
        length = 0;

        // Each half is walked once at most.
        if (bytes.Length < map.Steps.MaxLength)
            (bytes, pathBytes) = (new byte[2 * map.Steps.MaxLength], new byte[2 * map.Steps.MaxLength]);
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
        var pieces = map.Pieces;
        end = default;
        path.Clear();
        Enter(pieces[half >> 1].Start(half));
        while (!isWalked[half])
        {
            isWalked[half] = true;
            ref readonly var piece = ref pieces[half >> 1];
            var node = piece.Start(half ^ 1);

            // The first border clockwise from the way back: between them lies the grid.
            var next = map.Stars.Previous(half ^ 1);
            while (gridOfRegion[pieces[next >> 1].Left] == gridOfRegion[pieces[next >> 1].Right])
                next = map.Stars.Previous(next);
            if (!piece.IsSide)
                AddBorder(map, grid, half, node);
            else if (places[node] != None || !pieces[next >> 1].IsSide || map.IsCorner(node))
                AddSide(map, grid, node);
            half = next;
        }

        // All is walked, so only the start is left.
        foreach (var entered in path)
            places[entered.Node] = None;
    }

    private void AddBorder(TileMap map, int grid, int half, int node)
    {
        ref readonly var steps = ref map.Steps.Of(half);
        map.Steps.Bytes(steps).CopyTo(pathBytes.AsSpan(end.Length));
        var area = map.Steps.Area(half >> 1);
        end = new PathNode(node, end.Length + steps.Length, end.Count + steps.Count, end.Area + ((half & 1) == 0 ? area : -area));
        if (places[node] == None)
        {
            Enter(node);
            return;
        }

        // A ring does not say that it comes back.
        end = end with { Length = end.Length - steps.LastLength, Count = end.Count - 1 };
        Close(map, grid, node, map.PointBefore(half));
    }

    // From the node before, across all nodes on the side where nothing branches off.
    private void AddSide(TileMap map, int grid, int node)
    {
        var (from, to) = (map.PointOf(path[^1].Node), map.PointOf(node));
        end = end with { Area = end.Area + PieceSteps.Area(from, to) };
        if (places[node] != None)
        {
            Close(map, grid, node, from);
            return;
        }

        var step = PieceSteps.Write(pathBytes.AsSpan(end.Length), from, to);
        end = end with { Length = end.Length + step, Count = end.Count + 1 };
        Enter(node);
    }

    private void Enter(int node)
    {
        places[node] = path.Count;
        path.Add(end with { Node = node });
    }

    /// <summary>Makes a ring of the path since it was at a node, and goes on from there.</summary>
    private void Close(TileMap map, int grid, int node, TilePoint last)
    {
        var from = places[node];
        var start = path[from];
        if (end.Area - start.Area is not 0 and var area)
        {
            if (latest[grid] == None)
                grids.Add(grid);
            var steps = pathBytes.AsSpan(start.Length..end.Length);
            rings.Add(new TileRing(length, steps.Length, end.Count - start.Count, map.PointOf(node), last, area, latest[grid]));
            latest[grid] = rings.Count - 1;
            steps.CopyTo(bytes.AsSpan(length));
            length += steps.Length;
        }

        for (var i = from + 1; i < path.Count; i++)
            places[path[i].Node] = None;
        path.RemoveRange(from + 1, path.Count - from - 1);
        end = start;
    }

    // A node on the path, and bytes, steps and doubled area of the path up to it.
    private readonly record struct PathNode(int Node, int Length, int Count, long Area);
}
