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

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "2";
        }

        await problem.ToResult().ExecuteAsync(context);
        return true;
    }

    private static Problem Describe(Exception exception) => exception switch
    {
        ProblemException refusal => refusal.Problem,
        BadHttpRequestException bad => new Problem(bad.StatusCode, "bad_request", Reason(bad)),
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } =>
            new Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The data changed at the same moment. Nothing was stored; send it again."),
        NpgsqlException e when e is not PostgresException || e.IsTransient =>
            new Problem(StatusCodes.Status503ServiceUnavailable, "database_unavailable", "The database does not answer. Nothing was stored; try again."),
        _ => new Problem(StatusCodes.Status500InternalServerError, "internal", "The service failed to answer; the reason is in its log."),
    };

    // The framework's own words name the parameter; those of an inner JSON error name the path.
    private static string Reason(BadHttpRequestException bad) =>
        bad.InnerException is System.Text.Json.JsonException json ? $"The body is not the JSON expected here: {json.Path ?? "$"}." : bad.Message;

    [LoggerMessage(1101, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception exception, string method, PathString path);
}
