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
        var clipped = CutSide(ring, point => point.X >= square.West, point => point.X == square.West);
        clipped = CutSide(clipped, point => point.X <= square.East, point => point.X == square.East);
        clipped = CutSide(clipped, point => point.Y >= square.North, point => point.Y == square.North);
        clipped = CutSide(clipped, point => point.Y <= square.South, point => point.Y == square.South);
        if (clipped.Count > 1)
            rings.Add(clipped);
    }

    private static List<TilePoint> CutSide(IReadOnlyList<TilePoint> ring, Func<TilePoint, bool> isInside, Func<TilePoint, bool> isOn)
    {
        var kept = new List<TilePoint>(ring.Count);
        for (var i = 0; i < ring.Count; i++)
        {
            var (point, next) = (ring[i], ring[i + 1 == ring.Count ? 0 : i + 1]);
            var inside = isInside(point);
            if (inside)
                kept.Add(point);
            if (inside != isInside(next) && !isOn(inside ? point : next))
                throw new InvalidOperationException($"The edge from {point} to {next} has no vertex at the tile's side.");
        }

        return kept;
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
