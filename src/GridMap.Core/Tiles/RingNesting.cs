namespace GridMap.Core.Tiles;

/// <summary>Writes the rings of one grid as polygons: says which holes lie in which shells. Used for grid after grid; not thread safe.</summary>
internal sealed class RingNesting
{
    private readonly List<int> shells = [];
    private readonly List<(int Shell, int Hole)> holes = [];
    private readonly List<TilePoint> points = [];

    /// <summary>Writes polygons of rings that do not cross: a hole goes to the smallest shell around it.</summary>
    public void Write(TileRings rings, int grid, MvtGeometry geometry)
    {
        var last = rings.NumberOfLatest(grid);
        if (rings[last].Before < 0)
        {
            if (rings[last].DoubledArea > 0)
                WriteRing(rings, last, geometry);
            return;
        }

        shells.Clear();
        holes.Clear();
        for (var ring = last; ring >= 0; ring = rings[ring].Before)
        {
            if (rings[ring].DoubledArea > 0)
                shells.Add(ring);
        }

        for (var ring = last; ring >= 0; ring = rings[ring].Before)
        {
            // A hole without a shell would be an area less than nothing: no coverage has one.
            if (rings[ring].DoubledArea < 0 && Around(rings, ring) is >= 0 and var shell)
                holes.Add((shell, ring));
        }

        foreach (var shell in shells)
        {
            WriteRing(rings, shell, geometry);
            foreach (var (around, hole) in holes)
            {
                if (around == shell)
                    WriteRing(rings, hole, geometry);
            }
        }
    }

    private static void WriteRing(TileRings rings, int ring, MvtGeometry geometry)
    {
        ref readonly var of = ref rings[ring];
        geometry.Ring(of.First, rings.StepsOf(of), of.Count, of.Last);
    }

    private int Around(TileRings rings, int hole)
    {
        if (shells.Count == 1)
            return shells[0];
        var best = -1;
        foreach (var shell in shells)
        {
            if ((best < 0 || rings[shell].DoubledArea < rings[best].DoubledArea)
                && Contains(rings, shell, hole))
                best = shell;
        }

        return best;
    }

    // Rings may touch at points but share no edge, so the middle of an edge is clearly in or out. Everything doubled, to stay whole.
    private bool Contains(TileRings rings, int shell, int hole)
    {
        Read(rings, hole);
        long x = (long)points[0].X + points[1].X, y = (long)points[0].Y + points[1].Y;
        Read(rings, shell);
        var contains = false;
        for (var i = 0; i < points.Count; i++)
        {
            var (a, b) = (points[i], points[i + 1 == points.Count ? 0 : i + 1]);
            long aX = 2L * a.X, aY = 2L * a.Y, bX = 2L * b.X, bY = 2L * b.Y;
            if (aY > y == bY > y)
                continue;
            var cross = (bX - aX) * (y - aY) - (x - aX) * (bY - aY);
            if (cross > 0 == bY > aY)
                contains = !contains;
        }

        return contains;
    }

    private void Read(TileRings rings, int ring)
    {
        points.Clear();
        MvtGeometry.Read(rings[ring].First, rings.StepsOf(rings[ring]), points);
    }
}
