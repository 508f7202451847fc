using System.Buffers.Binary;

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
    public void Ring(ReadOnlySpan<TilePoint> ring)
    {
        Points(ring[..1]);
        Command(LineToId, ring.Length - 1);
        Steps(ring[1..]);
        Command(ClosePathId, 1);
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
        var (lastX, lastY) = (cursorX, cursorY);
        foreach (var (x, y) in points)
        {
            length = Write(bytes, length, Zigzag(x - lastX));
            length = Write(bytes, length, Zigzag(y - lastY));
            (lastX, lastY) = (x, y);
        }

        (cursorX, cursorY) = (lastX, lastY);
        buffer.Advance(length);
    }

    // Whether a step takes one byte or two cannot be foreseen, so both are written and one or two count.
    private static int Write(Span<byte> bytes, int length, uint value)
    {
        if (value >= 1 << 14)
            return length + ProtoBuffer.Varint(bytes[length..], value);
        var hasTwo = (int)((0x7Fu - value) >> 31);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[length..], (ushort)((value & 0x7F) | ((uint)hasTwo << 7) | (value >> 7 << 8)));
        return length + 1 + hasTwo;
    }

    private static uint Zigzag(int delta) => (uint)((delta << 1) ^ (delta >> 31));
}
