using Google.Protobuf;
using static Google.Protobuf.WireFormat;

namespace GridMap.Core.Tiles;

/// <summary>
/// One layer of a tile that is being written: features are encoded as they are added, keys and values are held once.
/// Made by <see cref="MvtWriter.AddLayer"/>. Not thread safe.
/// </summary>
public sealed class MvtLayer
{
    private const uint Version = 2;

    // Field numbers of vector_tile.proto, MVT 2.1.
    private const int NameField = 1, FeaturesField = 2, KeysField = 3, ValuesField = 4, ExtentField = 5, VersionField = 15;
    private const int FeatureIdField = 1, FeatureTagsField = 2, FeatureTypeField = 3, FeatureGeometryField = 4;
    private const int StringField = 1, DoubleField = 3, UintField = 5, SintField = 6, BoolField = 7;
    private const int PointType = 1, LineStringType = 2, PolygonType = 3;

    private readonly List<byte[]> features = [];
    private readonly Dictionary<string, uint> keys = [];
    private readonly Dictionary<MvtValue, uint> values = [];
    private readonly MvtGeometry geometry = new();
    private readonly List<uint> tags = [];

    internal MvtLayer(string name) => Name = name;

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>How many features were written.</summary>
    public int Count => features.Count;

    /// <summary>Adds a point.</summary>
    /// <param name="id">Feature id; null for none.</param>
    /// <param name="point">In tile units from the tile's corner.</param>
    /// <param name="properties">Properties; a key at most once.</param>
    public void AddPoint(ulong? id, TilePoint point, ReadOnlySpan<MvtProperty> properties)
    {
        geometry.Clear();
        geometry.Points([point]);
        Write(id, PointType, properties);
    }

    /// <summary>Adds a feature of one or several lines; none is written when no line has two different points.</summary>
    /// <param name="id">Feature id; null for none.</param>
    /// <param name="lines">In tile units from the tile's corner.</param>
    /// <param name="properties">Properties; a key at most once.</param>
    public void AddLines(ulong? id, IEnumerable<TilePoint[]> lines, ReadOnlySpan<MvtProperty> properties)
    {
        geometry.Clear();
        foreach (var line in lines)
            geometry.Line(line);
        Write(id, LineStringType, properties);
    }

    /// <summary>Adds a feature of one or several polygons; none is written when no polygon has an area.</summary>
    /// <param name="id">Feature id; null for none.</param>
    /// <param name="polygons">In tile units from the tile's corner; rings may turn either way.</param>
    /// <param name="properties">Properties; a key at most once.</param>
    public void AddPolygons(ulong? id, IEnumerable<TilePolygon> polygons, ReadOnlySpan<MvtProperty> properties)
    {
        geometry.Clear();
        foreach (var polygon in polygons)
            geometry.Polygon(polygon);
        Write(id, PolygonType, properties);
    }

    /// <summary>Writes the layer as a field of the tile.</summary>
    internal void WriteTo(CodedOutputStream tile, int field)
    {
        using var layer = new MemoryStream();
        using var coded = new CodedOutputStream(layer, leaveOpen: true);
        coded.WriteTag(VersionField, WireType.Varint);
        coded.WriteUInt32(Version);
        coded.WriteTag(NameField, WireType.LengthDelimited);
        coded.WriteString(Name);
        coded.WriteTag(ExtentField, WireType.Varint);
        coded.WriteUInt32(MvtWriter.Extent);
        foreach (var key in keys.OrderBy(pair => pair.Value))
        {
            coded.WriteTag(KeysField, WireType.LengthDelimited);
            coded.WriteString(key.Key);
        }

        foreach (var value in values.OrderBy(pair => pair.Value))
            WriteValue(coded, value.Key);
        foreach (var feature in features)
        {
            coded.WriteTag(FeaturesField, WireType.LengthDelimited);
            coded.WriteBytes(UnsafeByteOperations.UnsafeWrap(feature));
        }

        coded.Flush();
        tile.WriteTag(field, WireType.LengthDelimited);
        tile.WriteBytes(UnsafeByteOperations.UnsafeWrap(layer.GetBuffer().AsMemory(0, (int)layer.Length)));
    }

    private void Write(ulong? id, int type, ReadOnlySpan<MvtProperty> properties)
    {
        if (geometry.IsEmpty)
            return;
        tags.Clear();
        foreach (var property in properties)
        {
            tags.Add(Index(keys, property.Key));
            tags.Add(Index(values, property.Value));
        }

        int tagsSize = Size(tags), geometrySize = Size(geometry.Integers);
        var size = (id is { } given ? 1 + CodedOutputStream.ComputeUInt64Size(given) : 0)
            + (tagsSize == 0 ? 0 : 1 + CodedOutputStream.ComputeLengthSize(tagsSize) + tagsSize)
            + 1 + CodedOutputStream.ComputeEnumSize(type)
            + 1 + CodedOutputStream.ComputeLengthSize(geometrySize) + geometrySize;
        var feature = new byte[size];
        using var output = new CodedOutputStream(feature);
        if (id is { } number)
        {
            output.WriteTag(FeatureIdField, WireType.Varint);
            output.WriteUInt64(number);
        }

        if (tagsSize > 0)
            WritePacked(output, FeatureTagsField, tags, tagsSize);
        output.WriteTag(FeatureTypeField, WireType.Varint);
        output.WriteEnum(type);
        WritePacked(output, FeatureGeometryField, geometry.Integers, geometrySize);
        output.CheckNoSpaceLeft();
        features.Add(feature);
    }

    private static void WritePacked(CodedOutputStream output, int field, IReadOnlyList<uint> integers, int size)
    {
        output.WriteTag(field, WireType.LengthDelimited);
        output.WriteLength(size);
        for (var i = 0; i < integers.Count; i++)
            output.WriteUInt32(integers[i]);
    }

    private static int Size(IReadOnlyList<uint> integers)
    {
        var size = 0;
        for (var i = 0; i < integers.Count; i++)
            size += CodedOutputStream.ComputeUInt32Size(integers[i]);
        return size;
    }

    private static void WriteValue(CodedOutputStream coded, MvtValue value)
    {
        coded.WriteTag(ValuesField, WireType.LengthDelimited);
        switch (value.Kind)
        {
            case MvtValueKind.Text:
                coded.WriteLength(1 + CodedOutputStream.ComputeStringSize(value.Text));
                coded.WriteTag(StringField, WireType.LengthDelimited);
                coded.WriteString(value.Text);
                break;
            case MvtValueKind.Whole when value.Whole >= 0:
                coded.WriteLength(1 + CodedOutputStream.ComputeUInt64Size((ulong)value.Whole));
                coded.WriteTag(UintField, WireType.Varint);
                coded.WriteUInt64((ulong)value.Whole);
                break;
            case MvtValueKind.Whole:
                coded.WriteLength(1 + CodedOutputStream.ComputeSInt64Size(value.Whole));
                coded.WriteTag(SintField, WireType.Varint);
                coded.WriteSInt64(value.Whole);
                break;
            case MvtValueKind.Number:
                coded.WriteLength(1 + CodedOutputStream.ComputeDoubleSize(value.Number));
                coded.WriteTag(DoubleField, WireType.Fixed64);
                coded.WriteDouble(value.Number);
                break;
            case MvtValueKind.Truth:
                coded.WriteLength(1 + CodedOutputStream.ComputeBoolSize(value.Whole != 0));
                coded.WriteTag(BoolField, WireType.Varint);
                coded.WriteBool(value.Whole != 0);
                break;
            default:
                throw new InvalidOperationException("A property of a tile has no value.");
        }
    }

    private static uint Index<T>(Dictionary<T, uint> held, T item)
        where T : notnull
    {
        if (!held.TryGetValue(item, out var index))
        {
            index = (uint)held.Count;
            held.Add(item, index);
        }

        return index;
    }
}
