using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace GridMap.Api.Tests;

/// <summary>An answer, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseMessage Message, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Header(string name) =>
        (Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values)) ? values.Single() : null;

    /// <summary>Holds a refusal to its form: the type of content, a status said twice alike, a code, the field, and words for people.</summary>
    public Answer AssertProblem(HttpStatusCode status, string code, string? field = null)
    {
        Assert.True(status == Status, $"{(int)Status}: {Text}");
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        Assert.Equal(code, Json.GetProperty("code").GetString());
        Assert.NotEqual("", Json.GetProperty("title").GetString());
        if (field is not null)
        {
            var errors = Json.GetProperty("errors").EnumerateObject().ToList();
            Assert.Equal(field, Assert.Single(errors).Name);
            Assert.NotEqual("", Assert.Single(errors[0].Value.EnumerateArray()).GetString());
        }

        return this;
    }

    public Answer AssertStatus(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)Status}: {Text}");
        return this;
    }
}

/// <summary>Requests in one line.</summary>
internal static class Http
{
    public static Task<Answer> GetAnswerAsync(this HttpClient client, string address, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Get, address, null, headers);

    public static Task<Answer> PostJsonAsync(this HttpClient client, string address, object body, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, address, JsonContent.Create(body), headers);

    /// <summary>Sends text as it is, well-formed or not.</summary>
    public static Task<Answer> PostTextAsync(
        this HttpClient client, string address, string body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return client.AskAsync(HttpMethod.Post, address, content, headers);
    }

    public static async Task<Answer> AskAsync(
        this HttpClient client, HttpMethod method, string address, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var message = await client.SendAsync(request);
        return new Answer(message.StatusCode, message, await message.Content.ReadAsStringAsync());
    }

    /// <summary>All pages of a list, in order.</summary>
    public static async Task<List<JsonElement>> ListAllAsync(this HttpClient client, string address, int limit = 7)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await client.GetAnswerAsync($"{address}{separator}limit={limit}{(next is null ? "" : $"&cursor={next}")}"))
                .AssertStatus(HttpStatusCode.OK).Json;
            var some = page.GetProperty("items").EnumerateArray().ToList();
            next = page.GetProperty("next").GetString();
            Assert.True(next is null ? some.Count <= limit : some.Count == limit, "a page that is not the last is full");
            items.AddRange(some);
        }
        while (next is not null);

        return items;
    }
}
