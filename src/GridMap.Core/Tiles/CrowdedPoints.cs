namespace GridMap.Core.Tiles;

/// <summary>
/// Finds on which zooms a point of simplified arcs has company: another point, or an edge that it is no end of, within a tile unit of
/// the point or of the edge that starts there. Where it has none, snap rounding has nothing to decide: no line but its own comes into its
/// unit, and its edge into no unit but those of its ends. Zoom by zoom from the deepest, each with the points that it needs. Used once.
/// </summary>
internal sealed class CrowdedPoints
{
    /// <summary>The crowded zoom of a point that is alone on all zooms.</summary>
    public const sbyte Never = -1;

    private readonly MercatorPoint[] points;
    private readonly bool[] isFirst;
    private readonly sbyte[] lastZooms;
    private readonly sbyte[] crowdedZooms;
    private readonly List<int> near = [];

    /// <summary>Takes arcs as <see cref="ArcSimplifier"/> does, and what it made of them.</summary>
    public CrowdedPoints(MercatorPoint[] points, int[] starts, sbyte[] lastZooms)
    {
        (this.points, this.lastZooms) = (points, lastZooms);
        isFirst = new bool[points.Length + 1];
        foreach (var start in starts)
            isFirst[start] = true;
        crowdedZooms = new sbyte[points.Length];
        Array.Fill(crowdedZooms, Never);
    }

    /// <summary>By point: the deepest of these zooms on which it is crowded; it counts as crowded on all zooms above.</summary>
    public sbyte[] Find(int outermostZ, int deepestZ)
    {
        var left = Enumerable.Range(0, points.Length).ToArray();
        for (var z = deepestZ; z >= outermostZ; z--)
        {
            left = Array.FindAll(left, point => lastZooms[point] < z);
            Find(z, left);

            // Above, nearly all would be looked at for nothing.
            if (z > outermostZ && left.Count(point => crowdedZooms[point] == Never) < left.Length / 4)
            {
                foreach (var point in left)
                    Mark(point, z - 1);
                break;
            }
        }

        return crowdedZooms;
    }

    private void Find(int z, int[] left)
    {
        var unit = new TileScale(z).Unit;
        var index = new VertexIndex(points, left, lastZooms, VertexIndex.CellBits(points, left, isFirst));
        for (var i = 1; i < left.Length; i++)
        {
            if (isFirst[left[i]])
                continue;
            var (from, to) = (left[i - 1], left[i]);
            var (a, b) = (points[from], points[to]);

            // They may round to the same unit.
            if (Math.Abs(a.X - b.X) < unit && Math.Abs(a.Y - b.Y) < unit)
            {
                Mark(from, z);
                Mark(to, z);
            }

            index.FindNear(a, b, unit, near);
            foreach (var point in near)
                Mark(point, z);
            if (near.Count > 0)
                Mark(from, z);
        }
    }

    private void Mark(int point, int z)
    {
        if (crowdedZooms[point] == Never)
            crowdedZooms[point] = (sbyte)z;
    }
}
