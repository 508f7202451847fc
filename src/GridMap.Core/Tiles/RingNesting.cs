namespace GridMap.Core.Tiles;

/// <summary>Says which holes lie in which shells. Stateless and thread safe.</summary>
internal static class RingNesting
{
    /// <summary>Polygons of rings that do not cross, in the order of the shells: a hole goes to the smallest shell around it.</summary>
    public static List<TilePolygon> Nest(List<TilePoint[]> shells, List<TilePoint[]> holes)
    {
        var inside = shells.ConvertAll(_ => new List<TilePoint[]>());
        foreach (var hole in holes)
        {
            var best = shells.Count == 1 ? 0 : -1;
            for (var i = 0; i < shells.Count && shells.Count > 1; i++)
            {
                if ((best < 0 || TilePoint.DoubledArea(shells[i]) < TilePoint.DoubledArea(shells[best])) && Contains(shells[i], hole))
                    best = i;
            }

            // A hole without a shell would be an area less than nothing: no coverage has one.
            if (best >= 0)
                inside[best].Add(hole);
        }

        return [.. shells.Select((shell, i) => new TilePolygon(shell, inside[i]))];
    }

    // Rings may touch at points but share no edge, so the middle of an edge is clearly in or out. Everything doubled, to stay whole.
    private static bool Contains(TilePoint[] shell, TilePoint[] hole)
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
