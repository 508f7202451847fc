using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GridMap.Core.GeoJson;

namespace GridMap.Core.FlatGeobuf;

/// <summary>
/// Turns the values of a feature into the JSON object that GDAL's GeoJSON would have: all columns in their order, null where there
/// is no value, whole numbers of a floating column with a fraction of zero. Not thread safe.
/// </summary>
internal sealed class FlatGeobufProperties
{
    // Nothing of it goes into a page: Chinese stays Chinese, and is not read back from escapes.
    private static readonly JavaScriptEncoder AsTheyAre = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly JsonEncodedText[] names;
    private readonly ColumnType[] types;
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly Utf8JsonWriter writer;

    /// <summary>Takes the columns of a header.</summary>
    /// <exception cref="SourceFault">A name is not UTF-8.</exception>
    public FlatGeobufProperties(FlatTable header, int columnsField)
    {
        names = new JsonEncodedText[header.Count(columnsField)];
        types = new ColumnType[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var column = header.Table(columnsField, i);
            names[i] = JsonEncodedText.Encode(Valid(column.Vector(0, 1)), AsTheyAre);
            types[i] = (ColumnType)column.Byte(1);
        }

        writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = AsTheyAre });
    }

    // The numbers are FlatGeobuf's.
    private enum ColumnType : byte
    {
        Byte, UByte, Bool, Short, UShort, Int, UInt, Long, ULong, Float, Double, String, Json, DateTime, Binary,
    }

    /// <summary>The object; undefined when the layer has no columns.</summary>
    /// <param name="values">FlatGeobuf's properties: the number of a column, its value, and so on, by rising column.</param>
    /// <exception cref="SourceFault">A text is not UTF-8.</exception>
    public JsonElement Read(ReadOnlySpan<byte> values)
    {
        text.Clear();
        writer.Reset();
        writer.WriteStartObject();
        var column = 0;
        while (values.Length > 0)
        {
            var next = BinaryPrimitives.ReadUInt16LittleEndian(values);
            ArgumentOutOfRangeException.ThrowIfLessThan(next, column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(next, names.Length);
            for (; column < next; column++)
                writer.WriteNull(names[column]);
            writer.WritePropertyName(names[column]);
            values = values[(2 + Write(types[column], values[2..]))..];
            column++;
        }

        for (; column < names.Length; column++)
            writer.WriteNull(names[column]);
        writer.WriteEndObject();
        writer.Flush();
        var reader = new Utf8JsonReader(text.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Writes one value.</summary>
    /// <returns>The bytes that it takes.</returns>
    private int Write(ColumnType type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case ColumnType.Byte:
                writer.WriteNumberValue((sbyte)value[0]);
                return 1;
            case ColumnType.UByte:
                writer.WriteNumberValue(value[0]);
                return 1;
            case ColumnType.Bool:
                writer.WriteBooleanValue(value[0] != 0);
                return 1;
            case ColumnType.Short:
                writer.WriteNumberValue(BinaryPrimitives.ReadInt16LittleEndian(value));
                return 2;
            case ColumnType.UShort:
                writer.WriteNumberValue(BinaryPrimitives.ReadUInt16LittleEndian(value));
                return 2;
            case ColumnType.Int:
                writer.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(value));
                return 4;
            case ColumnType.UInt:
                writer.WriteNumberValue(BinaryPrimitives.ReadUInt32LittleEndian(value));
                return 4;
            case ColumnType.Long:
                writer.WriteNumberValue(BinaryPrimitives.ReadInt64LittleEndian(value));
                return 8;
            case ColumnType.ULong:
                writer.WriteNumberValue(BinaryPrimitives.ReadUInt64LittleEndian(value));
                return 8;
            case ColumnType.Float:
                WriteReal(BinaryPrimitives.ReadSingleLittleEndian(value));
                return 4;
            case ColumnType.Double:
                WriteReal(BinaryPrimitives.ReadDoubleLittleEndian(value));
                return 8;
            default:
                var length = BinaryPrimitives.ReadInt32LittleEndian(value);
                var bytes = value.Slice(4, length);
                if (type == ColumnType.Binary)
                    writer.WriteBase64StringValue(bytes);
                else
                    writer.WriteStringValue(Valid(bytes));
                return 4 + length;
        }
    }

    // A code kept as a number must show whether it has lost digits: 17 of them, as C prints them, before the exponent comes.
    private void WriteReal(double value)
    {
        if (!double.IsFinite(value))
            writer.WriteNullValue();
        else if (value == Math.Floor(value) && Math.Abs(value) < 1e17)
            writer.WriteRawValue(value.ToString("F1", CultureInfo.InvariantCulture));
        else
            writer.WriteNumberValue(value);
    }

    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : throw new SourceFault(GeoJsonCodes.NotUtf8, "the text is not UTF-8; save it as UTF-8");
}
