using System.Text.Json;
using NetTopologySuite.Geometries;
using static GridMap.Core.GeoJson.GeoJsonCodes;

namespace GridMap.Core.GeoJson;

/// <summary>Reads one whole value: a feature, or, at the root, a bare geometry taken as a feature without properties.</summary>
internal sealed class GeoJsonFeatureParser
{
    private readonly JsonPath path = new();
    private readonly GeoJsonGeometryParser geometries;

    public GeoJsonFeatureParser(GeoJsonOptions options) => geometries = new GeoJsonGeometryParser(options, path);

    /// <summary>Reads the element <paramref name="index"/> of <c>features</c>.</summary>
    /// <exception cref="GeoJsonException">Its offset counts from the start of <paramref name="json"/>.</exception>
    public GeoJsonFeature ReadElement(ReadOnlySpan<byte> json, int index)
    {
        path.Clear();
        path.Push("features");
        path.Push(index);
        var reader = Start(json);
        return Feature(ref reader, index);
    }

    /// <summary>Reads a root value of the type that the scan of its members found.</summary>
    /// <exception cref="GeoJsonException">Its offset counts from the start of <paramref name="json"/>.</exception>
    public GeoJsonFeature ReadRoot(ReadOnlySpan<byte> json, string? type, int index)
    {
        path.Clear();
        var reader = Start(json);
        switch (type)
        {
            case null:
                throw Fail(TypeMissing, "a GeoJSON object needs a \"type\"", in reader);
            case "Feature":
                return Feature(ref reader, index);
            case "FeatureCollection":
                throw Fail(MemberMissing, "a FeatureCollection needs \"features\", an array", in reader);
            case "Topology":
                throw Fail(TypeUnknown, "this is TopoJSON, not GeoJSON", in reader);
            case var other when !GeoJsonGeometryParser.IsType(other):
                throw Fail(TypeUnknown, $"\"{GeoJsonMembers.Shown(other)}\" is no GeoJSON type; they are FeatureCollection, Feature, {GeoJsonGeometryParser.Types}, spelt so", in reader);
            default:
                geometries.RingsClosed = 0;
                var geometry = geometries.Read(ref reader);
                return new GeoJsonFeature(index, null, geometry, default, geometries.RingsClosed);
        }
    }

    private static Utf8JsonReader Start(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: true, state: default);
        reader.Read();
        return reader;
    }

    private GeoJsonFeature Feature(ref Utf8JsonReader reader, int index)
    {
        string? type = null, id = null;
        Geometry? geometry = null;
        JsonElement properties = default;
        HashSet<string> seen = [];
        geometries.RingsClosed = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = GeoJsonMembers.Known(ref reader);
            if (member is not null)
                GeoJsonMembers.Once(!seen.Add(member), member, path, in reader);
            switch (member)
            {
                case "type":
                    type = GeoJsonMembers.TypeName(ref reader, path);
                    if (type != "Feature")
                        throw Fail(TypeUnknown, $"an element of \"features\" has the type Feature, not \"{GeoJsonMembers.Shown(type)}\"", in reader);
                    break;
                case "id":
                    id = Id(ref reader);
                    break;
                case "geometry":
                    geometry = GeometryOrNull(ref reader);
                    break;
                case "properties":
                    properties = Properties(ref reader);
                    break;
                case "bbox":
                    GeoJsonMembers.CheckBbox(ref reader, path);
                    break;
                case "coordinates" or "geometries" or "features":
                    throw Fail(MemberNotAllowed, $"a feature has no member \"{member}\" (RFC 7946, 7.1)", in reader);
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        if (type is null)
            throw Fail(TypeMissing, "a feature needs \"type\": \"Feature\"", in reader);
        if (!seen.Contains("geometry"))
            throw Fail(MemberMissing, "a feature needs a \"geometry\", which may be null", in reader);
        return new GeoJsonFeature(index, id, geometry, properties, geometries.RingsClosed);
    }

    private string? Id(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => JsonElement.ParseValue(ref reader).GetRawText(),
            _ => throw Fail(MemberInvalid, $"\"id\" is a string or a number, not {GeoJsonMembers.Kind(in reader)}", in reader),
        };
    }

    private Geometry? GeometryOrNull(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        path.Push("geometry");
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fail(NotAnObject, $"a geometry is an object or null, not {GeoJsonMembers.Kind(in reader)}", in reader);
        var geometry = geometries.Read(ref reader);
        path.Pop();
        return geometry;
    }

    private JsonElement Properties(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => default,
            JsonTokenType.StartObject => JsonElement.ParseValue(ref reader),
            _ => throw Fail(MemberInvalid, $"\"properties\" is an object or null, not {GeoJsonMembers.Kind(in reader)}", in reader),
        };
    }

    private GeoJsonException Fail(string code, string message, in Utf8JsonReader reader) =>
        GeoJsonMembers.Fail(code, message, path, in reader);
}
