namespace GridMap.Core.Tiles;

/// <summary>
/// One layer of a tile that is being written: features are encoded as they are added, keys and values are held once.
/// Made by <see cref="MvtWriter.AddLayer"/>. Not thread safe.
/// </summary>
public sealed class MvtLayer
{
    private const uint Version = 2;

    // Field numbers of vector_tile.proto, MVT 2.1.
    private const int LayersField = 3;
    private const int NameField = 1, FeaturesField = 2, KeysField = 3, ExtentField = 5, VersionField = 15;
    private const int FeatureIdField = 1, FeatureTagsField = 2, FeatureTypeField = 3, FeatureGeometryField = 4;
    private const int PointType = 1, LineStringType = 2, PolygonType = 3;

    private readonly Dictionary<string, uint> keys = [];
    private readonly Dictionary<MvtValue, uint> values = [];
    private readonly ProtoBuffer keyFields = new();
    private readonly ProtoBuffer valueFields = new();
    private readonly ProtoBuffer featureFields = new();
    private readonly ProtoBuffer header = new();
    private readonly ProtoBuffer idField = new();
    private uint valueCount;

    internal MvtLayer(string name)
    {
        Name = name;
        WriteHeader();
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; private set; }

    /// <summary>How many features were written.</summary>
    public int Count { get; private set; }

    /// <summary>The geometry of the feature that is written next.</summary>
    internal MvtGeometry Geometry { get; } = new();

    /// <summary>The bytes that the layer takes as a field's content.</summary>
    internal int Size => header.Length + keyFields.Length + valueFields.Length + featureFields.Length;

    /// <summary>Adds a point.</summary>
    /// <param name="id">Feature id; null for none.</param>
    /// <param name="point">In tile units from the tile's corner.</param>
    /// <param name="properties">Properties; a key at most once.</param>
    public void AddPoint(ulong? id, TilePoint point, ReadOnlySpan<MvtProperty> properties)
    {
        Geometry.Clear();
        Geometry.Points([point]);
        Write(id, PointType, properties);
    }

    /// <summary>Adds a feature of one or several lines; none is written when no line has two different points.</summary>
    /// <param name="id">Feature id; null for none.</param>
    /// <param name="lines">In tile units from the tile's corner.</param>
    /// <param name="properties">Properties; a key at most once.</param>
    public void AddLines(ulong? id, IEnumerable<TilePoint[]> lines, ReadOnlySpan<MvtProperty> properties)
    {
        Geometry.Clear();
        foreach (var line in lines)
            Geometry.Line(line);
        Write(id, LineStringType, properties);
    }

    /// <summary>Adds a feature of one or several polygons; none is written when no polygon has an area.</summary>
    /// <param name="id">Feature id; null for none.</param>
    /// <param name="polygons">In tile units from the tile's corner; rings may turn either way.</param>
    /// <param name="properties">Properties; a key at most once.</param>
    public void AddPolygons(ulong? id, IEnumerable<TilePolygon> polygons, ReadOnlySpan<MvtProperty> properties)
    {
        Geometry.Clear();
        foreach (var polygon in polygons)
            Geometry.Polygon(polygon);
        Write(id, PolygonType, properties);
    }

    private uint AddKey(string key)
    {
        var index = (uint)keys.Count;
        keys.Add(key, index);
        keyFields.TextField(KeysField, key);
        return index;
    }

    /// <summary>Adds keys to a layer that has none, encoded by <see cref="KeyFields"/>: the first one has index 0.</summary>
    internal void AddKeys(ReadOnlySpan<byte> fields) => keyFields.Bytes(fields);

    /// <summary>Keys as fields of a layer, to be written into many.</summary>
    internal static byte[] KeyFields(params ReadOnlySpan<string> keys)
    {
        var fields = new ProtoBuffer();
        foreach (var key in keys)
            fields.TextField(KeysField, key);
        return fields.Written.ToArray();
    }

    /// <summary>Adds values that the layer does not have, encoded by <see cref="MvtValue.WriteTo"/>, and returns the first one's index.</summary>
    internal uint AddValues(ReadOnlySpan<byte> fields, uint count)
    {
        valueFields.Bytes(fields);
        valueCount += count;
        return valueCount - count;
    }

    /// <summary>Writes an id as a field of a feature.</summary>
    internal static void WriteId(ProtoBuffer feature, ulong id) => feature.VarintField(FeatureIdField, id);

    /// <summary>Adds a feature of <see cref="Geometry"/>.</summary>
    /// <param name="idField">Feature id by <see cref="WriteId"/>.</param>
    /// <param name="indexes">Of keys and values, by turns.</param>
    internal void AddPoint(ReadOnlySpan<byte> idField, ReadOnlySpan<uint> indexes) => Write(idField, PointType, indexes);

    /// <inheritdoc cref="AddPoint(ReadOnlySpan{byte}, ReadOnlySpan{uint})"/>
    internal void AddLines(ReadOnlySpan<uint> indexes) => Write([], LineStringType, indexes);

    /// <inheritdoc cref="AddPoint(ReadOnlySpan{byte}, ReadOnlySpan{uint})"/>
    internal void AddPolygons(ReadOnlySpan<byte> idField, ReadOnlySpan<uint> indexes) => Write(idField, PolygonType, indexes);

    /// <summary>Empties the layer for another one.</summary>
    internal void Reset(string name)
    {
        if (Name != name)
        {
            Name = name;
            WriteHeader();
        }

        (Count, valueCount) = (0, 0);
        keys.Clear();
        values.Clear();
        keyFields.Clear();
        valueFields.Clear();
        featureFields.Clear();
    }

    /// <summary>Writes the layer as a field of a tile, and returns how many bytes it takes.</summary>
    internal int WriteTo(Span<byte> tile)
    {
        var length = ProtoBuffer.LengthField(tile, LayersField, Size);
        foreach (var part in (ReadOnlySpan<ProtoBuffer>)[header, keyFields, valueFields, featureFields])
        {
            part.Written.CopyTo(tile[length..]);
            length += part.Length;
        }

        return length;
    }

    private void WriteHeader()
    {
        header.Clear();
        header.VarintField(VersionField, Version);
        header.TextField(NameField, Name);
        header.VarintField(ExtentField, MvtWriter.Extent);
    }

    private void Write(ulong? id, int type, ReadOnlySpan<MvtProperty> properties)
    {
        if (Geometry.IsEmpty)
            return;
        Span<uint> indexes = properties.Length <= 16 ? stackalloc uint[2 * properties.Length] : new uint[2 * properties.Length];
        for (var i = 0; i < properties.Length; i++)
        {
            indexes[2 * i] = keys.TryGetValue(properties[i].Key, out var key) ? key : AddKey(properties[i].Key);
            indexes[2 * i + 1] = Index(properties[i].Value);
        }

        idField.Clear();
        if (id is { } given)
            WriteId(idField, given);
        Write(idField.Written, type, indexes);
    }

    private uint Index(MvtValue value)
    {
        if (!values.TryGetValue(value, out var index))
        {
            value.WriteTo(valueFields);
            index = valueCount++;
            values.Add(value, index);
        }

        return index;
    }

    private void Write(ReadOnlySpan<byte> id, int type, ReadOnlySpan<uint> indexes)
    {
        var geometry = Geometry.Packed;
        Span<byte> tags = stackalloc byte[ProtoBuffer.MaxVarint32 * indexes.Length];
        var tagsLength = 0;
        foreach (var index in indexes)
            tagsLength += ProtoBuffer.Varint(tags[tagsLength..], index);
        tags = tags[..tagsLength];

        // A field's number and type take a byte here, and so does the type of the geometry.
        var size = id.Length + (tags.IsEmpty ? 0 : 1 + ProtoBuffer.SizeOf((ulong)tagsLength) + tagsLength)
            + 2 + 1 + ProtoBuffer.SizeOf((ulong)geometry.Length) + geometry.Length;
        featureFields.LengthField(FeaturesField, size);
        featureFields.Bytes(id);
        if (!tags.IsEmpty)
            featureFields.BytesField(FeatureTagsField, tags);
        featureFields.VarintField(FeatureTypeField, (ulong)type);
        featureFields.BytesField(FeatureGeometryField, geometry);
        Count++;
    }
}
