using System.Net;

namespace GridMap.Api.Tests.Hosting;

/// <summary>Pages of other origins: lookup for anybody without credentials, the rest for those on the list.</summary>
public sealed class CorsTests(CorsTests.ServiceWithList service) : ServiceTest(service), IClassFixture<CorsTests.ServiceWithList>
{
    private const string Friend = "https://friend.example";
    private const string Stranger = "https://stranger.example";

    [Theory]
    [InlineData("GET", "/api/v1/lookup?lon=113&lat=23", Stranger, "*")]
    [InlineData("GET", "/api/v1/lookup?lon=113", Stranger, "*")]
    [InlineData("GET", "/api/v1/grids", Stranger, null)]
    [InlineData("GET", "/api/v1/grids", Friend, Friend)]
    [InlineData("GET", "/api/v1/grids/none", Friend, Friend)]
    [InlineData("GET", "/api/v1/issues", Stranger, null)]
    public async Task An_answer_is_readable_by(string method, string address, string origin, string? allowed)
    {
        var answer = await Client.AskAsync(new HttpMethod(method), address, null, ("Origin", origin));
        Assert.Equal(allowed, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(allowed == Friend ? "true" : null, answer.Header("Access-Control-Allow-Credentials"));
        if (allowed is not null)
        {
            Assert.Contains("GridMap-Generation", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/lookup/batch", Stranger, "*")]
    [InlineData("GET", "/api/v1/lookup", Stranger, "*")]
    [InlineData("POST", "/api/v1/issues", Stranger, null)]
    [InlineData("POST", "/api/v1/issues", Friend, Friend)]
    public async Task A_preflight_is_answered_for(string method, string address, string origin, string? allowed)
    {
        var answer = await Client.AskAsync(
            HttpMethod.Options, address, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "content-type"));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal(allowed, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(allowed == Friend ? "true" : null, answer.Header("Access-Control-Allow-Credentials"));
    }

    public sealed class ServiceWithList() : TestService(new() { ["GridMap:AllowedOrigins:0"] = Friend });
}
