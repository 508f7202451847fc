using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// Where the name of each grid of a level stands on every zoom: its pole of inaccessibility, the middle of the largest circle within.
/// Immutable and thread safe.
/// </summary>
internal sealed class GridLabels
{
    // Simplified borders stray by 2 units on the zoom that poles are found at, and less on deeper ones, and rounding moves them by another
    // half: a pole with more room is inside on all of them. For one with less the full border is taken.
    private const double EnoughRoomUnits = 4;

    // By grid; those without a pole lie nowhere.
    private readonly MercatorPoint[] poles;

    /// <summary>Takes the borders with the zoom to find the poles on.</summary>
    public GridLabels(Coverage coverage, SimplifiedArcs arcs, int level, int z)
    {
        poles = new MercatorPoint[coverage.Grids.Count];
        Array.Fill(poles, new MercatorPoint(-1, -1));
        var (starts, borders) = Borders(arcs, level, poles.Length);
        var search = new PoleSearch();
        for (var grid = 0; grid < poles.Length; grid++)
        {
            if (starts[grid] == starts[grid + 1])
                continue;
            var around = borders.AsSpan(starts[grid]..starts[grid + 1]);
            var (pole, room) = Find(search, arcs, around, z);
            if (room < EnoughRoomUnits * new TileScale(z).Unit)
                (pole, _) = Find(search, arcs, around, int.MaxValue);
            poles[grid] = pole;
        }
    }

    /// <summary>Whether the pole of a grid lies in a tile without its buffer, so that each is named in one tile of a zoom; and where.</summary>
    public bool IsIn(TileCoord tile, int grid, out TilePoint point)
    {
        var shift = new TileScale(tile.Z).Shift;
        var (x, y) = poles[grid];
        point = new TilePoint((int)(x >> shift) - tile.X * MvtWriter.Extent, (int)(y >> shift) - tile.Y * MvtWriter.Extent);
        return point is { X: >= 0 and < MvtWriter.Extent, Y: >= 0 and < MvtWriter.Extent };
    }

    private static (MercatorPoint Pole, double Room) Find(PoleSearch search, SimplifiedArcs arcs, ReadOnlySpan<int> around, int z)
    {
        search.Clear();
        foreach (var arc in around)
        {
            var points = arcs.Full(arc);
            var lastZooms = arcs.LastZooms(arc);
            for (int i = 1, previous = 0; i < points.Length; i++)
            {
                if (lastZooms[i] >= z)
                    continue;
                search.Add(points[previous], points[i]);
                previous = i;
            }
        }

        return search.Find();
    }

    // By grid the arcs around it. Arcs within a grid are none.
    private static (int[] Starts, int[] Borders) Borders(SimplifiedArcs arcs, int level, int gridCount)
    {
        var starts = new int[gridCount + 2];
        ForEachBorder(arcs, level, (grid, _) => starts[grid + 2]++);
        for (var grid = 2; grid < starts.Length; grid++)
            starts[grid] += starts[grid - 1];
        var borders = new int[starts[^1]];
        ForEachBorder(arcs, level, (grid, arc) => borders[starts[grid + 1]++] = arc);
        return (starts, borders);
    }

    private static void ForEachBorder(SimplifiedArcs arcs, int level, Action<int, int> act)
    {
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var grids = arcs.Regions.GridsAt(level);
            var (left, right) = (grids[arcs[arc].LeftRegion], grids[arcs[arc].RightRegion]);
            if (left == right)
                continue;
            if (left >= 0)
                act(left, arc);
            if (right >= 0)
                act(right, arc);
        }
    }
}
