using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The edges of simplified arcs that touch one tile's square, in runs of one arc: points in fine units from the square's corner, and the
/// tile units in which they lie. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class ArcRuns
{
    private readonly List<int> found = [];
    private readonly List<int> several = [];
    private MercatorPoint[] points = [];
    private TilePoint[] units = [];
    private (int Arc, int Start, int End)[] runs = new (int, int, int)[16];
    private int count;
    private int runCount;

    public ReadOnlySpan<MercatorPoint> Points => points.AsSpan(0, count);

    public ReadOnlySpan<TilePoint> Units => units.AsSpan(0, count);

    /// <summary>Arc, first point, and the place behind the last.</summary>
    public ReadOnlySpan<(int Arc, int Start, int End)> Runs => runs.AsSpan(0, runCount);

    public void Collect(SimplifiedArcs arcs, TileSquare square)
    {
        (count, runCount) = (0, 0);
        several.Clear();
        arcs.Find(square.Reach, found);
        foreach (var block in CollectionsMarshal.AsSpan(found))
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
        var full = arcs.Full(arc).Slice(first, last - first + 1);
        var lastZooms = arcs.LastZooms(arc).Slice(first, full.Length);
        var (scale, (cornerX, cornerY)) = (square.Scale, square.Corner);

        if (points.Length < count + full.Length)
        {
            Array.Resize(ref points, 2 * (count + full.Length));
            Array.Resize(ref units, points.Length);
        }

        // What a zoom does without cannot be foreseen, so every point is put behind the others, and those count that it needs.
        var start = count;
        var (anyBeyond, z) = (0, scale.Z);
        for (var i = 0; i < full.Length; i++)
        {
            var point = new MercatorPoint(full[i].X - cornerX, full[i].Y - cornerY);
            var unit = scale.Round(point);
            (points[count], units[count]) = (point, unit);
            var isNeeded = lastZooms[i] < z ? 1 : 0;
            anyBeyond |= Beyond(unit) & -isNeeded;
            count += isNeeded;
        }

        if (anyBeyond == 0)
            Close(arc, start);
        else
            Split(arc, start);
    }

    /// <summary>Leaves out the edges that do not touch the square.</summary>
    private void Split(int arc, int from)
    {
        var end = count;
        var (start, previousBeyond) = (from, 0);
        count = from;
        for (var i = from; i < end; i++)
        {
            var beyond = Beyond(units[i]);
            if ((beyond & previousBeyond) != 0)
            {
                Close(arc, start);
                start = count;
            }

            (points[count], units[count]) = (points[i], units[i]);
            count++;
            previousBeyond = beyond;
        }

        Close(arc, start);
    }

    private void Close(int arc, int start)
    {
        if (count - start < 2)
        {
            count = start;
            return;
        }

        if (runCount == runs.Length)
            Array.Resize(ref runs, 2 * runCount);
        runs[runCount++] = (arc, start, count);
    }

    // Beyond which sides of the square a unit lies, a bit each. An edge with both ends beyond one side does not touch the square.
    private static int Beyond(TilePoint unit) =>
        (int)((uint)unit.X >> 31 | (uint)(TileSquare.Side - unit.X) >> 31 << 1 | (uint)unit.Y >> 31 << 2 | (uint)(TileSquare.Side - unit.Y) >> 31 << 3);
}
