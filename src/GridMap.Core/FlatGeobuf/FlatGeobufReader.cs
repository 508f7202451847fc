using System.Buffers;
using System.Buffers.Binary;
using GridMap.Core.GeoJson;
using static GridMap.Core.GeoJson.GeoJsonCodes;

namespace GridMap.Core.FlatGeobuf;

/// <summary>
/// Reads a FlatGeobuf file without a spatial index, feature by feature, from bytes as they arrive: the same features that
/// <see cref="GeoJsonReader"/> makes of GDAL's GeoJSON, under the same rules, without writing and reading every coordinate as
/// decimal digits; but GDAL leaves features without a geometry out. Positions are degrees, lon lat. Memory is bounded by the longest feature. One reader reads one file; not thread safe.
/// </summary>
/// <param name="maxFeatureBytes">The most bytes that one feature may take.</param>
public sealed class FlatGeobufReader(int maxFeatureBytes)
{
    private const int SignatureBytes = 8;
    private const int HeaderType = 2, HeaderColumns = 7, HeaderFeatures = 8, HeaderNodeSize = 9;
    private const int FeatureGeometry = 0, FeatureProperties = 1;

    private readonly FlatGeobufGeometry geometries = new();
    private FlatGeobufProperties? properties;
    private byte type;
    private int index;
    private long released;

    /// <summary>Reads the next feature.</summary>
    /// <param name="buffer">The bytes not yet released, in order; moved on past what need not be kept. Pass it again, with what followed.</param>
    /// <param name="feature">The feature when the answer is true.</param>
    /// <returns>False: more bytes are needed; when none follow and <paramref name="buffer"/> is empty, the file is read to its end.</returns>
    /// <exception cref="GeoJsonException">A feature breaks a rule, or the bytes are no FlatGeobuf. The reader is of no more use.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out GeoJsonFeature? feature)
    {
        feature = null;
        try
        {
            if (properties is null && !TryReadHeader(ref buffer))
                return false;
            if (!TryTake(ref buffer, 0, out var message))
                return false;
            feature = Feature(message.IsSingleSegment ? message.FirstSpan : message.ToArray());
            index++;
            return true;
        }
        catch (SourceFault e)
        {
            throw new GeoJsonException(new GeoJsonProblem(e.Code, e.Message, properties is null ? "" : $"features[{index}]", properties is null ? null : index, released), e);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new GeoJsonException(new GeoJsonProblem(InvalidFlatGeobuf, "not FlatGeobuf, or damaged", "", index, released), e);
        }
    }

    private bool TryReadHeader(ref ReadOnlySequence<byte> buffer)
    {
        if (!TryTake(ref buffer, SignatureBytes, out var message))
            return false;
        var header = FlatTable.Root(message.ToArray());
        // An index would stand before the features; who asks for this format asks for none.
        if (header.UInt16(HeaderNodeSize, missing: 16) != 0 && header.Has(HeaderFeatures))
            throw new SourceFault(InvalidFlatGeobuf, "a spatial index stands before the features");
        type = header.Byte(HeaderType);
        properties = new FlatGeobufProperties(header, HeaderColumns);
        return true;
    }

    /// <summary>Takes a message that its length stands before.</summary>
    private bool TryTake(ref ReadOnlySequence<byte> buffer, int skipped, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < skipped + 4)
            return false;
        Span<byte> start = stackalloc byte[4];
        buffer.Slice(skipped, 4).CopyTo(start);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(start);
        if (length > maxFeatureBytes)
            throw new SourceFault(TooLarge, $"longer than {maxFeatureBytes >> 20} MiB");
        if (buffer.Length < skipped + 4 + length)
            return false;
        message = buffer.Slice(skipped + 4, length);
        buffer = buffer.Slice(skipped + 4 + length);
        released += skipped + 4 + length;
        return true;
    }

    private GeoJsonFeature Feature(ReadOnlySpan<byte> message)
    {
        var table = FlatTable.Root(message);
        var hasGeometry = table.Has(FeatureGeometry);
        var geometry = hasGeometry ? geometries.Read(table.Table(FeatureGeometry), type, message.Length) : null;
        return new GeoJsonFeature(index, null, geometry, properties!.Read(table.Vector(FeatureProperties, 1)), hasGeometry ? geometries.RingsClosed : 0);
    }
}
