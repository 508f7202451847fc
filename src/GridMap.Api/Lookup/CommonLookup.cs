using GridMap.Api.Snapshots;

namespace GridMap.Api.Lookup;

/// <summary>
/// The short way of <c>GET /api/v1/lookup</c>: questions about the present in their common form, read from the query as it stands and
/// answered with texts that are rendered already. All other questions, and all that is wrong, are the general handler's; for the
/// same question both write the same bytes. Thread safe.
/// </summary>
internal sealed class CommonLookup(TextsInService texts, TimeProvider clock)
{
    /// <summary>Puts this before the handler of an endpoint, which keeps its name, its permission and its place in the API document.</summary>
    public static void GoBefore(EndpointBuilder endpoint)
    {
        var common = endpoint.ApplicationServices.GetRequiredService<CommonLookup>();
        var general = endpoint.RequestDelegate ?? throw new InvalidOperationException("The endpoint has no handler to go before.");
        endpoint.RequestDelegate = context => LookupQuestion.TryRead(context.Request.QueryString.Value, out var question)
            ? common.Answer(context, question)
            : general(context);
    }

    private Task Answer(HttpContext context, LookupQuestion question)
    {
        var held = texts.Current;
        var answer = Core.Locating.Lookup.Answer(held.Snapshot.Locator, question.Point, question.Accuracy);
        var response = context.Response;
        response.Headers[GenerationHeader.Name] = held.Generation;
        response.ContentType = "application/json; charset=utf-8";
        var writer = response.BodyWriter;
        var text = new LookupText(held, clock.GetUtcNow());
        var length = text.Write(writer, question.Point, answer);
        response.ContentLength = length;
        writer.Advance(length);
        return writer.FlushAsync(context.RequestAborted).AsTask();
    }
}
