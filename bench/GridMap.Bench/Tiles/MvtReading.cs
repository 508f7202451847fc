using NetTopologySuite.Geometries;

namespace GridMap.Bench.Tiles;

/// <summary>The rings of the features of a tile, read by the specification alone, from whichever writer. Stateless.</summary>
internal static class MvtReading
{
    private const int Layers = 3, LayerName = 1, Features = 2, FeatureId = 1, FeatureGeometry = 4;

    /// <summary>By feature of a layer: its id and its rings, closed, in tile units.</summary>
    public static List<(ulong Id, List<Coordinate[]> Rings)> Read(ReadOnlySpan<byte> tile, string layer)
    {
        var found = new List<(ulong, List<Coordinate[]>)>();
        while (!tile.IsEmpty)
        {
            var (field, _, content) = Field(ref tile);
            if (field == Layers && Name(content) == layer)
                ReadLayer(content, found);
        }

        return found;
    }

    private static void ReadLayer(ReadOnlySpan<byte> layer, List<(ulong, List<Coordinate[]>)> found)
    {
        while (!layer.IsEmpty)
        {
            var (field, _, feature) = Field(ref layer);
            if (field != Features)
                continue;
            var (id, rings) = (0ul, new List<Coordinate[]>());
            while (!feature.IsEmpty)
            {
                var (part, number, content) = Field(ref feature);
                if (part == FeatureId)
                    id = number;
                if (part == FeatureGeometry)
                    rings = Rings(content);
            }

            found.Add((id, rings));
        }
    }

    private static string Name(ReadOnlySpan<byte> layer)
    {
        while (!layer.IsEmpty)
        {
            var (field, _, content) = Field(ref layer);
            if (field == LayerName)
                return System.Text.Encoding.UTF8.GetString(content);
        }

        return "";
    }

    private static List<Coordinate[]> Rings(ReadOnlySpan<byte> integers)
    {
        var (rings, ring) = (new List<Coordinate[]>(), new List<Coordinate>());
        long x = 0, y = 0;
        while (!integers.IsEmpty)
        {
            var command = Varint(ref integers);
            if ((command & 7) == 7)
            {
                rings.Add([.. ring, ring[0].Copy()]);
                ring.Clear();
                continue;
            }

            for (var i = 0ul; i < command >> 3; i++)
            {
                x += Unzigzag(Varint(ref integers));
                y += Unzigzag(Varint(ref integers));
                ring.Add(new Coordinate(x, y));
            }
        }

        return rings;
    }

    private static FieldOfTile Field(ref ReadOnlySpan<byte> bytes)
    {
        var tag = Varint(ref bytes);
        var number = Varint(ref bytes);
        if ((tag & 7) != 2)
            return new FieldOfTile((int)(tag >> 3), number, []);
        var content = bytes[..(int)number];
        bytes = bytes[(int)number..];
        return new FieldOfTile((int)(tag >> 3), 0, content);
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift, at) = (0ul, 0, 0);
        do
        {
            value |= (ulong)(bytes[at] & 0x7F) << shift;
            shift += 7;
        }
        while (bytes[at++] >= 0x80);
        bytes = bytes[at..];
        return value;
    }

    private static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    // Every field of a layer or feature is a varint or has a length; values, which may be others, are not looked into.
    private readonly ref struct FieldOfTile(int field, ulong number, ReadOnlySpan<byte> content)
    {
        private readonly ReadOnlySpan<byte> content = content;

        public void Deconstruct(out int of, out ulong value, out ReadOnlySpan<byte> bytes)
        {
            of = field;
            value = number;
            bytes = content;
        }
    }
}
