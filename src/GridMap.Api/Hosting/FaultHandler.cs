using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace GridMap.Api.Hosting;

/// <summary>
/// The one place where an exception becomes an answer: refusals as they are, bad requests as 400, a database that cannot be
/// reached as 503, anything else as 500. The full text is logged and never sent.
/// </summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = Describe(exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Failed(log, exception, context.Request.Method, context.Request.Path);
        }

        if (problem.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
        }

        await problem.ToResult().ExecuteAsync(context);
        return true;
    }

    private static Problem Describe(Exception exception) => exception switch
    {
        ProblemException refusal => refusal.Problem,
        BadHttpRequestException bad => Refuse(bad),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } =>
            new Problem(StatusCodes.Status400BadRequest, "bad_text", "A text holds the character U+0000, which cannot be stored. Leave it out."),
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } =>
            Unavailable("busy", "The data changed at the same moment. Nothing was stored; send it again."),
        NpgsqlException e when e is not PostgresException || e.IsTransient =>
            Unavailable("database_unavailable", "The database does not answer. Send it again; with an Idempotency-Key nothing is stored twice."),
        _ => new Problem(StatusCodes.Status500InternalServerError, "internal", "The service failed to answer; the reason is in its log."),
    };

    private static Problem Unavailable(string code, string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, code, detail) { RetryAfterSeconds = 2 };

    // The framework's own words name the parameter; those of an inner JSON error name the path.
    private static Problem Refuse(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            return JsonBody.Refuse(json);
        }

        var parameter = NamedParameter().Match(bad.Message);
        if (!parameter.Success)
        {
            return new Problem(bad.StatusCode, Problem.CodeOf(bad.StatusCode), bad.Message);
        }

        var name = parameter.Groups["name"].Value;
        var detail = parameter.Groups["value"] is { Success: true } value
            ? $"{name}: \"{value.Value}\" is not understood. {Expected(name)}".TrimEnd()
            : $"{name} is missing. {Expected(name)}".TrimEnd();
        return Problem.Bad(name, name is "lon" or "lat" ? "bad_coordinate" : $"bad_{name.ToLowerInvariant()}", detail);
    }

    private static string Expected(string name) => name switch
    {
        "bbox" => "Give west,south,east,north in degrees.",
        "at" => "Give a time as in 2026-11-21T08:00:00+08:00.",
        "on" or "day" or "week" => "Give a day as in 2026-11-21.",
        "lon" or "lat" => "Give degrees as a decimal number.",
        _ => "",
    };

    [GeneratedRegex("parameter \"((?<type>[^\"]+?) )?(?<name>\\w+)\"(?: from \"(?<value>.*)\")?", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamedParameter();

    [LoggerMessage(1101, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception exception, string method, PathString path);
}
