using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>
/// All grids near an edit with all their borders, and the pieces that it gives away, as one planar map. Borders are cut near the edit only; what
/// lies farther away is as it was. Not thread safe.
/// </summary>
internal sealed class LocalMap
{
    private const int NoPiece = -1;

    // An edge that passes a pixel reaches half a unit into it; one more for the vertex that is led there.
    private const double MarginDegrees = 2.0 / Lattice.UnitsPerDegree;

    private readonly Dictionary<long, int> indexes = [];
    private readonly List<BentEdge> bent = [];
    private readonly HashSet<LatticePoint> vertices = []; // Of the borders near the edit, before it.
    private readonly Dictionary<(LatticePoint, LatticePoint), LatticePoint[]> led = [];
    private readonly Dictionary<(int Level, LatticePoint Point), Int128> ledNodes = [];
    private readonly (int Grid, int Winding)[][] claims;

    private LocalMap(PlanState state, Replacement replacement)
    {
        var window = WindowOf(replacement);
        Grids = [.. state.Near(window).Concat(Receivers(state, replacement)).DistinctBy(grid => grid.Id).OrderBy(grid => grid.Id)];
        for (var i = 0; i < Grids.Count; i++)
            indexes.Add(Grids[i].Id, i);
        var (near, far) = Collect(window, replacement);
        var noded = Node(near, replacement.Move is not null);
        var all = new EdgeTable(Windings, noded.Count + far.Count);
        AddAll(all, far);
        AddAll(all, noded);
        Map = PlanarMap.Trace(all.Seal(), Windings);
        Arcs = Map.ToArcMap();
        PieceOf = new int[Map.FaceCount];
        claims = new (int, int)[Map.FaceCount][];
        for (var face = 0; face < PieceOf.Length; face++)
            (PieceOf[face], claims[face]) = Read(face);
    }

    /// <summary>The grids that there are near the edit before it, by identity.</summary>
    public IReadOnlyList<PlannedGrid> Grids { get; }

    public WindingTable Windings { get; } = new();

    public PlanarMap Map { get; }

    /// <summary>The same with measured faces.</summary>
    public ArcMap Arcs { get; }

    /// <summary>By face: the piece that covers it, -1 for none.</summary>
    public int[] PieceOf { get; }

    /// <summary>By level: vertices that borders were led through as the pieces were drawn, with twice the area that the level gained there.</summary>
    public IEnumerable<OuterNode> LedNodes =>
        ledNodes.Where(node => node.Value != 0).OrderBy(node => node.Key).Select(node => new OuterNode(node.Key.Level, node.Key.Point, node.Value));

    /// <summary>Edges that were led through a vertex besides, in the order in which it was done.</summary>
    public IReadOnlyList<BentEdge> Bent => bent;

    /// <exception cref="EditRefusedException">Borders would come to touch that do not.</exception>
    public static LocalMap Of(PlanState state, Replacement replacement) => new(state, replacement);

    /// <summary>Index of a grid in <see cref="Grids"/>, -1 when it is not near.</summary>
    public int IndexOf(long id) => indexes.GetValueOrDefault(id, -1);

    /// <summary>By grid whose outline winds around the face before the edit: its index, and how often.</summary>
    public ReadOnlySpan<(int Grid, int Winding)> ClaimsOf(int face) => claims[face];

    /// <summary>True when a grid claims the face before the edit.</summary>
    public bool IsClaimedBy(int face, int grid)
    {
        foreach (var claim in claims[face])
            if (claim.Grid == grid && claim.Winding > 0)
                return true;
        return false;
    }

    /// <summary>The grids that get ground, with those that they lie in: a border of theirs need not be near it.</summary>
    private static IEnumerable<PlannedGrid> Receivers(PlanState state, Replacement replacement)
    {
        foreach (var id in replacement.Pieces.Select(piece => piece.Grid).OfType<long>().Distinct())
            if ((replacement.Facts.FirstOrDefault(grid => grid.Id == id) ?? state.Find(id)) is { } receiver)
                foreach (var grid in state.ChainOf(receiver))
                    if (state.Find(grid.Id) is { } known)
                        yield return known;
    }

    private static Envelope WindowOf(Replacement replacement)
    {
        var window = new Envelope();
        foreach (var piece in replacement.Pieces)
            window.ExpandToInclude(piece.Area.EnvelopeInternal);
        if (replacement.Move is { } move)
            window.ExpandToInclude(move.Reach);
        window.ExpandBy(MarginDegrees);
        return window;
    }

    private (EdgeSet Near, EdgeSet Far) Collect(Envelope window, Replacement replacement)
    {
        var (low, high) = (LatticePoint.FromDegrees(window.MinX, window.MinY), LatticePoint.FromDegrees(window.MaxX, window.MaxY));
        var (near, far) = (new EdgeTable(Windings), new EdgeTable(Windings));
        var borders = new BentBorders(replacement.Bent);
        for (var grid = 0; grid < Grids.Count; grid++)
        {
            var plus = Windings.Intern([WindingTable.Entry(grid, 1)]);
            foreach (var ring in Rings.Of(Grids[grid].Polygon))
            {
                var line = replacement.Move is { } move ? Moved(ring, move) : ring;
                for (var i = 1; i < line.Length; i++)
                {
                    if (!Meets(line[i - 1], line[i], low, high))
                    {
                        far.AddLine([line[i - 1], line[i]], plus);
                        continue;
                    }
                    vertices.Add(line[i - 1]);
                    vertices.Add(line[i]);
                    near.AddLine([line[i - 1], .. Lead(borders, line[i - 1], line[i], Grids[grid].Level)], plus);
                }
            }
        }
        for (var piece = 0; piece < replacement.Pieces.Count; piece++)
            foreach (var ring in Rings.Of(replacement.Pieces[piece].Area))
                near.AddRing(ring, Grids.Count + piece);
        return (near.Seal(), far.Seal());
    }

    private LatticePoint[] Lead(BentBorders borders, LatticePoint from, LatticePoint to, int level)
    {
        LatticePoint[] line = [.. borders.Lead(from, to)];
        if (line.Length == 1)
            return line;
        // The same for both sides, so that what one gains the other loses point by point.
        var (start, end, sign) = from < to ? (from, to, 1) : (to, from, -1);
        LatticePoint[] points = from < to ? line[..^1] : [.. line[..^1].Reverse()];
        led[(start, end)] = points;
        foreach (var (point, swept) in AreaBalance.Swept(start, end, points))
            ledNodes[(level, point)] = ledNodes.GetValueOrDefault((level, point)) + sign * swept;
        return line;
    }

    private static bool Meets(LatticePoint a, LatticePoint b, LatticePoint low, LatticePoint high) =>
        Math.Max(a.X, b.X) >= low.X && Math.Min(a.X, b.X) <= high.X && Math.Max(a.Y, b.Y) >= low.Y && Math.Min(a.Y, b.Y) <= high.Y;

    private static LatticePoint[] Moved(LatticePoint[] ring, VertexMove move)
    {
        if (move.EdgeEnd is not { } end)
            return Array.ConvertAll(ring, point => point == move.At ? move.To : point);
        var line = new List<LatticePoint>(ring.Length + 1);
        for (var i = 0; i < ring.Length; i++)
        {
            if (i > 0 && ((ring[i - 1] == move.At && ring[i] == end) || (ring[i - 1] == end && ring[i] == move.At)))
                line.Add(move.To);
            line.Add(ring[i]);
        }
        return [.. line];
    }

    private EdgeSet Node(EdgeSet near, bool isMove)
    {
        var (noded, _) = EdgeNoding.Node(near, Windings, CancellationToken.None, bent.Add);

        // Whatever leads two borders through one point that was no vertex of either, or one border through a vertex beside it, changes the
        // order of the faces around it.
        var taken = new HashSet<LatticePoint>();
        foreach (var ((from, to), points) in led)
            foreach (var point in points)
                Take(point, LatticePredicates.Orientation(from, to, point) != 0);
        foreach (var edge in bent)
            if (IsBorder(edge.Delta))
                Take(edge.Pixel, edge.Moves);
        return noded;

        void Take(LatticePoint point, bool moves)
        {
            if (vertices.Contains(point) ? moves : !taken.Add(point))
                throw TooClose(point, isMove);
        }
    }

    private bool IsBorder(int delta)
    {
        foreach (var entry in Windings.Entries(delta))
            if (WindingTable.GridOf(entry) < Grids.Count)
                return true;
        return false;
    }

    private static EditRefusedException TooClose(LatticePoint place, bool isMove) => new(new EditRefusal(
        isMove ? "crosses" : "too_close",
        isMove
            ? "Moved there, a border would cross or touch another; move it less far."
            : "Here the new border and two that exist lie within a millimetre of each other; draw it a little beside, or through the vertex.",
        Lattice.Factory.CreatePoint(place.ToCoordinate())));

    private static void AddAll(EdgeTable table, EdgeSet edges)
    {
        for (var edge = 0; edge < edges.Count; edge++)
            if (edges.Delta[edge] != WindingTable.Empty)
                table.AddLine([edges.Vertices[edges.From[edge]], edges.Vertices[edges.To[edge]]], edges.Delta[edge]);
    }

    private (int Piece, (int Grid, int Winding)[] Claims) Read(int face)
    {
        var piece = NoPiece;
        var read = new List<(int, int)>();
        foreach (var entry in Windings.Entries(Map.Vectors[face]))
        {
            var (grid, winding) = (WindingTable.GridOf(entry), WindingTable.WindingOf(entry));
            if (grid < Grids.Count)
                read.Add((grid, winding));
            else if (winding > 0)
                piece = grid - Grids.Count;
        }
        return (piece, [.. read]);
    }
}
