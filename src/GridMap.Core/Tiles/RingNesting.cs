namespace GridMap.Core.Tiles;

/// <summary>Writes the rings of one grid as polygons: says which holes lie in which shells. Used for grid after grid; not thread safe.</summary>
internal sealed class RingNesting
{
    private readonly List<int> shells = [];
    private readonly List<(int Shell, int Hole)> holes = [];

    /// <summary>Writes polygons of rings that do not cross: a hole goes to the smallest shell around it.</summary>
    public void Write(TileRings rings, int grid, MvtGeometry geometry)
    {
        var latest = rings.LatestOf(grid);
        if (latest.Before < 0)
        {
            if (latest.DoubledArea > 0)
                geometry.Ring(rings.PointsOf(latest));
            return;
        }

        shells.Clear();
        holes.Clear();
        var last = rings.NumberOfLatest(grid);
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
            geometry.Ring(rings.PointsOf(rings[shell]));
            foreach (var (around, hole) in holes)
            {
                if (around == shell)
                    geometry.Ring(rings.PointsOf(rings[hole]));
            }
        }
    }

    private int Around(TileRings rings, int hole)
    {
        if (shells.Count == 1)
            return shells[0];
        var best = -1;
        foreach (var shell in shells)
        {
            if ((best < 0 || rings[shell].DoubledArea < rings[best].DoubledArea)
                && Contains(rings.PointsOf(rings[shell]), rings.PointsOf(rings[hole])))
                best = shell;
        }

        return best;
    }

    // Rings may touch at points but share no edge, so the middle of an edge is clearly in or out. Everything doubled, to stay whole.
    private static bool Contains(ReadOnlySpan<TilePoint> shell, ReadOnlySpan<TilePoint> hole)
    {
        long x = (long)hole[0].X + hole[1].X, y = (long)hole[0].Y + hole[1].Y;
        var contains = false;
        for (var i = 0; i < shell.Length; i++)
        {
            var (a, b) = (shell[i], shell[i + 1 == shell.Length ? 0 : i + 1]);
            long aX = 2L * a.X, aY = 2L * a.Y, bX = 2L * b.X, bY = 2L * b.Y;
            if (aY > y == bY > y)
                continue;
            var cross = (bX - aX) * (y - aY) - (x - aX) * (bY - aY);
            if (cross > 0 == bY > aY)
                contains = !contains;
        }

        return contains;
    }
}
