using Google.Protobuf;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Tiles;

/// <summary>A tile as a client reads it: strict about the specification, and sharing no code with the writer.</summary>
internal sealed class MvtDecoder
{
    public static IReadOnlyDictionary<string, DecodedLayer> Decode(byte[] tile)
    {
        var layers = new Dictionary<string, DecodedLayer>();
        foreach (var (field, content) in Fields(new CodedInputStream(tile)))
        {
            Assert.Equal(3, field);
            var layer = Layer((byte[])content);
            layers.Add(layer.Name, layer);
        }

        return layers;
    }

    private static DecodedLayer Layer(byte[] bytes)
    {
        string? name = null;
        var (keys, values, features) = (new List<string>(), new List<object>(), new List<byte[]>());
        ulong? extent = null, version = null;
        foreach (var (field, content) in Fields(new CodedInputStream(bytes)))
        {
            switch (field)
            {
                case 1: name = Text(content); break;
                case 2: features.Add((byte[])content); break;
                case 3: keys.Add(Text(content)); break;
                case 4: values.Add(Value((byte[])content)); break;
                case 5: extent = (ulong)content; break;
                case 15: version = (ulong)content; break;
                default: Assert.Fail($"Field {field} in a layer."); break;
            }
        }

        Assert.Equal(2ul, version);
        Assert.Equal(4096ul, extent);
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(values.Count, values.Distinct().Count());
        return new DecodedLayer(name!, features.ConvertAll(feature => Feature(feature, keys, values)));
    }

    private static DecodedFeature Feature(byte[] bytes, List<string> keys, List<object> values)
    {
        ulong? id = null;
        ulong type = 0;
        var properties = new Dictionary<string, object>();
        uint[] geometry = [];
        foreach (var (field, content) in Fields(new CodedInputStream(bytes)))
        {
            switch (field)
            {
                case 1: id = (ulong)content; break;
                case 2:
                    var tags = Packed((byte[])content);
                    for (var i = 0; i < tags.Length; i += 2)
                        properties.Add(keys[(int)tags[i]], values[(int)tags[i + 1]]);
                    break;
                case 3: type = (ulong)content; break;
                case 4: geometry = Packed((byte[])content); break;
                default: Assert.Fail($"Field {field} in a feature."); break;
            }
        }

        return new DecodedFeature(id, (int)type, properties, Parts(geometry));
    }

    private static List<Coordinate[]> Parts(uint[] integers)
    {
        var (parts, part) = (new List<Coordinate[]>(), new List<Coordinate>());
        int x = 0, y = 0, at = 0;
        while (at < integers.Length)
        {
            var (command, count) = (integers[at] & 7, integers[at++] >> 3);
            Assert.True(count > 0);
            if (command == 7)
            {
                Assert.Equal(1u, count);
                part.Add(part[0].Copy());
                continue;
            }

            Assert.True(command is 1 or 2);
            for (var i = 0u; i < count; i++)
            {
                if (command == 1 && part.Count > 0)
                {
                    parts.Add([.. part]);
                    part.Clear();
                }

                var (dx, dy) = (Unzigzag(integers[at++]), Unzigzag(integers[at++]));
                Assert.False(command == 2 && dx == 0 && dy == 0, "A step of no length.");
                (x, y) = (x + dx, y + dy);
                part.Add(new Coordinate(x, y));
            }
        }

        if (part.Count > 0)
            parts.Add([.. part]);
        return parts;
    }

    private static object Value(byte[] bytes)
    {
        var (field, content) = Fields(new CodedInputStream(bytes)).Single();
        return field switch
        {
            1 => Text(content),
            3 => BitConverter.UInt64BitsToDouble((ulong)content),
            5 => (long)(ulong)content,
            6 => (long)((ulong)content >> 1) ^ -(long)((ulong)content & 1),
            7 => (ulong)content != 0,
            _ => throw new InvalidOperationException($"Value of kind {field}."),
        };
    }

    private static IEnumerable<(int Field, object Content)> Fields(CodedInputStream input)
    {
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            object content = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidOperationException($"Wire type {other}."),
            };
            yield return (WireFormat.GetTagFieldNumber(tag), content);
        }
    }

    private static uint[] Packed(byte[] bytes)
    {
        var (input, integers) = (new CodedInputStream(bytes), new List<uint>());
        while (!input.IsAtEnd)
            integers.Add(input.ReadUInt32());
        return [.. integers];
    }

    private static string Text(object content) => System.Text.Encoding.UTF8.GetString((byte[])content);

    private static int Unzigzag(uint value) => (int)(value >> 1) ^ -(int)(value & 1);
}

internal sealed record DecodedLayer(string Name, List<DecodedFeature> Features);

/// <param name="Id">Feature id.</param>
/// <param name="Type">1 point, 2 line string, 3 polygon.</param>
/// <param name="Properties">Text, long, double or bool by key.</param>
/// <param name="Parts">Points, lines or closed rings in tile units, y southwards.</param>
internal sealed record DecodedFeature(ulong? Id, int Type, Dictionary<string, object> Properties, List<Coordinate[]> Parts)
{
    /// <summary>Rings put together by their turn alone, as specified: positive begins a polygon, negative is a hole in it.</summary>
    public Geometry ToGeometry()
    {
        var factory = new GeometryFactory(new PrecisionModel(1));
        switch (Type)
        {
            case 1:
                return factory.CreateMultiPointFromCoords([.. Parts.SelectMany(part => part)]);
            case 2:
                return factory.CreateMultiLineString([.. Parts.Select(part => factory.CreateLineString(part))]);
        }

        var polygons = new List<(Coordinate[] Shell, List<LinearRing> Holes)>();
        foreach (var ring in Parts)
        {
            if (SignedArea(ring) > 0)
                polygons.Add((ring, []));
            else
                polygons[^1].Holes.Add(factory.CreateLinearRing(ring));
        }

        return factory.CreateMultiPolygon(
            [.. polygons.Select(polygon => factory.CreatePolygon(factory.CreateLinearRing(polygon.Shell), [.. polygon.Holes]))]);
    }

    public static double SignedArea(Coordinate[] ring)
    {
        double sum = 0;
        for (var i = 0; i + 1 < ring.Length; i++)
            sum += ring[i].X * ring[i + 1].Y - ring[i + 1].X * ring[i].Y;
        return sum / 2;
    }
}
