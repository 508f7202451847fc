namespace GridMap.Core.Tiles;

/// <summary>
/// Puts the simplified arcs of one zoom on whole tile units so that they still do not cross: every line that passes through a unit
/// square in which some point lies bends to the square's centre (snap rounding, after Hobby 1999). No point of a line moves by more
/// than half a unit in X or Y, so wherever a bent line meets a centre the line itself met that centre's square: lines may come to lie
/// on each other, vertex for vertex, but not to cross, and no vertex lies within another's edge. Lines also get a vertex where they
/// meet the sides of buffered tiles, so a tile is cut out at vertices and never moves one: what two tiles share is the same in both.
/// Stateless and thread safe.
/// </summary>
internal static class SnapRounding
{
    /// <summary>The arcs of a zoom in tile units from the world's corner; an arc that shrank to a point has one.</summary>
    public static TilePoint[][] Round(SimplifiedArcs arcs, TileScale scale)
    {
        var simplified = new List<MercatorPoint>[arcs.Count];
        var hot = new HashSet<TilePoint>();
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var points = simplified[arc] = arcs.At(scale.Z, arc);
            foreach (var point in points)
                hot.Add(scale.Round(point));
            for (var i = 1; i < points.Count; i++)
                AddCuts(points[i - 1], points[i], scale, hot);
        }

        var pixels = new HotPixels(scale, hot);
        var rounded = new TilePoint[arcs.Count][];
        var (line, crossed) = (new List<TilePoint>(), new List<TilePoint>());
        for (var arc = 0; arc < rounded.Length; arc++)
        {
            var arcPoints = simplified[arc];
            line.Clear();
            line.Add(scale.Round(arcPoints[0]));
            for (var i = 1; i < arcPoints.Count; i++)
            {
                pixels.Crossed(arcPoints[i - 1], arcPoints[i], crossed);
                foreach (var pixel in crossed)
                {
                    if (pixel != line[^1])
                        line.Add(pixel);
                }
            }

            rounded[arc] = [.. line];
        }

        return rounded;
    }

    /// <summary>The units in which a line meets the sides of buffered tiles.</summary>
    private static void AddCuts(MercatorPoint a, MercatorPoint b, TileScale scale, HashSet<TilePoint> hot)
    {
        var (from, to) = (scale.Round(a), scale.Round(b));
        for (var x = NextCut(Math.Min(from.X, to.X)); x < Math.Max(from.X, to.X); x = NextCut(x))
            hot.Add(new TilePoint(x, scale.Round(Meeting((long)x << scale.Shift, a.X, a.Y, b.X, b.Y))));
        for (var y = NextCut(Math.Min(from.Y, to.Y)); y < Math.Max(from.Y, to.Y); y = NextCut(y))
            hot.Add(new TilePoint(scale.Round(Meeting((long)y << scale.Shift, a.Y, a.X, b.Y, b.X)), y));
    }

    /// <summary>The next unit after this one on which a side of a buffered tile lies.</summary>
    private static int NextCut(int unit)
    {
        var inTile = unit & (MvtWriter.Extent - 1);
        return unit - inTile + inTile switch
        {
            < MvtWriter.Buffer => MvtWriter.Buffer,
            < MvtWriter.Extent - MvtWriter.Buffer => MvtWriter.Extent - MvtWriter.Buffer,
            _ => MvtWriter.Extent + MvtWriter.Buffer,
        };
    }

    // The other coordinate of the line's point at a value of this one, rounded down to whole fine units, which does not change
    // in which tile unit it lies.
    private static long Meeting(long at, long from, long fromOther, long to, long toOther)
    {
        if (from > to)
            (from, fromOther, to, toOther) = (to, toOther, from, fromOther);
        var product = (Int128)(toOther - fromOther) * (at - from);
        var (quotient, remainder) = Int128.DivRem(product, to - from);
        return fromOther + (long)(Int128.IsNegative(remainder) ? quotient - 1 : quotient);
    }
}
