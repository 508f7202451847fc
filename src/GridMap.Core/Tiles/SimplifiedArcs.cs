using GridMap.Core.Coverages;
using GridMap.Core.Locating;

namespace GridMap.Core.Tiles;

/// <summary>
/// The borders of the levels that some zooms draw, on the fine Mercator square, which of their points each of these zooms does
/// without, and an index of where they run. Immutable and thread safe.
/// </summary>
internal sealed class SimplifiedArcs
{
    // Long borders are found by pieces of as many edges.
    private const int BlockEdges = 32;

    // The tree holds neighbouring pieces together, so that it is small and a tile looks at few of its nodes.
    private const int GroupPieces = 8;

    private readonly MercatorPoint[] points;
    private readonly int[] starts;
    private readonly int[] leftRegions;
    private readonly int[] rightRegions;
    private readonly byte[] borderLevels;
    private readonly sbyte[] lastZooms;

    // By block: its arc, and its first and last point.
    private readonly (int Arc, int First, int Last)[] blocks;
    private readonly LatticeBox[] boxes;
    private readonly EnvelopeTree groups;

    /// <summary>Simplifies the borders of level 1 to the given one for the zooms that draw these.</summary>
    public SimplifiedArcs(Coverage coverage, ProjectedArcs projected, int deepestLevel, int outermostZ, int deepestZ)
    {
        Regions = new GridRegions(coverage, deepestLevel);
        (points, starts, var first) = Join(projected, new BorderChains(coverage, Regions).All());
        leftRegions = Array.ConvertAll(first, arc => Regions.Of(arc.Forward ? coverage.Arcs[arc.Arc].LeftFace : coverage.Arcs[arc.Arc].RightFace));
        rightRegions = Array.ConvertAll(first, arc => Regions.Of(arc.Forward ? coverage.Arcs[arc.Arc].RightFace : coverage.Arcs[arc.Arc].LeftFace));
        borderLevels = [.. leftRegions.Zip(rightRegions, (left, right) => (byte)Regions.OutermostBorder(left, right))];
        lastZooms = new ArcSimplifier(points, starts).Simplify(outermostZ, deepestZ);
        blocks = [.. Blocks()];
        boxes = Array.ConvertAll(blocks, Box);
        groups = new EnvelopeTree([.. boxes.Chunk(GroupPieces).Select(chunk => chunk.Aggregate((one, other) => one.Union(other)))]);
    }

    public int Count => leftRegions.Length;

    public GridRegions Regions { get; }

    /// <summary>The region to the left of an arc, as on a map with north up.</summary>
    public int LeftRegion(int arc) => leftRegions[arc];

    public int RightRegion(int arc) => rightRegions[arc];

    /// <summary>The outermost level on which an arc divides two grids, or a grid from none.</summary>
    public int BorderLevel(int arc) => borderLevels[arc];

    /// <summary>All points of an arc.</summary>
    public ReadOnlySpan<MercatorPoint> Full(int arc) => points.AsSpan(starts[arc]..starts[arc + 1]);

    /// <summary>By point of an arc, the deepest zoom that does without it; -1 for one that all need, as its ends are.</summary>
    public ReadOnlySpan<sbyte> LastZooms(int arc) => lastZooms.AsSpan(starts[arc]..starts[arc + 1]);

    /// <summary>The points of an arc that a zoom needs.</summary>
    public List<MercatorPoint> At(int z, int arc)
    {
        var needed = new List<MercatorPoint>();
        for (var i = starts[arc]; i < starts[arc + 1]; i++)
        {
            if (lastZooms[i] < z)
                needed.Add(points[i]);
        }

        return needed;
    }

    /// <summary>Lists the pieces of arcs whose surrounding boxes meet a box of fine units, in a fixed order.</summary>
    public void Find(LatticeBox box, List<int> found)
    {
        found.Clear();
        foreach (var group in groups.Meeting(box))
        {
            var end = Math.Min((group + 1) * GroupPieces, boxes.Length);
            for (var piece = group * GroupPieces; piece < end; piece++)
            {
                if (boxes[piece].Intersects(box))
                    found.Add(piece);
            }
        }
    }

    /// <summary>A piece of an arc: its first and last point, counted from the start of the arc.</summary>
    public (int Arc, int First, int Last) Piece(int block) => blocks[block];

    private static (MercatorPoint[] Points, int[] Starts, ArcReference[] First) Join(
        ProjectedArcs projected, IEnumerable<List<ArcReference>> chains)
    {
        // Neighbours lie next to each other in memory too.
        var ordered = chains.OrderBy(chain => ZOrder(projected.Of(chain[0].Arc)[0])).ToArray();
        var joined = new List<MercatorPoint>();
        var joinedStarts = new int[ordered.Length + 1];
        for (var i = 0; i < ordered.Length; i++)
        {
            foreach (var (arc, isForward) in ordered[i])
            {
                var piece = projected.Of(arc);
                var from = joined.Count == joinedStarts[i] ? 0 : 1;
                for (var point = from; point < piece.Length; point++)
                    joined.Add(piece[isForward ? point : piece.Length - 1 - point]);
            }

            joinedStarts[i + 1] = joined.Count;
        }

        return ([.. joined], joinedStarts, Array.ConvertAll(ordered, chain => chain[0]));
    }

    private static ulong ZOrder(MercatorPoint point)
    {
        // Cells of 40 m are fine enough.
        const int CellBits = 20;
        ulong x = (ulong)point.X >> CellBits, y = (ulong)point.Y >> CellBits, mixed = 0;
        for (var bit = 0; bit < MercatorPoint.WorldBits - CellBits; bit++)
            mixed |= ((x >> bit) & 1) << (2 * bit) | ((y >> bit) & 1) << (2 * bit + 1);
        return mixed;
    }

    private IEnumerable<(int Arc, int First, int Last)> Blocks()
    {
        for (var arc = 0; arc < Count; arc++)
        {
            var edges = starts[arc + 1] - starts[arc] - 1;
            for (var from = 0; from < edges; from += BlockEdges)
                yield return (arc, from, Math.Min(from + BlockEdges, edges));
        }
    }

    private LatticeBox Box((int Arc, int First, int Last) block)
    {
        var box = LatticeBox.Empty;
        foreach (var (x, y) in Full(block.Arc)[block.First..(block.Last + 1)])
            box = box.Union(new LatticeBox(x, y, x, y));
        return box;
    }
}
