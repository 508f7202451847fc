using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// The borders of the levels that some zooms draw, on the fine Mercator square, and which of their points each of these zooms does
/// without. Immutable and thread safe.
/// </summary>
internal sealed class SimplifiedArcs
{
    private readonly MercatorPoint[] points;
    private readonly int[] starts;
    private readonly int[] leftFaces;
    private readonly int[] rightFaces;
    private readonly sbyte[] lastZooms;

    /// <summary>Simplifies the borders of level 1 to the given one for the zooms that draw these.</summary>
    public SimplifiedArcs(Coverage coverage, ProjectedArcs projected, int deepestLevel, int outermostZ, int deepestZ)
    {
        var chains = BorderChain.Of(coverage, deepestLevel);
        leftFaces = [.. chains.Select(chain => chain.LeftFace)];
        rightFaces = [.. chains.Select(chain => chain.RightFace)];
        var joined = new List<MercatorPoint>();
        starts = new int[chains.Count + 1];
        var piece = new List<MercatorPoint>();
        for (var i = 0; i < chains.Count; i++)
        {
            foreach (var (arc, isForward) in chains[i].Arcs)
            {
                piece.Clear();
                piece.AddRange(projected.Of(arc));
                if (!isForward)
                    piece.Reverse();
                joined.AddRange(joined.Count > starts[i] ? piece[1..] : piece);
            }

            starts[i + 1] = joined.Count;
        }

        points = [.. joined];
        lastZooms = new ArcSimplifier(points, starts).Simplify(outermostZ, deepestZ);
    }

    public int Count => leftFaces.Length;

    public int LeftFace(int arc) => leftFaces[arc];

    public int RightFace(int arc) => rightFaces[arc];

    /// <summary>All points of an arc.</summary>
    public ReadOnlySpan<MercatorPoint> Full(int arc) => points.AsSpan(starts[arc]..starts[arc + 1]);

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
}
