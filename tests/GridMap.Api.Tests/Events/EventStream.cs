using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;

namespace GridMap.Api.Tests.Events;

/// <summary>One subscriber of the event stream, reading in the background.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly Channel<SseItem<string>> items = Channel.CreateUnbounded<SseItem<string>>();
    private readonly HttpResponseMessage response;
    private readonly Task reading;

    private EventStream(HttpResponseMessage response)
    {
        this.response = response;
        reading = ReadAsync();
    }

    /// <summary>The id of the last item that was taken: what a browser would resume from.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>The first item: ping, or reset when something was missed.</summary>
    public string Greeting { get; private set; } = "";

    public HttpResponseMessage Response => response;

    public static async Task<EventStream> OpenAsync(HttpClient client, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var stream = new EventStream(answer);
        stream.Greeting = (await stream.NextAsync()).EventType;
        return stream;
    }

    public async Task<SseItem<string>> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var item = await items.Reader.ReadAsync(patience.Token);
        LastId = item.EventId ?? LastId;
        return item;
    }

    /// <summary>The next issues' numbers.</summary>
    public async Task<List<string>> NumbersAsync(int count)
    {
        var numbers = new List<string>(count);
        while (numbers.Count < count)
        {
            var item = await NextAsync();
            if (item.EventType == "issue")
            {
                numbers.Add(JsonDocument.Parse(item.Data).RootElement.GetProperty("number").GetString()!);
            }
        }

        return numbers;
    }

    /// <summary>Whether nothing has come that was not taken.</summary>
    public bool IsQuiet => !items.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        response.Dispose();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(stop.Token))
            {
                items.Writer.TryWrite(item);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The test or the service ended the stream.
        }

        items.Writer.Complete();
    }
}
