using System.Buffers;
using System.IO.Pipelines;
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
        var text = new LookupText(held, clock.GetUtcNow());

        // The server's own memory would be written into before the headers are, and then copied behind them with more ado.
        var room = ArrayPool<byte>.Shared.Rent(text.Most(answer));
        var length = text.Write(room, question.Point, answer);
        response.ContentLength = length;

        // Without the request's token, which is made when it is asked for: a write ends with its connection anyway.
        var written = response.BodyWriter.WriteAsync(room.AsMemory(0, length), CancellationToken.None);
        if (!written.IsCompletedSuccessfully)
        {
            return FinishAsync(written, room);
        }

        written.GetAwaiter().GetResult();
        ArrayPool<byte>.Shared.Return(room);
        return Task.CompletedTask;
    }

    private static async Task FinishAsync(ValueTask<FlushResult> written, byte[] room)
    {
        await written;
        ArrayPool<byte>.Shared.Return(room);
    }
}
