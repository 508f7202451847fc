using System.Net;
using GridMap.Api.Hosting;
using Microsoft.Extensions.Configuration;

namespace GridMap.Api.Tests.People;

/// <summary>A service behind a reverse proxy on this machine, which signs people in and ends TLS.</summary>
public sealed class ProxyService() : PeopleService(new Dictionary<string, string?>
{
    ["GridMap:Proxies:0"] = "127.0.0.1",
    ["GridMap:SingleSignOn:Addresses:0"] = "127.0.0.0/8",
    ["GridMap:SingleSignOn:Secret"] = Secret,
    ["GridMap:SingleSignOn:CreateAccounts"] = "true",
})
{
    public const string Secret = "a-shared-secret-of-the-proxy-1234";
}

/// <summary>The same, where the proxy is another machine.</summary>
public sealed class ElsewhereService() : PeopleService(new Dictionary<string, string?>
{
    ["GridMap:SingleSignOn:Addresses:0"] = "10.1.2.3",
    ["GridMap:SingleSignOn:Secret"] = ProxyService.Secret,
});

/// <summary>Single sign-on by a trusted proxy's word, and cookies behind TLS.</summary>
public sealed class ProxyTests(ProxyService service) : ServiceTest(service), IClassFixture<ProxyService>
{
    private static readonly (string, string) Known = ("X-GridMap-Secret", ProxyService.Secret);

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task The_proxys_word_is_believed_with_its_secret_only()
    {
        await People.MakeAsync("sso-user", ("grid_leader", "A1"));
        var user = ("X-GridMap-User", "SSO-User");
        var me = (await People.Bare.GetAnswerAsync("/api/v1/me", user, Known)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(("proxy", "sso-user"), (me.GetProperty("kind").GetString(), me.GetProperty("name").GetString()));
        Assert.Equal("A1", me.GetProperty("roles")[0].GetProperty("grid").GetProperty("code").GetString());
        (await People.Bare.GetAnswerAsync("/api/v1/me", user)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await People.Bare.GetAnswerAsync("/api/v1/me", user, ("X-GridMap-Secret", "guess"))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await People.Bare.GetAnswerAsync("/api/v1/me", Known)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task A_name_that_nobody_has_gets_an_account_without_roles()
    {
        var user = ("X-GridMap-User", "new.person@example.org");
        var me = (await People.Bare.GetAnswerAsync("/api/v1/me", user, Known)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Empty(me.GetProperty("roles").EnumerateArray());
        (await People.Bare.GetAnswerAsync("/api/v1/people", user, Known)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await People.Bare.GetAnswerAsync("/api/v1/me", ("X-GridMap-User", "no name <script>"), Known)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        Assert.Single(await People.AuditAsync("account.create"), entry => entry.After?.Contains("new.person", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_write_by_the_proxys_word_must_come_from_a_page_of_the_service()
    {
        var user = ("X-GridMap-User", "writer");
        (await People.Bare.PostJsonAsync("/api/v1/inbox/read", new { }, user, Known, ("Origin", "https://evil.example"))).AssertProblem(HttpStatusCode.Forbidden, "foreign_origin");
        (await People.Bare.PostJsonAsync("/api/v1/inbox/read", new { }, user, Known, ("Sec-Fetch-Site", "same-origin"))).AssertStatus(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Behind_TLS_the_cookie_is_secure_and_bound_to_the_host_and_the_address_is_the_callers()
    {
        var (_, _, password) = await People.MakeAsync("tls-user");
        var answer = (await People.Bare.PostJsonAsync(
            "/api/v1/session", new { name = "tls-user", password }, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.7"))).AssertStatus(HttpStatusCode.NoContent);
        var cookie = answer.Header("Set-Cookie")!.ToLowerInvariant();
        Assert.StartsWith("__host-gridmap-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        var sent = ("Cookie", answer.Header("Set-Cookie")!.Split(';')[0]);
        (await People.Bare.GetAnswerAsync("/api/v1/me", sent)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        var sessions = (await People.Bare.GetAnswerAsync("/api/v1/me/sessions", sent, ("X-Forwarded-Proto", "https"))).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Contains(sessions.EnumerateArray(), session => session.GetProperty("address").GetString() == "203.0.113.7" && session.GetProperty("current").GetBoolean());
    }
}

/// <summary>The word of who is not the proxy.</summary>
public sealed class ElsewhereTests(ElsewhereService service) : ServiceTest(service), IClassFixture<ElsewhereService>
{
    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task The_header_of_any_other_address_is_not_looked_at_whatever_it_says_of_itself()
    {
        await People.MakeAsync("victim", ("admin", null));
        (await People.Bare.GetAnswerAsync(
            "/api/v1/me", ("X-GridMap-User", "victim"), ("X-GridMap-Secret", ProxyService.Secret), ("X-Forwarded-For", "10.1.2.3")))
            .AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        var (_, _, password) = await People.MakeAsync("plain-user");
        var answer = (await People.Bare.PostJsonAsync("/api/v1/session", new { name = "plain-user", password }, ("X-Forwarded-Proto", "https"))).AssertStatus(HttpStatusCode.NoContent);
        Assert.StartsWith("gridmap-session=", answer.Header("Set-Cookie"), StringComparison.Ordinal);
    }
}

/// <summary>The administrator's key in the data folder.</summary>
public sealed class AdminKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gridmap-key-test-").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("   \r\n ")]
    [InlineData("short-one")]
    public void A_file_without_a_key_that_could_not_be_guessed_keeps_the_service_from_starting(string text)
    {
        File.WriteAllText(Path.Combine(folder, "admin-key"), text);
        var refusal = Assert.Throws<InvalidOperationException>(Read);
        Assert.Contains("Delete the file", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_ones_own_is_taken_and_an_empty_one_never_matches()
    {
        File.WriteAllText(Path.Combine(folder, "admin-key"), "0123456789abcdef01234567\n");
        var key = Read();
        Assert.True(key.Matches("0123456789abcdef01234567"));
        Assert.All((string[])["", " ", "0123456789abcdef0123456", "0123456789abcdef01234567\n"], other => Assert.False(key.Matches(other)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private AdminKey Read() => new(new DataFolder(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { [DataFolder.Variable] = folder }).Build()));
}
