using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace GridMap.Api.Hosting;

/// <summary>JSON in request bodies: how strictly it is read, and how it is refused.</summary>
internal static class JsonBody
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;

        // Two members of one name: readers disagree on which one counts.
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>Reads the body of a handler that takes more than one content type.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="instead">What may be sent, for the refusal of anything else.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">400 or 415: where the body is wrong.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, string instead, CancellationToken cancel)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ProblemException(new Problem(StatusCodes.Status415UnsupportedMediaType, "bad_content_type", instead));
        }

        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(options, cancel)
                ?? throw new ProblemException(Problem.Bad("body", "bad_json", "The body is null; send an object."));
        }
        catch (JsonException e)
        {
            throw new ProblemException(Refuse(e));
        }
    }

    /// <summary>Reads JSON that stands in a field of a form, as strictly as a body.</summary>
    /// <exception cref="ProblemException">400: where it is wrong.</exception>
    public static T Parse<T>(HttpContext context, string text)
        where T : class
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            return JsonSerializer.Deserialize<T>(text, options)
                ?? throw new ProblemException(Problem.Bad("body", "bad_json", "The body is null; send an object."));
        }
        catch (JsonException e)
        {
            throw new ProblemException(Refuse(e));
        }
    }

    /// <summary>Where a body is not the JSON that is expected. The reader's own words name the program's types, so they are not sent.</summary>
    public static Problem Refuse(JsonException e)
    {
        var field = Field(e.Path);
        var place = e is { LineNumber: { } line, BytePositionInLine: { } position } ? $", line {line + 1}, byte {position + 1}" : "";
        return Problem.Bad(field, "bad_json", $"The body is not the JSON that is expected here: look at {field}{place}.");
    }

    /// <summary>JSON is UTF-8 (RFC 8259); the framework would fail on a charset that it does not know.</summary>
    public static Task RefuseOtherCharsets(HttpContext context, RequestDelegate next)
    {
        if (context.Request.HasJsonContentType()
            && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.Charset is { HasValue: true } charset
            && !HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(StatusCodes.Status415UnsupportedMediaType, "bad_content_type", "Send JSON as UTF-8.")
                .ToResult().ExecuteAsync(context);
        }

        return next(context);
    }

    // "$.points[3][0]" is the reader's way to write points[3][0].
    private static string Field(string? path)
    {
        var field = (path ?? "").TrimStart('$').TrimStart('.');
        return field.Length > 0 ? field : "body";
    }
}
