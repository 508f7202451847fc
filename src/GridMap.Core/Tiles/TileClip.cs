namespace GridMap.Core.Tiles;

/// <summary>
/// Cuts polygons out at the sides of buffered tiles. Snap rounding has put a vertex wherever an edge meets such a side, so no
/// vertex is made and none moves: rings are followed (Sutherland and Hodgman 1974), what runs along a side both ways cancels,
/// and the rest is assembled anew. Used again for tile after tile; not thread safe.
/// </summary>
internal sealed class TileClip
{
    private readonly PolygonAssembly assembly = new();
    private readonly List<List<TilePoint>> rings = [];
    private readonly SortedSet<int> west = [], north = [], east = [], south = [];

    /// <summary>What of the polygons lies in the square, from the tile's corner.</summary>
    public IReadOnlyList<TilePolygon> Clip(IReadOnlyList<TilePolygon> polygons, TileSquare square)
    {
        rings.Clear();
        foreach (var polygon in polygons)
        {
            AddRing(polygon.Exterior, square);
            foreach (var hole in polygon.Holes)
                AddRing(hole, square);
        }

        CollectOnSides(square);
        assembly.Clear();
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Count; i++)
                AddEdge(ring[i], ring[i + 1 == ring.Count ? 0 : i + 1], square);
        }

        return ToLocal(assembly.Assemble(), square);
    }

    /// <summary>Polygons that lie in the square whole, from the tile's corner.</summary>
    public static IReadOnlyList<TilePolygon> ToLocal(IReadOnlyList<TilePolygon> polygons, TileSquare square)
    {
        TilePoint[] Local(TilePoint[] ring) => Array.ConvertAll(ring, square.ToLocal);
        return [.. polygons.Select(polygon => new TilePolygon(Local(polygon.Exterior), [.. polygon.Holes.Select(Local)]))];
    }

    private void AddRing(TilePoint[] ring, TileSquare square)
    {
        // Sides of the square as half-planes a * X + b * Y <= c.
        var clipped = CutSide(ring, -1, 0, -square.West);
        clipped = CutSide(clipped, 1, 0, square.East);
        clipped = CutSide(clipped, 0, -1, -square.North);
        clipped = CutSide(clipped, 0, 1, square.South);
        if (clipped.Count > 1)
            rings.Add(clipped);
    }

    private static List<TilePoint> CutSide(IReadOnlyList<TilePoint> ring, int a, int b, int c)
    {
        var kept = new List<TilePoint>(ring.Count);
        for (var i = 0; i < ring.Count; i++)
        {
            var (point, next) = (ring[i], ring[i + 1 == ring.Count ? 0 : i + 1]);
            int over = a * point.X + b * point.Y - c, nextOver = a * next.X + b * next.Y - c;
            if (over <= 0)
                kept.Add(point);
            if (Math.Sign(over) * Math.Sign(nextOver) < 0)
                kept.Add(Corner(point, next, a * c, b * c));
        }

        return kept;
    }

    /// <summary>Where an edge that an earlier cut laid along a side of the square meets the next side.</summary>
    private static TilePoint Corner(TilePoint from, TilePoint to, int x, int y)
    {
        if (from.X == to.X)
            return new TilePoint(from.X, y);
        if (from.Y == to.Y)
            return new TilePoint(x, from.Y);
        throw new InvalidOperationException($"The edge from {from} to {to} has no vertex at the tile's side.");
    }

    private void CollectOnSides(TileSquare square)
    {
        west.Clear();
        north.Clear();
        east.Clear();
        south.Clear();
        foreach (var ring in rings)
        {
            foreach (var point in ring)
            {
                if (point.X == square.West)
                    west.Add(point.Y);
                if (point.X == square.East)
                    east.Add(point.Y);
                if (point.Y == square.North)
                    north.Add(point.X);
                if (point.Y == square.South)
                    south.Add(point.X);
            }
        }
    }

    private void AddEdge(TilePoint from, TilePoint to, TileSquare square)
    {
        if (from.X == to.X && (from.X == square.West || from.X == square.East))
            AddAlong(from, to, from.Y, to.Y, from.X == square.West ? west : east, y => new TilePoint(from.X, y));
        else if (from.Y == to.Y && (from.Y == square.North || from.Y == square.South))
            AddAlong(from, to, from.X, to.X, from.Y == square.North ? north : south, x => new TilePoint(x, from.Y));
        else
            assembly.Add(from, to);
    }

    /// <summary>Adds an edge along a side in pieces from vertex to vertex, so that pieces that run both ways cancel.</summary>
    private void AddAlong(TilePoint from, TilePoint to, int start, int end, SortedSet<int> vertices, Func<int, TilePoint> at)
    {
        IEnumerable<int> between = vertices.GetViewBetween(Math.Min(start, end), Math.Max(start, end));
        if (start > end)
            between = between.Reverse();
        var last = from;
        foreach (var vertex in between)
        {
            assembly.Add(last, at(vertex));
            last = at(vertex);
        }

        assembly.Add(last, to);
    }
}
