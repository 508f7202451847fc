using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The edges of simplified arcs that touch one tile's square, in runs of one arc: points in fine units from the square's corner, and the
/// tile units in which they lie. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class ArcRuns
{
    private readonly List<MercatorPoint> points = [];
    private readonly List<TilePoint> units = [];
    private readonly List<(int Arc, int Start, int End)> runs = [];
    private readonly List<int> several = [];

    public ReadOnlySpan<MercatorPoint> Points => CollectionsMarshal.AsSpan(points);

    public ReadOnlySpan<TilePoint> Units => CollectionsMarshal.AsSpan(units);

    /// <summary>Arc, first point, and the place behind the last.</summary>
    public ReadOnlySpan<(int Arc, int Start, int End)> Runs => CollectionsMarshal.AsSpan(runs);

    public void Collect(SimplifiedArcs arcs, TileSquare square)
    {
        points.Clear();
        units.Clear();
        runs.Clear();
        several.Clear();
        foreach (var block in arcs.In(square.Reach))
        {
            var (arc, first, last) = arcs.Piece(block);
            if (first == 0 && last == arcs.Full(arc).Length - 1)
                Add(arcs, square, arc, first, last);
            else
                several.Add(block);
        }

        several.Sort();
        AddSeveral(arcs, square);
    }

    // Pieces of one arc: each is walked from the point that the zoom needs before it to the one behind it, and no edge twice.
    private void AddSeveral(SimplifiedArcs arcs, TileSquare square)
    {
        for (int i = 0, next; i < several.Count; i = next)
        {
            var (arc, first, last) = arcs.Piece(several[i]);
            var lastZooms = arcs.LastZooms(arc);
            while (lastZooms[first] >= square.Scale.Z)
                first--;
            for (next = i + 1; ; next++)
            {
                while (lastZooms[last] >= square.Scale.Z)
                    last++;
                if (next == several.Count || arcs.Piece(several[next]) is var piece && (piece.Arc != arc || piece.First > last))
                    break;
                last = Math.Max(last, piece.Last);
            }

            Add(arcs, square, arc, first, last);
        }
    }

    private void Add(SimplifiedArcs arcs, TileSquare square, int arc, int first, int last)
    {
        var full = arcs.Full(arc);
        var lastZooms = arcs.LastZooms(arc);
        var (scale, (cornerX, cornerY)) = (square.Scale, square.Corner);
        var (start, previousPoint, previousUnit) = (-1, default(MercatorPoint), default(TilePoint));
        for (var i = first; i <= last; i++)
        {
            if (lastZooms[i] >= scale.Z)
                continue;
            var point = new MercatorPoint(full[i].X - cornerX, full[i].Y - cornerY);
            var unit = scale.Round(point);
            if (i > first)
            {
                if (!Touches(previousUnit, unit))
                {
                    Close(arc, ref start);
                }
                else
                {
                    if (start < 0)
                    {
                        start = points.Count;
                        points.Add(previousPoint);
                        units.Add(previousUnit);
                    }

                    points.Add(point);
                    units.Add(unit);
                }
            }

            (previousPoint, previousUnit) = (point, unit);
        }

        Close(arc, ref start);
    }

    private void Close(int arc, ref int start)
    {
        if (start >= 0)
            runs.Add((arc, start, points.Count));
        start = -1;
    }

    private static bool Touches(TilePoint a, TilePoint b) =>
        Math.Max(a.X, b.X) >= 0 && Math.Min(a.X, b.X) <= TileSquare.Side && Math.Max(a.Y, b.Y) >= 0 && Math.Min(a.Y, b.Y) <= TileSquare.Side;
}
