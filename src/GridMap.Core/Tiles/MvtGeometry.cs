namespace GridMap.Core.Tiles;

/// <summary>
/// The geometry of one feature as MVT 2.1 command integers (section 4.3), as they are written: a cursor that moves by zigzag deltas.
/// Not thread safe; cleared and used again for each feature.
/// </summary>
internal sealed class MvtGeometry
{
    private const uint MoveToId = 1, LineToId = 2, ClosePathId = 7;

    // A command or one ordinate of a step: 32 bits.
    private const int MaxInteger = 5;

    private readonly ProtoBuffer buffer = new();
    private int cursorX, cursorY;

    /// <summary>The integers, packed.</summary>
    public ReadOnlySpan<byte> Packed => buffer.Written;

    public bool IsEmpty => buffer.Length == 0;

    public void Clear()
    {
        buffer.Clear();
        (cursorX, cursorY) = (0, 0);
    }

    public void Points(ReadOnlySpan<TilePoint> points)
    {
        if (points.IsEmpty)
            return;
        Command(MoveToId, points.Length);
        Steps(points);
    }

    /// <summary>One line; a line of fewer than two different points is left out.</summary>
    public void Line(ReadOnlySpan<TilePoint> line)
    {
        var steps = CountSteps(line);
        if (steps == 0)
            return;
        Points(line[..1]);
        Command(LineToId, steps);
        StepsFrom(line);
    }

    /// <summary>One polygon; a ring without area is left out, and with the exterior its holes.</summary>
    public void Polygon(TilePolygon polygon)
    {
        if (!Turned(polygon.Exterior, exterior: true))
            return;
        foreach (var hole in polygon.Holes)
            Turned(hole, exterior: false);
    }

    /// <summary>One ring that turns the way its place demands and has no two equal points in a row.</summary>
    /// <param name="first">Its first point.</param>
    /// <param name="steps">The steps from there to its last point, encoded.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="last">Its last point.</param>
    public void Ring(TilePoint first, ReadOnlySpan<byte> steps, int count, TilePoint last)
    {
        Line(first, steps, count, last);
        Command(ClosePathId, 1);
    }

    /// <summary>One line that has no two equal points in a row.</summary>
    /// <inheritdoc cref="Ring"/>
    public void Line(TilePoint first, ReadOnlySpan<byte> steps, int count, TilePoint last)
    {
        Points([first]);
        Command(LineToId, count);
        buffer.Bytes(steps);
        (cursorX, cursorY) = last;
    }

    /// <summary>Lists the points that encoded steps reach from a first one, with this.</summary>
    public static void Read(TilePoint first, ReadOnlySpan<byte> steps, List<TilePoint> points)
    {
        points.Add(first);
        var (x, y) = first;
        for (var at = 0; at < steps.Length;)
        {
            x += Unzigzag(ProtoBuffer.ReadVarint(steps, ref at));
            y += Unzigzag(ProtoBuffer.ReadVarint(steps, ref at));
            points.Add(new TilePoint(x, y));
        }
    }

    private bool Turned(TilePoint[] ring, bool exterior)
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

        Line(points);
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

    private void StepsFrom(ReadOnlySpan<TilePoint> points)
    {
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i] != points[i - 1])
                Steps(points.Slice(i, 1));
        }
    }

    private void Command(uint id, int count) => buffer.Varint(((uint)count << 3) | id);

    private void Steps(ReadOnlySpan<TilePoint> points)
    {
        var bytes = buffer.Reserve(points.Length * 2 * MaxInteger);
        var length = 0;
        foreach (var (x, y) in points)
        {
            length += ProtoBuffer.Varint(bytes[length..], Zigzag(x - cursorX));
            length += ProtoBuffer.Varint(bytes[length..], Zigzag(y - cursorY));
            (cursorX, cursorY) = (x, y);
        }

        buffer.Advance(length);
    }

    private static int Unzigzag(ulong value) => (int)(value >> 1) ^ -(int)(value & 1);

    private static uint Zigzag(int delta) => (uint)((delta << 1) ^ (delta >> 31));
}
