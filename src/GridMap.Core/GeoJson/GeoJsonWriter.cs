using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace GridMap.Core.GeoJson;

/// <summary>
/// The one writer of GeoJSON: RFC 7946, coordinates with at most 9 decimals, which bring every lattice point back exactly;
/// shells counter-clockwise, holes clockwise. Stateless and thread safe.
/// </summary>
public static class GeoJsonWriter
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "application/geo+json";

    private const string NineDecimals = "F9";

    /// <summary>Writes the start of a FeatureCollection up to its open array of features; <see cref="EndCollection"/> closes it.</summary>
    public static void StartCollection(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "FeatureCollection"u8);
        writer.WriteStartArray("features"u8);
    }

    /// <summary>Closes what <see cref="StartCollection"/> opened.</summary>
    public static void EndCollection(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a feature.</summary>
    /// <param name="writer">Standing where a value may be written.</param>
    /// <param name="id">The feature's id, or null for none.</param>
    /// <param name="geometry">Degrees, X lon, Y lat; null or empty is written as null.</param>
    /// <param name="properties">Writes the members of <c>properties</c>.</param>
    public static void WriteFeature(Utf8JsonWriter writer, long? id, Geometry? geometry, Action<Utf8JsonWriter> properties)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "Feature"u8);
        if (id is { } number)
            writer.WriteNumber("id"u8, number);
        writer.WritePropertyName("geometry"u8);
        WriteGeometry(writer, geometry);
        writer.WriteStartObject("properties"u8);
        properties(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes a geometry object, or null for one that is null or empty.</summary>
    public static void WriteGeometry(Utf8JsonWriter writer, Geometry? geometry)
    {
        if (geometry is null || geometry.IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, geometry.GeometryType);
        if (geometry is GeometryCollection { OgcGeometryType: OgcGeometryType.GeometryCollection } collection)
        {
            writer.WriteStartArray("geometries"u8);
            foreach (var part in collection.Geometries)
                WriteGeometry(writer, part);
            writer.WriteEndArray();
        }
        else
        {
            writer.WritePropertyName("coordinates"u8);
            WriteCoordinates(writer, geometry);
        }

        writer.WriteEndObject();
    }

    private static void WriteCoordinates(Utf8JsonWriter writer, Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                WritePosition(writer, point.X, point.Y);
                break;
            case LineString line:
                WritePositions(writer, line.CoordinateSequence, reversed: false);
                break;
            case Polygon polygon:
                writer.WriteStartArray();
                WriteRing(writer, polygon.ExteriorRing, counterClockwise: true);
                foreach (var hole in polygon.InteriorRings)
                    WriteRing(writer, hole, counterClockwise: false);
                writer.WriteEndArray();
                break;
            case GeometryCollection parts:
                writer.WriteStartArray();
                foreach (var part in parts.Geometries.Where(part => !part.IsEmpty))
                    WriteCoordinates(writer, part);
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"GeoJSON has no {geometry.GeometryType}.", nameof(geometry));
        }
    }

    private static void WriteRing(Utf8JsonWriter writer, LineString ring, bool counterClockwise) =>
        WritePositions(writer, ring.CoordinateSequence, Orientation.IsCCW(ring.CoordinateSequence) != counterClockwise);

    private static void WritePositions(Utf8JsonWriter writer, CoordinateSequence positions, bool reversed)
    {
        writer.WriteStartArray();
        var count = positions.Count;
        for (var i = 0; i < count; i++)
        {
            var at = reversed ? count - 1 - i : i;
            WritePosition(writer, positions.GetX(at), positions.GetY(at));
        }

        writer.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter writer, double x, double y)
    {
        writer.WriteStartArray();
        WriteNumber(writer, x);
        WriteNumber(writer, y);
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException("A coordinate is not finite.", nameof(value));
        Span<byte> text = stackalloc byte[64];
        if (Math.Abs(value) > 1e12 || !value.TryFormat(text, out var length, NineDecimals, CultureInfo.InvariantCulture))
            throw new ArgumentException("A coordinate is out of all range.", nameof(value));
        var trimmed = text[..length].TrimEnd((byte)'0').TrimEnd((byte)'.');
        writer.WriteRawValue(trimmed.SequenceEqual("-0"u8) ? "0"u8 : trimmed, skipInputValidation: true);
    }
}
