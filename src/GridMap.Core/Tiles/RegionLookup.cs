using GridMap.Core.Locating;

namespace GridMap.Core.Tiles;

/// <summary>
/// In which region a point lies as a zoom draws the borders: below the nearest border straight north of it. For the few tiles whose
/// sides no border meets. Stateless and thread safe.
/// </summary>
internal static class RegionLookup
{
    /// <summary>The region of a point in fine units of the world, which lies on no simplified arc.</summary>
    public static int At(SimplifiedArcs arcs, MercatorPoint point, int z)
    {
        var scale = new TileScale(z);
        var found = new List<int>();
        var around = (long)Math.Ceiling(scale.Tolerance);
        for (var reach = (long)MvtWriter.Extent << scale.Shift; ; reach *= 4)
        {
            var nearest = new Nearest(point);
            arcs.Find(new LatticeBox(point.X - around, point.Y - reach - around, point.X + around, point.Y + around), found);
            foreach (var block in found)
                AddEdges(arcs, block, z, ref nearest);

            if (nearest.Arc >= 0 && nearest.Height >= point.Y - reach)
                return nearest.IsEastward ? arcs[nearest.Arc].RightRegion : arcs[nearest.Arc].LeftRegion;
            if (point.Y - reach <= 0)
                return 0;
        }
    }

    private static void AddEdges(SimplifiedArcs arcs, int block, int z, ref Nearest nearest)
    {
        var (arc, first, last) = arcs.Piece(block);
        var points = arcs.Full(arc);
        var lastZooms = arcs.LastZooms(arc);
        while (lastZooms[first] >= z)
            first--;
        while (lastZooms[last] >= z)
            last++;
        for (int i = first + 1, previous = first; i <= last; i++)
        {
            if (lastZooms[i] >= z)
                continue;
            nearest.Add(arc, points[previous], points[i]);
            previous = i;
        }
    }

    // On a line half a fine unit to the east of the point, on which no end of an edge lies.
    private struct Nearest(MercatorPoint point)
    {
        private Int128 over = Int128.MinValue;
        private long under = 1;

        public int Arc { get; private set; } = -1;

        public bool IsEastward { get; private set; }

        public readonly double Height => (double)over / under;

        public void Add(int arc, MercatorPoint a, MercatorPoint b)
        {
            var isEastward = a.X < b.X;
            if (!isEastward)
                (a, b) = (b, a);
            if (a.X > point.X || b.X <= point.X)
                return;

            // Where the edge meets the line: at most 42 bits times 41, and the products below 125.
            var width = 2 * (b.X - a.X);
            var height = (Int128)a.Y * width + (Int128)(b.Y - a.Y) * (2 * (point.X - a.X) + 1);
            if (height > (Int128)point.Y * width || Arc >= 0 && height * under <= over * width)
                return;
            (Arc, IsEastward, over, under) = (arc, isEastward, height, width);
        }
    }
}
