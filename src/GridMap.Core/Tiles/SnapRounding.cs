using System.Runtime.InteropServices;

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
    private readonly List<int> visits = [];
    private readonly List<(int Arc, int Start, int End)> runs = [];
    private int open;

    public HotPixels Pixels { get; } = new();

    /// <summary>The pixels that the lines visit, one run after the other, no two equal ones in a row.</summary>
    public ReadOnlySpan<int> Visits => CollectionsMarshal.AsSpan(visits);

    /// <summary>Arc, first visit, and the place behind the last: two or more visits in the square.</summary>
    public ReadOnlySpan<(int Arc, int Start, int End)> Runs => CollectionsMarshal.AsSpan(runs);

    public void Round(ArcRuns arcs, TileScale scale)
    {
        AddHot(arcs, scale);
        visits.Clear();
        runs.Clear();
        open = -1;
        var points = arcs.Points;
        var units = arcs.Units;
        foreach (var (arc, start, end) in arcs.Runs)
        {
            for (var i = start + 1; i < end; i++)
            {
                var (from, to) = (units[i - 1], units[i]);
                if (from == to && open >= 0)
                    continue;
                foreach (var pixel in Pixels.Crossed(scale, points[i - 1], points[i], from, to))
                    Visit(pixel);

                // A straight line that has left the square does not come back.
                if (!TileSquare.Contains(to))
                    Close(arc);
            }

            Close(arc);
        }
    }

    /// <summary>Adds a visit behind all others.</summary>
    public int AddVisit(int pixel)
    {
        visits.Add(pixel);
        return visits.Count - 1;
    }

    private void AddHot(ArcRuns arcs, TileScale scale)
    {
        Pixels.Clear();
        var points = arcs.Points;
        var units = arcs.Units;
        foreach (var (_, start, end) in arcs.Runs)
        {
            Pixels.Add(units[start]);
            for (var i = start + 1; i < end; i++)
            {
                Pixels.Add(units[i]);
                TileCuts.Add(points[i - 1], points[i], units[i - 1], units[i], scale, Pixels);
            }
        }

        Pixels.Seal();
    }

    private void Visit(int pixel)
    {
        if (open < 0)
            open = visits.Count;
        else if (visits[^1] == pixel)
            return;
        visits.Add(pixel);
    }

    private void Close(int arc)
    {
        if (open >= 0 && visits.Count - open > 1)
            runs.Add((arc, open, visits.Count));
        else if (open >= 0)
            visits.RemoveAt(open);
        open = -1;
    }
}
