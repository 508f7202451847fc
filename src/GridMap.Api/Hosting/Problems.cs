using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Hosting;

/// <summary>
/// An expected refusal: a stable code, what is wrong and what to do, and the field if there is one.
/// Mapped to <c>application/problem+json</c> here and nowhere else.
/// </summary>
/// <param name="Status">HTTP status, 4xx.</param>
/// <param name="Code">Stable, lower case with underscores.</param>
/// <param name="Detail">For people: what is wrong and how to mend it.</param>
/// <param name="Field">The input field at fault, or null.</param>
public sealed record Problem(int Status, string Code, string Detail, string? Field = null)
{
    /// <summary>Further members of the answer, such as the blocking defects.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();

    /// <summary>When it may be worth sending the same again; the header <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether somebody reached for what is not theirs, and is told only that it is not there: that is written down.</summary>
    public bool IsRefusal { get; init; }

    public static Problem Bad(string field, string code, string detail) => new(StatusCodes.Status400BadRequest, code, detail, field);

    public static Problem NotFound(string code, string detail) => new(StatusCodes.Status404NotFound, code, detail);

    public static Problem Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);

    public ProblemHttpResult ToResult()
    {
        var details = new ProblemDetails { Status = Status, Detail = Detail };
        details.Extensions["code"] = Code;
        if (Field is not null)
        {
            details.Extensions["errors"] = new Dictionary<string, string[]> { [Field] = [Detail] };
        }

        foreach (var (key, value) in Extensions)
        {
            details.Extensions[key] = value;
        }

        return TypedResults.Problem(details);
    }

    /// <summary>Every problem has a code: one that the framework made gets the code of its status.</summary>
    public static void Configure(ProblemDetailsOptions options) =>
        options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.TryAdd("code", CodeOf(context.HttpContext.Response.StatusCode));
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? TraceOf(context.HttpContext.Request);
        };

    /// <summary>The code of a refusal of which no more is known than its status.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "unknown_route",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status408RequestTimeout => "too_slow",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "bad_content_type",
        >= StatusCodes.Status500InternalServerError => "internal",
        _ => "bad_request",
    };

    // Of the caller's trace if there is one (W3C Trace Context), and only now: an answer that is no refusal does not say it.
    private static string? TraceOf(HttpRequest request)
    {
        using var refusal = new Activity("refusal");
        if (ActivityContext.TryParse(request.Headers.TraceParent, null, out var parent))
        {
            refusal.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        }

        return refusal.Start().Id;
    }

    public static implicit operator ProblemHttpResult(Problem problem) => problem.ToResult();
}

/// <summary>A refusal from deep inside one unit of work, where a result type would cross many hands; the fault handler maps it.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
