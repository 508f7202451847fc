using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using static GridMap.Core.GeoJson.GeoJsonCodes;

namespace GridMap.Core.GeoJson;

/// <summary>
/// The one reader of GeoJSON, for files and request bodies alike: RFC 7946, feature by feature, from bytes as they arrive.
/// It finds where a feature ends without building anything, then reads that feature whole; memory is bounded by the longest
/// feature. Strict, except that an absent <c>properties</c> is taken as null, heights are dropped, winding is free, and the
/// <c>crs</c> of GeoJSON 2008 is reported (<see cref="Crs"/>), not obeyed. One reader reads one text; not thread safe.
/// </summary>
public sealed class GeoJsonReader(GeoJsonOptions options)
{
    private const byte RecordSeparator = 0x1E;

    private readonly GeoJsonFeatureParser parser = new(options);
    private readonly HashSet<string> members = [];
    private JsonReaderState state;
    private long released; // bytes of the text that the caller need not keep
    private long scanned; // bytes after those that are tokenised
    private bool inValue;
    private bool inFeatures;
    private bool streamed; // the value at hand is a FeatureCollection whose features were handed out
    private string? member;
    private string? type;
    private long crsStart;
    private int values;
    private int index;

    private enum Step
    {
        Continue,
        FeatureStarts,
        FeatureEnds,
        FeaturesEnd,
        ValueEnds,
    }

    /// <summary>The name in a <c>crs</c> member, if the text read so far has one.</summary>
    public string? Crs { get; private set; }

    /// <summary>Reads all features of a text.</summary>
    /// <exception cref="GeoJsonException">The text is not GeoJSON.</exception>
    public static List<GeoJsonFeature> ReadAll(ReadOnlyMemory<byte> text, GeoJsonOptions? options = null)
    {
        var reader = new GeoJsonReader(options ?? GeoJsonOptions.Default);
        var buffer = new ReadOnlySequence<byte>(text);
        var features = new List<GeoJsonFeature>();
        while (reader.TryRead(ref buffer, isFinal: true, out var feature))
            features.Add(feature!);
        return features;
    }

    /// <summary>Reads the next feature.</summary>
    /// <param name="buffer">The bytes not yet released, in order; moved on past what need not be kept. Pass it again, with what followed.</param>
    /// <param name="isFinal">Nothing follows these bytes.</param>
    /// <param name="feature">The feature when the answer is true.</param>
    /// <returns>False: more bytes are needed, or, when <paramref name="isFinal"/>, the text is read to its end.</returns>
    /// <exception cref="GeoJsonException">The text is not GeoJSON. The reader is of no more use.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, bool isFinal, out GeoJsonFeature? feature)
    {
        feature = null;
        while (true)
        {
            if (!inValue && !TryEnterValue(ref buffer, isFinal))
                return false;
            switch (Scan(buffer, isFinal, out var tokenStart))
            {
                case Step.FeatureStarts:
                    Release(ref buffer, tokenStart);
                    break;
                case Step.FeaturesEnd:
                    Release(ref buffer, scanned);
                    break;
                case Step.FeatureEnds:
                    feature = Parse(buffer.Slice(0, scanned), isRoot: false);
                    Release(ref buffer, scanned);
                    return true;
                case Step.ValueEnds:
                    feature = streamed ? CheckCollection() : Parse(buffer.Slice(0, scanned), isRoot: true);
                    Release(ref buffer, scanned);
                    inValue = false;
                    values++;
                    if (feature is not null)
                        return true;
                    break;
                default:
                    if (buffer.Length > options.MaxFeatureBytes)
                        throw Fail(TooLarge, $"longer than {options.MaxFeatureBytes >> 20} MiB");
                    return false;
            }
        }
    }

    /// <summary>Skips what may stand between values; true at the start of one.</summary>
    private bool TryEnterValue(ref ReadOnlySequence<byte> buffer, bool isFinal)
    {
        SkipByteOrderMark(ref buffer);
        long skip = 0;
        foreach (var segment in buffer)
        {
            var found = segment.Span.IndexOfAnyExcept(" \t\r\n\u001e"u8);
            skip += found < 0 ? segment.Length : found;
            if (found >= 0)
                break;
        }

        if (!options.Sequence && skip > 0 && buffer.Slice(0, skip).PositionOf(RecordSeparator) is not null)
            throw Fail(InvalidJson, "a record separator, in a text that is no text sequence");
        Release(ref buffer, skip);
        if (buffer.IsEmpty)
        {
            if (isFinal && values == 0)
                throw Fail(InvalidJson, "the text is empty");
            return false;
        }

        if (values > 0 && !options.Sequence)
            throw Fail(InvalidJson, "the text goes on after its end");
        state = default;
        scanned = 0;
        members.Clear();
        (inValue, inFeatures, streamed, member, type) = (true, false, false, null, null);
        return true;
    }

    private void SkipByteOrderMark(ref ReadOnlySequence<byte> buffer)
    {
        if (released > 0 || buffer.IsEmpty)
            return;
        Span<byte> start = stackalloc byte[3];
        start = start[..(int)Math.Min(3, buffer.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        if (start.SequenceEqual("\uFEFF"u8))
            Release(ref buffer, 3);
        else if (start[0] is 0xFE or 0xFF or 0)
            throw Fail(NotUtf8, "the text is UTF-16 or UTF-32; save it as UTF-8");
    }

    private Step Scan(in ReadOnlySequence<byte> buffer, bool isFinal, out long tokenStart)
    {
        var reader = new Utf8JsonReader(buffer.Slice(scanned), isFinal, state);
        var step = Step.Continue;
        try
        {
            while (step == Step.Continue && reader.Read())
                step = inFeatures ? InFeatures(in reader) : InValue(ref reader, buffer);
        }
        catch (JsonException e)
        {
            throw new GeoJsonException(
                Problem(InvalidJson, $"not JSON, or cut off, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"), e);
        }

        tokenStart = scanned + reader.TokenStartIndex;
        state = reader.CurrentState;
        scanned += reader.BytesConsumed;
        return step;
    }

    private Step InFeatures(in Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth, reader.TokenType)
        {
            case (2, JsonTokenType.StartObject):
                return Step.FeatureStarts;
            case (2, JsonTokenType.EndObject):
                return Step.FeatureEnds;
            case (1, JsonTokenType.EndArray):
                inFeatures = false;
                return Step.FeaturesEnd;
            case (2, _):
                throw Fail(NotAnObject, $"a feature is an object, not {GeoJsonMembers.Kind(in reader)}");
            default:
                return Step.Continue;
        }
    }

    private Step InValue(ref Utf8JsonReader reader, in ReadOnlySequence<byte> buffer)
    {
        if (reader.CurrentDepth == 0)
        {
            if (reader.TokenType == JsonTokenType.EndObject)
                return Step.ValueEnds;
            return reader.TokenType == JsonTokenType.StartObject
                ? Step.Continue
                : throw Fail(NotAnObject, $"GeoJSON is an object, not {GeoJsonMembers.Kind(in reader)}");
        }

        if (reader.CurrentDepth > 1)
            return Step.Continue;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                EnterMember(ref reader);
                break;
            case JsonTokenType.String when member == "type":
                type = Utf8.IsValid(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan) ? reader.GetString() : "?";
                break;
            case JsonTokenType.StartArray when member == "features" && type is null or "FeatureCollection":
                StartFeatures();
                break;
            case JsonTokenType.StartObject when member == "crs":
                crsStart = scanned + reader.TokenStartIndex;
                break;
            case JsonTokenType.EndObject when member == "crs":
                ReadCrs(buffer.Slice(crsStart, scanned + reader.BytesConsumed - crsStart));
                break;
        }

        return Step.Continue;
    }

    private void EnterMember(ref Utf8JsonReader reader)
    {
        member = GeoJsonMembers.Known(ref reader);
        if (member is null)
            return;
        if (!members.Add(member))
            throw Fail(MemberTwice, $"\"{member}\" stands here twice; readers would differ in which they take");
        if (streamed)
            CheckMembers();
    }

    private void StartFeatures()
    {
        CheckMembers();
        (inFeatures, streamed) = (true, true);
    }

    private void CheckMembers()
    {
        foreach (var name in (ReadOnlySpan<string>)["geometry", "properties", "coordinates", "geometries"])
        {
            if (members.Contains(name))
                throw Fail(MemberNotAllowed, $"a FeatureCollection has no member \"{name}\" (RFC 7946, 7.1)");
        }
    }

    private GeoJsonFeature? CheckCollection() => type switch
    {
        "FeatureCollection" => null,
        null => throw Fail(TypeMissing, "an object with \"features\" needs \"type\": \"FeatureCollection\""),
        _ => throw Fail(TypeUnknown, $"an object with \"features\" has the type FeatureCollection, not \"{GeoJsonMembers.Shown(type)}\""),
    };

    private void ReadCrs(in ReadOnlySequence<byte> value)
    {
        using var crs = JsonDocument.Parse(value);
        if (crs.RootElement.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
        {
            Crs = name.GetString();
        }
    }

    private GeoJsonFeature Parse(in ReadOnlySequence<byte> json, bool isRoot)
    {
        var rented = json.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)json.Length);
        try
        {
            if (rented is not null)
                json.CopyTo(rented);
            var span = rented is null ? json.FirstSpan : rented.AsSpan(0, (int)json.Length);
            if (!Utf8.IsValid(span))
                throw Fail(NotUtf8, "the text is not UTF-8; save it as UTF-8");
            var feature = isRoot ? parser.ReadRoot(span, type, index) : parser.ReadElement(span, index);
            index++;
            return feature;
        }
        catch (GeoJsonException e) when (e.Problem.Feature is null && e.Problem.Code != NotUtf8)
        {
            throw new GeoJsonException(e.Problem with { Feature = isRoot && !options.Sequence ? null : index, ByteOffset = released + e.Problem.ByteOffset }, e);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Release(ref ReadOnlySequence<byte> buffer, long bytes)
    {
        buffer = buffer.Slice(bytes);
        released += bytes;
        scanned = Math.Max(0, scanned - bytes);
    }

    private GeoJsonException Fail(string code, string message) => new(Problem(code, message));

    private GeoJsonProblem Problem(string code, string message) =>
        new(code, message, inFeatures ? $"features[{index}]" : string.Empty, inFeatures ? index : null, released + scanned);
}
