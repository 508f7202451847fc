using System.Text.Json;
using NetTopologySuite.Geometries;
using static GridMap.Core.GeoJson.GeoJsonCodes;

namespace GridMap.Core.GeoJson;

/// <summary>
/// Reads one geometry object from a JSON reader that holds all of it. Members may come in any order; coordinates that come
/// before their type are read in a second pass.
/// </summary>
internal sealed class GeoJsonGeometryParser(GeoJsonOptions options, JsonPath path)
{
    private static readonly GeometryFactory Factory = new();

    private readonly List<Coordinate> positions = [];

    /// <summary>The geometry types, as a message lists them.</summary>
    public const string Types = "Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon, GeometryCollection";

    /// <summary>Rings closed since this was last set to 0.</summary>
    public int RingsClosed { get; set; }

    /// <summary>True for a geometry type, spelt as RFC 7946 spells it.</summary>
    public static bool IsType(string type) =>
        type is "Point" or "MultiPoint" or "LineString" or "MultiLineString" or "Polygon" or "MultiPolygon" or "GeometryCollection";

    /// <summary>Reads the object on whose start the reader stands; leaves it on the object's end.</summary>
    public Geometry Read(ref Utf8JsonReader reader)
    {
        string? type = null;
        Utf8JsonReader coordinates = default, geometries = default;
        bool hasCoordinates = false, hasGeometries = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (GeoJsonMembers.Known(ref reader))
            {
                case "type":
                    GeoJsonMembers.Once(type is not null, "type", path, in reader);
                    type = GeoJsonMembers.TypeName(ref reader, path);
                    break;
                case "coordinates":
                    GeoJsonMembers.Once(hasCoordinates, "coordinates", path, in reader);
                    hasCoordinates = true;
                    reader.Read();
                    coordinates = reader;
                    reader.Skip();
                    break;
                case "geometries":
                    GeoJsonMembers.Once(hasGeometries, "geometries", path, in reader);
                    hasGeometries = true;
                    reader.Read();
                    geometries = reader;
                    reader.Skip();
                    break;
                case "bbox":
                    GeoJsonMembers.CheckBbox(ref reader, path);
                    break;
                case { } forbidden and ("geometry" or "properties" or "features"):
                    throw Fail(MemberNotAllowed, $"a geometry has no member \"{forbidden}\" (RFC 7946, 7.1)", in reader);
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        if (type is null)
            throw Fail(TypeMissing, "a geometry needs a \"type\"", in reader);
        return type == "GeometryCollection"
            ? Collection(hasGeometries, geometries, in reader)
            : Simple(type, hasCoordinates, coordinates, in reader);
    }

    private GeometryCollection Collection(bool present, Utf8JsonReader reader, in Utf8JsonReader end)
    {
        if (!present)
            throw Fail(MemberMissing, "a GeometryCollection needs \"geometries\"", in end);
        path.Push("geometries");
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Fail(MemberInvalid, $"\"geometries\" is an array, not {Kind(in reader)}", in reader);
        var parts = new List<Geometry>();
        path.Push(0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            path.At(parts.Count);
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Fail(NotAnObject, $"a geometry is an object, not {Kind(in reader)}", in reader);
            parts.Add(Read(ref reader));
        }

        path.Pop();
        path.Pop();
        return Factory.CreateGeometryCollection([.. parts]);
    }

    private Geometry Simple(string type, bool present, Utf8JsonReader reader, in Utf8JsonReader end)
    {
        if (!IsType(type))
            throw Fail(TypeUnknown, $"\"{GeoJsonMembers.Shown(type)}\" is no geometry type; they are {Types}, spelt so", in end);
        if (!present)
            throw Fail(MemberMissing, $"a {type} needs \"coordinates\"", in end);
        path.Push("coordinates");
        OpenArray(in reader);
        Geometry geometry = type switch
        {
            "Point" => IsEmpty(reader) ? Factory.CreatePoint() : Factory.CreatePoint(Position(ref reader)),
            "MultiPoint" => Factory.CreateMultiPointFromCoords(Positions(ref reader)),
            "LineString" => Line(ref reader),
            "MultiLineString" => Factory.CreateMultiLineString(Items(ref reader, Line)),
            "Polygon" => Polygon(ref reader),
            _ => Factory.CreateMultiPolygon(Items(ref reader, Polygon)),
        };
        path.Pop();
        return geometry;
    }

    private delegate T ItemReader<out T>(ref Utf8JsonReader reader);

    private T[] Items<T>(ref Utf8JsonReader reader, ItemReader<T> read)
    {
        var items = new List<T>();
        path.Push(0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            path.At(items.Count);
            OpenArray(in reader);
            items.Add(read(ref reader));
        }

        path.Pop();
        return [.. items];
    }

    private LineString Line(ref Utf8JsonReader reader)
    {
        var start = reader;
        var line = Positions(ref reader);
        if (line.Length == 1)
            throw Fail(LineTooShort, "a line needs at least two positions, and has one", in start);
        return Factory.CreateLineString(line);
    }

    private Polygon Polygon(ref Utf8JsonReader reader)
    {
        var rings = Items(ref reader, Ring);
        return rings.Length == 0 ? Factory.CreatePolygon() : Factory.CreatePolygon(rings[0], rings[1..]);
    }

    private LinearRing Ring(ref Utf8JsonReader reader)
    {
        var start = reader;
        var ring = Positions(ref reader);
        if (ring.Length > 2 && !ring[0].Equals2D(ring[^1]))
        {
            if (!options.CloseRings && ring.Length > 3)
            {
                throw Fail(RingNotClosed, "a ring ends at the position it starts from: " +
                    $"the first is {Shown(ring[0])}, the last {Shown(ring[^1])}", in start);
            }

            if (options.CloseRings)
            {
                RingsClosed++;
                ring = [.. ring, ring[0].Copy()];
            }
        }

        if (ring.Length < 4)
            throw Fail(RingTooShort, $"a ring needs at least four positions, the last equal to the first, and has {ring.Length}", in start);
        return Factory.CreateLinearRing(ring);
    }

    private Coordinate[] Positions(ref Utf8JsonReader reader)
    {
        positions.Clear();
        path.Push(0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            path.At(positions.Count);
            OpenArray(in reader);
            positions.Add(Position(ref reader));
        }

        path.Pop();
        return [.. positions];
    }

    private Coordinate Position(ref Utf8JsonReader reader)
    {
        double x = 0, y = 0;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
                throw Fail(CoordinatesNesting, "the coordinates are nested too deep for this type: a number was expected", in reader);
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value) || !double.IsFinite(value))
                throw Fail(CoordinateNotANumber, $"a coordinate is a finite number, not {Kind(in reader)}", in reader);
            if (count == 0)
                x = value;
            else if (count == 1)
                y = value;
            count++; // Heights and measures are read past.
        }

        if (count < 2)
            throw Fail(PositionTooShort, $"a position is [longitude, latitude], and has {count} number{(count == 1 ? "" : "s")}", in reader);
        if (!options.Projected && DegreeRange.Fault(x, y) is { } fault)
            throw Fail(CoordinateOutOfRange, fault, in reader);
        return new Coordinate(x, y);
    }

    private void OpenArray(in Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return;
        if (reader.TokenType == JsonTokenType.Number)
            throw Fail(CoordinatesNesting, "the coordinates are not nested deep enough for this type: an array was expected, a number found", in reader);
        throw Fail(CoordinatesNesting, $"coordinates are arrays of numbers, not {Kind(in reader)}", in reader);
    }

    private static bool IsEmpty(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    private static string Shown(Coordinate c) => $"[{c.X:R}, {c.Y:R}]";

    private static string Kind(in Utf8JsonReader reader) => GeoJsonMembers.Kind(in reader);

    private GeoJsonException Fail(string code, string message, in Utf8JsonReader reader) =>
        GeoJsonMembers.Fail(code, message, path, in reader);
}
