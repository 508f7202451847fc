using System.Runtime.Intrinsics;
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

    // Padded, so that as many as fit a vector may be read from every point on.
    private readonly sbyte[] lastZooms;
    private readonly sbyte[] crowdedZooms;
    private readonly MercatorPoint[] points;
    private readonly TileArc[] arcs;

    // By block: its arc, and its first and last point.
    private readonly (int Arc, int First, int Last)[] blocks;
    private readonly PieceTree tree;

    /// <summary>Simplifies the borders of level 1 to the given one for the zooms that draw these.</summary>
    public SimplifiedArcs(Coverage coverage, ProjectedArcs projected, int deepestLevel, int outermostZ, int deepestZ)
    {
        Regions = new GridRegions(coverage, deepestLevel);
        (points, var starts, var first) = Join(projected, new BorderChains(coverage, Regions).All());
        arcs = Arcs(coverage, starts, first);
        lastZooms = new ArcSimplifier(points, starts).Simplify(outermostZ, deepestZ);
        crowdedZooms = new CrowdedPoints(points, starts, lastZooms).Find(outermostZ, deepestZ);
        ShareAtForks();
        Array.Resize(ref lastZooms, points.Length + Vector256<sbyte>.Count);
        Array.Resize(ref crowdedZooms, lastZooms.Length);
        blocks = [.. Blocks()];
        tree = new PieceTree(Array.ConvertAll(blocks, Box));
    }

    public int Count => arcs.Length;

    /// <summary>All numbers of forks are below.</summary>
    public int ForkCount { get; private set; }

    public GridRegions Regions { get; }

    public ref readonly TileArc this[int arc] => ref arcs[arc];

    /// <summary>All points of all arcs.</summary>
    public ReadOnlySpan<MercatorPoint> Points => points;

    /// <summary>All points of an arc.</summary>
    public ReadOnlySpan<MercatorPoint> Full(int arc) => points.AsSpan(arcs[arc].Start, arcs[arc].Length);

    /// <summary>By point of an arc, the deepest zoom that does without it; -1 for one that all need, as its ends are.</summary>
    public ReadOnlySpan<sbyte> LastZooms(int arc) => lastZooms.AsSpan(arcs[arc].Start, arcs[arc].Length);

    /// <summary>
    /// Of 32 points from one on, a bit each: those that a zoom needs, and those that <see cref="CrowdedPoints"/> leaves alone there.
    /// </summary>
    public (uint Needed, uint Alone) MasksAt(int z, int point)
    {
        var zooms = Vector256.Create((sbyte)z);
        return (
            Vector256.LessThan(Vector256.Create<sbyte>(lastZooms.AsSpan(point, Vector256<sbyte>.Count)), zooms).ExtractMostSignificantBits(),
            Vector256.LessThan(Vector256.Create<sbyte>(crowdedZooms.AsSpan(point, Vector256<sbyte>.Count)), zooms).ExtractMostSignificantBits());
    }

    /// <summary>The points of an arc that a zoom needs.</summary>
    public List<MercatorPoint> At(int z, int arc)
    {
        var needed = new List<MercatorPoint>();
        var full = Full(arc);
        var zooms = LastZooms(arc);
        for (var i = 0; i < full.Length; i++)
        {
            if (zooms[i] < z)
                needed.Add(full[i]);
        }

        return needed;
    }

    /// <summary>Lists the pieces of arcs whose surrounding boxes meet a box of fine units, in the order of the arcs.</summary>
    public void Find(LatticeBox box, List<int> found) => tree.Find(box, found);

    /// <summary>A piece of an arc: its first and last point, counted from the start of the arc.</summary>
    public (int Arc, int First, int Last) Piece(int block) => blocks[block];

    private TileArc[] Arcs(Coverage coverage, int[] starts, ArcReference[] first)
    {
        var forks = new Dictionary<MercatorPoint, int>();
        var made = new TileArc[first.Length];
        for (var arc = 0; arc < made.Length; arc++)
        {
            var (_, leftFace, rightFace) = coverage.Arcs[first[arc].Arc];
            var (left, right) = (Regions.Of(leftFace), Regions.Of(rightFace));
            if (!first[arc].Forward)
                (left, right) = (right, left);
            made[arc] = new TileArc(
                starts[arc], starts[arc + 1] - starts[arc], left, right, Regions.OutermostBorder(left, right),
                Fork(points[starts[arc]]), Fork(points[starts[arc + 1] - 1]));
        }

        ForkCount = forks.Count;
        return made;

        int Fork(MercatorPoint point)
        {
            if (!forks.TryGetValue(point, out var fork))
                forks.Add(point, fork = forks.Count);
            return fork;
        }
    }

    // A fork is alone when it is so at every arc that ends there: all take it for the same.
    private void ShareAtForks()
    {
        var crowded = new sbyte[ForkCount];
        Array.Fill(crowded, CrowdedPoints.Never);
        foreach (var arc in arcs)
        {
            crowded[arc.FromFork] = Math.Max(crowded[arc.FromFork], crowdedZooms[arc.Start]);
            crowded[arc.ToFork] = Math.Max(crowded[arc.ToFork], crowdedZooms[arc.Start + arc.Length - 1]);
        }

        foreach (var arc in arcs)
        {
            crowdedZooms[arc.Start] = crowded[arc.FromFork];
            crowdedZooms[arc.Start + arc.Length - 1] = crowded[arc.ToFork];
        }
    }

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
            var edges = arcs[arc].Length - 1;
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
