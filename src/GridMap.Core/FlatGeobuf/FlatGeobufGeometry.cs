using System.Runtime.InteropServices;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using static GridMap.Core.GeoJson.GeoJsonCodes;

namespace GridMap.Core.FlatGeobuf;

/// <summary>Makes geometries of FlatGeobuf's tables, under the rules of the GeoJSON reader. Used for one text; not thread safe.</summary>
internal sealed class FlatGeobufGeometry
{
    private const int Ends = 0, Positions = 1, Type = 6, Parts = 7;

    // Collections in collections: as deep as JSON may be nested for them.
    private const int DeepestNesting = 16;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 0, PackedCoordinateSequenceFactory.DoubleFactory);

    // Parts may point at the same bytes over and over: no more is made of a message than its bytes can hold once.
    private int bytesLeft;

    /// <summary>Rings of the geometry at hand that were closed.</summary>
    public int RingsClosed { get; private set; }

    /// <summary>Reads a geometry; null for a type that GeoJSON does not have.</summary>
    /// <param name="table">FlatGeobuf's Geometry.</param>
    /// <param name="type">FlatGeobuf's number of its type, where the table tells none.</param>
    /// <param name="messageBytes">Bytes of the message that it is in.</param>
    /// <exception cref="SourceFault">It breaks a rule.</exception>
    public Geometry? Read(FlatTable table, byte type, int messageBytes)
    {
        RingsClosed = 0;
        bytesLeft = messageBytes;
        return Part(table, type, depth: 0);
    }

    private Geometry? Part(FlatTable table, byte type, int depth)
    {
        Spend(4);
        if (table.Byte(Type) is not 0 and var own)
            type = own;
        switch (type)
        {
            case 1:
                ArgumentOutOfRangeException.ThrowIfGreaterThan(table.Vector(Positions, 8).Length, 2 * sizeof(double));
                return Factory.CreatePoint(Sequence(table.Vector(Positions, 8)));
            case 2:
                return Line(Doubles(table));
            case 3:
                return Polygon(table);
            case 4:
                return Factory.CreateMultiPoint(Sequence(table.Vector(Positions, 8)));
            case 5:
                return Factory.CreateMultiLineString([.. Pieces(table).Select(Line)]);
            case 6:
                var polygons = new Polygon[table.Count(Parts)];
                for (var i = 0; i < polygons.Length; i++)
                    polygons[i] = Polygon(table.Table(Parts, i));
                return Factory.CreateMultiPolygon(polygons);
            case 7 when depth < DeepestNesting:
                var members = new List<Geometry>();
                for (var i = 0; i < table.Count(Parts); i++)
                {
                    if (Part(table.Table(Parts, i), 0, depth + 1) is { } member)
                        members.Add(member);
                }

                return Factory.CreateGeometryCollection([.. members]);
            default:
                return null;
        }
    }

    private void Spend(int bytes)
    {
        bytesLeft -= bytes;
        ArgumentOutOfRangeException.ThrowIfNegative(bytesLeft);
    }

    private Polygon Polygon(FlatTable table)
    {
        Spend(4);
        var rings = Pieces(table).ConvertAll(Ring);
        return rings.Count == 0 ? Factory.CreatePolygon() : Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
    }

    private LinearRing Ring(double[] ring)
    {
        if (ring.Length > 4 && (ring[0] != ring[^2] || ring[1] != ring[^1]))
        {
            RingsClosed++;
            ring = [.. ring, ring[0], ring[1]];
        }

        if (ring.Length < 8)
            throw new SourceFault(RingTooShort, $"a ring needs at least four positions, the last equal to the first, and has {ring.Length / 2}");
        return Factory.CreateLinearRing(new PackedDoubleCoordinateSequence(ring, 2, 0));
    }

    private static LineString Line(double[] line) => line.Length != 2
        ? Factory.CreateLineString(new PackedDoubleCoordinateSequence(line, 2, 0))
        : throw new SourceFault(LineTooShort, "a line needs at least two positions, and has one");

    /// <summary>The lines or rings of one geometry, whose positions stand one after the other.</summary>
    private List<double[]> Pieces(FlatTable table)
    {
        var all = Doubles(table);
        var ends = MemoryMarshal.Cast<byte, uint>(table.Vector(Ends, 4));
        if (ends.Length == 0)
            return all.Length == 0 ? [] : [all];
        var pieces = new List<double[]>(ends.Length);
        uint start = 0;
        foreach (var end in ends)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
            pieces.Add(all.AsSpan(checked((int)start * 2), checked((int)(end - start) * 2)).ToArray());
            start = end;
        }

        return pieces;
    }

    private PackedDoubleCoordinateSequence Sequence(ReadOnlySpan<byte> positions) =>
        new(Checked(MemoryMarshal.Cast<byte, double>(positions)), 2, 0);

    private double[] Doubles(FlatTable table) => Checked(MemoryMarshal.Cast<byte, double>(table.Vector(Positions, 8)));

    private double[] Checked(ReadOnlySpan<double> positions)
    {
        Spend(positions.Length * sizeof(double));
        var copy = positions[..(positions.Length & ~1)].ToArray();
        for (var i = 0; i < copy.Length; i += 2)
        {
            if (!double.IsFinite(copy[i]) || !double.IsFinite(copy[i + 1]))
                throw new SourceFault(CoordinateNotANumber, "a coordinate is a finite number");
            if (DegreeRange.Fault(copy[i], copy[i + 1]) is { } fault)
                throw new SourceFault(CoordinateOutOfRange, fault);
        }

        return copy;
    }
}

/// <summary>A rule of the GeoJSON reader is broken; the reader adds the place.</summary>
internal sealed class SourceFault(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
