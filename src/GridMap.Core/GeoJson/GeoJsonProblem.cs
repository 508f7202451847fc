namespace GridMap.Core.GeoJson;

/// <summary>What is wrong with a GeoJSON text, and where. An immutable value.</summary>
/// <param name="Code">A stable code, such as <c>ring_not_closed</c> (<see cref="GeoJsonCodes"/>).</param>
/// <param name="Message">A sentence that says what was expected and what was found.</param>
/// <param name="Path">Where, as a path from the root: <c>features[3].geometry.coordinates[0][12]</c>; empty for the root.</param>
/// <param name="Feature">Index of the feature from 0, in order of reading; null outside any feature.</param>
/// <param name="ByteOffset">Bytes before the faulty token, from the start of the text.</param>
public sealed record GeoJsonProblem(string Code, string Message, string Path, int? Feature, long ByteOffset);

/// <summary>A text is not GeoJSON as RFC 7946 has it. <see cref="Problem"/> says what is wrong and where.</summary>
public sealed class GeoJsonException : FormatException
{
    /// <summary>Carries the problem; the message names its place.</summary>
    public GeoJsonException(GeoJsonProblem problem, Exception? inner = null)
        : base(problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}", inner) => Problem = problem;

    /// <summary>What is wrong and where.</summary>
    public GeoJsonProblem Problem { get; }
}

/// <summary>The codes of <see cref="GeoJsonProblem"/>.</summary>
public static class GeoJsonCodes
{
    /// <summary>Not JSON, cut off, or nested deeper than 64.</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>Not FlatGeobuf, or damaged.</summary>
    public const string InvalidFlatGeobuf = "invalid_flatgeobuf";

    /// <summary>Not UTF-8.</summary>
    public const string NotUtf8 = "not_utf8";

    /// <summary>Something other than an object where GeoJSON has one.</summary>
    public const string NotAnObject = "not_an_object";

    /// <summary>An object without a <c>type</c>.</summary>
    public const string TypeMissing = "type_missing";

    /// <summary>A <c>type</c> that RFC 7946 does not know, or not at this place.</summary>
    public const string TypeUnknown = "type_unknown";

    /// <summary>A required member is absent.</summary>
    public const string MemberMissing = "member_missing";

    /// <summary>A member that RFC 7946 (7.1) forbids on this type.</summary>
    public const string MemberNotAllowed = "member_not_allowed";

    /// <summary>A GeoJSON member twice in one object.</summary>
    public const string MemberTwice = "member_twice";

    /// <summary>A member of the wrong JSON type.</summary>
    public const string MemberInvalid = "member_invalid";

    /// <summary>Coordinates nested too deep or not deep enough for the geometry's type.</summary>
    public const string CoordinatesNesting = "coordinates_nesting";

    /// <summary>A coordinate that is a string, null or another non-number, or not finite.</summary>
    public const string CoordinateNotANumber = "coordinate_not_a_number";

    /// <summary>A longitude beyond ±180 or a latitude beyond ±90.</summary>
    public const string CoordinateOutOfRange = "coordinate_out_of_range";

    /// <summary>A position of fewer than two numbers.</summary>
    public const string PositionTooShort = "position_too_short";

    /// <summary>A line of fewer than two positions.</summary>
    public const string LineTooShort = "line_too_short";

    /// <summary>A ring of fewer than four positions.</summary>
    public const string RingTooShort = "ring_too_short";

    /// <summary>A ring whose last position is not its first.</summary>
    public const string RingNotClosed = "ring_not_closed";

    /// <summary>A feature, or the members around them, longer than the limit.</summary>
    public const string TooLarge = "too_large";
}
