namespace GridMap.Core.Tiles;

/// <summary>
/// Puts the simplified arcs of one tile's square on whole tile units so that they still do not cross: every line that passes through a unit
/// square in which some point lies bends to the square's centre (snap rounding, after Hobby 1999). No point of a line moves by more
/// than half a unit in X or Y, so wherever a bent line meets a centre the line itself met that centre's square: lines may come to lie
/// on each other, vertex for vertex, but not to cross, and no vertex lies within another's edge. Lines also get a vertex where they
/// meet the sides of buffered tiles, so a tile is cut out at vertices and never moves one. Which units of the square a line bends
/// to depends on the lines that touch the square alone, exactly: so what two tiles share is the same in both.
/// Used for tile after tile; not thread safe.
/// </summary>
internal sealed class SnapRounding
{
    private readonly List<int> crossed = [];
    private int[] visits = new int[64];
    private (int Arc, int Start, int End)[] runs = new (int, int, int)[16];
    private int count;
    private int runCount;
    private int open;

    public HotPixels Pixels { get; } = new();

    /// <summary>The pixels that the lines visit, one run after the other, no two equal ones in a row.</summary>
    public ReadOnlySpan<int> Visits => visits.AsSpan(0, count);

    /// <summary>Arc, first visit, and the place behind the last: two or more visits in the square.</summary>
    public ReadOnlySpan<(int Arc, int Start, int End)> Runs => runs.AsSpan(0, runCount);

    public void Round(ArcRuns arcs, TileScale scale)
    {
        var ends = AddHot(arcs, scale);
        (count, runCount) = (0, 0);
        var points = arcs.Points;
        var units = arcs.Units;
        foreach (var (arc, start, end) in arcs.Runs)
        {
            open = count;
            if (ends[start] != HotPixels.Outside)
                AddVisit(ends[start]);
            for (var i = start + 1; i < end; i++)
            {
                if (units[i - 1] == units[i])
                    continue;
                // What is outside has the number -1.
                crossed.Clear();
                Pixels.AddCrossed(scale, points[i - 1], points[i], units[i - 1], units[i], 2 + (ends[i - 1] >> 31) + (ends[i] >> 31), crossed);
                if (crossed.Count > 0)
                    AddAlong(units[i - 1], units[i]);
                if (ends[i] != HotPixels.Outside)
                    AddVisit(ends[i]);
                else
                    Close(arc); // a straight line that has left the square does not come back
            }

            Close(arc);
        }
    }

    /// <summary>Adds a visit behind all others, and returns its place.</summary>
    public int AddVisit(int pixel)
    {
        if (count == visits.Length)
            Array.Resize(ref visits, 2 * count);
        visits[count] = pixel;
        return count++;
    }

    // By point of the runs, its pixel.
    private ReadOnlySpan<int> AddHot(ArcRuns arcs, TileScale scale)
    {
        Pixels.Clear();
        var points = arcs.Points;
        var units = arcs.Units;
        foreach (var unit in units)
            Pixels.Add(unit);
        foreach (var (_, start, end) in arcs.Runs)
        {
            for (var i = start + 1; i < end; i++)
                TileCuts.Add(points[i - 1], points[i], units[i - 1], units[i], scale, Pixels);
        }

        return Pixels.Seal();
    }

    // Along a straight line the pixels' columns and rows rise or fall together, so their sum orders them without any rounding.
    private void AddAlong(TilePoint from, TilePoint to)
    {
        if (crossed.Count > 1)
        {
            int right = Math.Sign(to.X - from.X), down = Math.Sign(to.Y - from.Y);
            crossed.Sort((one, other) => Along(Pixels[one]).CompareTo(Along(Pixels[other])));

            int Along(TilePoint pixel) => right * pixel.X + down * pixel.Y;
        }

        foreach (var pixel in crossed)
            AddVisit(pixel);
    }

    private void Close(int arc)
    {
        if (count - open > 1)
        {
            if (runCount == runs.Length)
                Array.Resize(ref runs, 2 * runCount);
            runs[runCount++] = (arc, open, count);
        }
        else
        {
            count = open;
        }

        open = count;
    }
}
