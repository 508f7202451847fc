using System.Text.Json;
using static GridMap.Core.GeoJson.GeoJsonCodes;

namespace GridMap.Core.GeoJson;

/// <summary>The members that RFC 7946 gives a meaning, and the checks that features and geometries share.</summary>
internal static class GeoJsonMembers
{
    private static readonly string[] All = ["type", "coordinates", "geometries", "geometry", "properties", "features", "id", "bbox", "crs"];

    /// <summary>The GeoJSON member on whose name the reader stands; null for a foreign one.</summary>
    public static string? Known(ref Utf8JsonReader reader)
    {
        foreach (var name in All)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return null;
    }

    public static void Once(bool seen, string member, JsonPath path, in Utf8JsonReader reader)
    {
        if (seen)
            throw Fail(MemberTwice, $"\"{member}\" stands here twice; readers would differ in which they take", path, in reader);
    }

    /// <summary>Reads the value of <c>type</c>.</summary>
    public static string TypeName(ref Utf8JsonReader reader, JsonPath path)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw Fail(TypeUnknown, $"\"type\" is a string, not {Kind(in reader)}", path, in reader);
    }

    /// <summary>Reads past a <c>bbox</c>, which GridMap computes itself, refusing one that is none.</summary>
    public static void CheckBbox(ref Utf8JsonReader reader, JsonPath path)
    {
        reader.Read();
        path.Push("bbox");
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Fail(MemberInvalid, $"\"bbox\" is an array of 4 or 6 numbers, not {Kind(in reader)}", path, in reader);
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
                throw Fail(MemberInvalid, $"\"bbox\" is an array of 4 or 6 numbers, and holds {Kind(in reader)}", path, in reader);
            count++;
        }

        if (count is not (4 or 6))
            throw Fail(MemberInvalid, $"\"bbox\" is an array of 4 or 6 numbers, and has {count}", path, in reader);
        path.Pop();
    }

    /// <summary>The kind of the current token, as a message names it.</summary>
    public static string Kind(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    /// <summary>A text of the input, short enough to show.</summary>
    public static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    public static GeoJsonException Fail(string code, string message, JsonPath path, in Utf8JsonReader reader) =>
        new(new GeoJsonProblem(code, message, path.ToString(), null, reader.TokenStartIndex));
}
