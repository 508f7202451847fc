namespace GridMap.Core.Tiles;

/// <summary>
/// The geometry of one feature as MVT 2.1 command integers (section 4.3): a cursor that moves by zigzag deltas.
/// Not thread safe; cleared and used again for each feature.
/// </summary>
internal sealed class MvtGeometry
{
    private const uint MoveToId = 1, LineToId = 2, ClosePathId = 7;

    private readonly List<uint> integers = [];
    private int cursorX, cursorY;

    public IReadOnlyList<uint> Integers => integers;

    public bool IsEmpty => integers.Count == 0;

    public void Clear()
    {
        integers.Clear();
        (cursorX, cursorY) = (0, 0);
    }

    public void Points(ReadOnlySpan<TilePoint> points)
    {
        if (points.IsEmpty)
            return;
        Command(MoveToId, points.Length);
        foreach (var point in points)
            Parameters(point);
    }

    /// <summary>One line; a line of fewer than two different points is left out.</summary>
    public void Line(ReadOnlySpan<TilePoint> line)
    {
        var steps = CountSteps(line);
        if (steps == 0)
            return;
        Command(MoveToId, 1);
        Parameters(line[0]);
        Steps(line, steps);
    }

    /// <summary>One polygon; a ring without area is left out, and with the exterior its holes.</summary>
    public void Polygon(TilePolygon polygon)
    {
        if (!Ring(polygon.Exterior, exterior: true))
            return;
        foreach (var hole in polygon.Holes)
            Ring(hole, exterior: false);
    }

    private bool Ring(TilePoint[] ring, bool exterior)
    {
        var area = TilePoint.DoubledArea(ring);
        if (area == 0)
            return false;
        var points = (ReadOnlySpan<TilePoint>)ring;
        if (area > 0 != exterior)
        {
            // Turned about its first point, so that a ring starts where it did.
            var turned = (TilePoint[])ring.Clone();
            Array.Reverse(turned, 1, turned.Length - 1);
            points = turned;
        }

        Command(MoveToId, 1);
        Parameters(points[0]);
        Steps(points, CountSteps(points));
        Command(ClosePathId, 1);
        return true;
    }

    private static int CountSteps(ReadOnlySpan<TilePoint> points)
    {
        var steps = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i] != points[i - 1])
                steps++;
        }

        return steps;
    }

    private void Steps(ReadOnlySpan<TilePoint> points, int steps)
    {
        Command(LineToId, steps);
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i] != points[i - 1])
                Parameters(points[i]);
        }
    }

    private void Command(uint id, int count) => integers.Add(((uint)count << 3) | id);

    private void Parameters(TilePoint point)
    {
        integers.Add(Zigzag(point.X - cursorX));
        integers.Add(Zigzag(point.Y - cursorY));
        (cursorX, cursorY) = (point.X, point.Y);
    }

    private static uint Zigzag(int delta) => (uint)((delta << 1) ^ (delta >> 31));
}
