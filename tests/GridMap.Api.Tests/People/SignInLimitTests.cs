using System.Net;

namespace GridMap.Api.Tests.People;

/// <summary>A service as it is set by default.</summary>
public sealed class SignInLimitTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    [Fact]
    public async Task One_address_may_not_try_one_password_on_all_names()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            statuses.Add((await Client.PostJsonAsync("/api/v1/session", new { name = $"name{i}", password = "spring2026" })).Status);
        }

        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        var last = await Client.PostJsonAsync("/api/v1/session", new { name = "name", password = "spring2026" });
        last.AssertProblem(HttpStatusCode.TooManyRequests, "too_many_attempts");
        Assert.Equal("60", last.Header("Retry-After"));
        (await Client.GetAnswerAsync("/api/v1/settings")).AssertStatus(HttpStatusCode.OK);
    }
}
