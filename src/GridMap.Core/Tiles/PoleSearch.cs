namespace GridMap.Core.Tiles;

/// <summary>
/// Finds the pole of inaccessibility of an area: the middle of the largest circle within, by halving squares that can hold a better one
/// (Garcia-Castellanos and Lombardo 2007, as polylabel does it). NetTopologySuite's MaximumInscribedCircle gives the same and takes some six
/// times as long, which is seconds for a city. Used for area after area; not thread safe.
/// </summary>
internal sealed class PoleSearch
{
    private const double ShareOfSide = 0.01;

    private readonly List<(double X1, double Y1, double X2, double Y2)> edges = [];
    private readonly PriorityQueue<(double X, double Y, double Half, double Room), double> open = new();
    private double west, north, east, south;

    public void Clear()
    {
        edges.Clear();
        (west, north, east, south) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
    }

    /// <summary>Adds an edge of the area's border, in any order and direction.</summary>
    public void Add(MercatorPoint a, MercatorPoint b)
    {
        edges.Add((a.X, a.Y, b.X, b.Y));
        west = Math.Min(west, Math.Min(a.X, b.X));
        north = Math.Min(north, Math.Min(a.Y, b.Y));
        east = Math.Max(east, Math.Max(a.X, b.X));
        south = Math.Max(south, Math.Max(a.Y, b.Y));
    }

    /// <summary>The pole and its distance from the border, to a hundredth of the area's width; of several parts the one with most room.</summary>
    public (MercatorPoint Pole, double Room) Find()
    {
        if (edges.Count == 0)
            return (default, 0);
        var precision = Math.Max(1, Math.Max(east - west, south - north) * ShareOfSide);
        var side = Math.Max(1, Math.Min(east - west, south - north));
        var (bestX, bestY, best) = (0d, 0d, double.MinValue);
        open.Clear();
        for (var x = west; x < east; x += side)
        {
            for (var y = north; y < south; y += side)
                Try(x + side / 2, y + side / 2, side / 2);
        }

        while (open.TryDequeue(out var cell, out var negative) && -negative - best > precision)
        {
            var half = cell.Half / 2;
            Try(cell.X - half, cell.Y - half, half);
            Try(cell.X + half, cell.Y - half, half);
            Try(cell.X - half, cell.Y + half, half);
            Try(cell.X + half, cell.Y + half, half);
        }

        return (new MercatorPoint((long)Math.Round(bestX), (long)Math.Round(bestY)), best);

        void Try(double x, double y, double half)
        {
            var room = Room(x, y);
            if (room > best)
                (bestX, bestY, best) = (x, y, room);
            var most = room + half * Math.Sqrt(2);
            if (most - best > precision)
                open.Enqueue((x, y, half, room), -most);
        }
    }

    // The distance from the border, negative outside.
    private double Room(double x, double y)
    {
        var (isInside, nearest) = (false, double.MaxValue);
        foreach (var (x1, y1, x2, y2) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(edges))
        {
            double dx = x2 - x1, dy = y2 - y1;
            if (y1 > y != y2 > y && x < x1 + dx * (y - y1) / dy)
                isInside = !isInside;
            var along = Math.Clamp(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy), 0, 1);
            double offX = x - x1 - along * dx, offY = y - y1 - along * dy;
            nearest = Math.Min(nearest, offX * offX + offY * offY);
        }

        return isInside ? Math.Sqrt(nearest) : -Math.Sqrt(nearest);
    }
}
