using System.Net;
using Dapper;

namespace GridMap.Api.Tests.People;

/// <summary>Keys for programs: shown once, narrowed, ended.</summary>
public sealed class KeyTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Address = "/api/v1/keys";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task A_key_may_what_its_scopes_and_its_owner_may_and_no_more()
    {
        var owner = await People.SignInAsync("owns-keys", ("grid_leader", "A1"));
        var made = (await owner.Client.PostJsonAsync(Address, new { name = "小程序", scopes = new[] { "see-people", "plan" } })).AssertStatus(HttpStatusCode.Created).Json;
        var bearer = Bearer(made);
        (await People.Bare.GetAnswerAsync("/api/v1/people?grid=A11", bearer)).AssertStatus(HttpStatusCode.OK);
        (await People.Bare.GetAnswerAsync("/api/v1/people?grid=B11", bearer)).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");

        // Not in its scopes, though its owner may; in its scopes, though its owner may not.
        (await People.Bare.PostJsonAsync("/api/v1/posts", new { }, bearer)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await People.Bare.GetAnswerAsync("/api/v1/plans", bearer)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");

        // It is its owner's, and not its owner: no inbox, no further keys, no password.
        (await People.Bare.GetAnswerAsync("/api/v1/inbox", bearer)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await People.Bare.PostJsonAsync(Address, new { name = "x", scopes = new[] { "plan" } }, bearer)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        var me = (await People.Bare.GetAnswerAsync("/api/v1/me", bearer)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(("apiKey", "owns-keys"), (me.GetProperty("kind").GetString(), me.GetProperty("personName").GetString()));
        Assert.DoesNotContain("appoint", me.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString()));
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_hashed()
    {
        var owner = await People.SignInAsync("shown-once");
        var made = (await owner.Client.PostJsonAsync(Address, new { name = "once", scopes = new[] { "see-map" } })).AssertStatus(HttpStatusCode.Created).Json;
        var secret = made.GetProperty("secret").GetString()!;
        var listed = Assert.Single(await owner.Client.ListAllAsync(Address));
        Assert.StartsWith(listed.GetProperty("prefix").GetString()!, secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, listed.GetRawText(), StringComparison.Ordinal);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        foreach (var table in (string[])["api_key", "audit", "session", "account"])
        {
            Assert.False(await connection.ExecuteScalarAsync<bool>($"select exists (select from {table} t where t::text like '%' || @secret || '%')", new { secret }), table);
        }
    }

    [Fact]
    public async Task A_key_ends_when_it_is_revoked_runs_out_or_its_account_is_switched_off()
    {
        var owner = await People.SignInAsync("ends-keys");
        var revoked = (await owner.Client.PostJsonAsync(Address, new { name = "a", scopes = new[] { "see-map" } })).Json;
        (await People.Bare.GetAnswerAsync("/api/v1/me", Bearer(revoked))).AssertStatus(HttpStatusCode.OK);
        (await owner.Client.AskAsync(HttpMethod.Delete, $"{Address}/{Id(revoked)}", null)).AssertStatus(HttpStatusCode.NoContent);
        (await People.Bare.GetAnswerAsync("/api/v1/me", Bearer(revoked))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await owner.Client.AskAsync(HttpMethod.Delete, $"{Address}/{Id(revoked)}", null)).AssertProblem(HttpStatusCode.NotFound, "unknown_key");

        var off = (await owner.Client.PostJsonAsync(Address, new { name = "b", scopes = new[] { "see-map" }, days = 700 })).Json;
        var old = (await owner.Client.PostJsonAsync(Address, new { name = "c", scopes = new[] { "see-map" }, days = 1 })).Json;
        People.Clock.Now += TimeSpan.FromHours(25);
        (await People.Bare.GetAnswerAsync("/api/v1/me", Bearer(old))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await People.Bare.GetAnswerAsync("/api/v1/me", Bearer(off))).AssertStatus(HttpStatusCode.OK);
        (await Service.Admin.AskAsync(HttpMethod.Patch, $"/api/v1/accounts/{owner.Account}", System.Net.Http.Json.JsonContent.Create(new { disabled = true })))
            .AssertStatus(HttpStatusCode.OK);
        (await People.Bare.GetAnswerAsync("/api/v1/me", Bearer(off))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task Others_keys_are_the_administrators_business()
    {
        var owner = await People.SignInAsync("has-a-key");
        var key = (await owner.Client.PostJsonAsync(Address, new { name = "mine", scopes = new[] { "see-map" } })).Json;
        var other = await People.SignInAsync("wants-a-key");
        (await other.Client.AskAsync(HttpMethod.Delete, $"{Address}/{Id(key)}", null)).AssertProblem(HttpStatusCode.NotFound, "unknown_key");
        (await other.Client.GetAnswerAsync($"{Address}?all=true")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await other.Client.PostJsonAsync(Address, new { name = "theirs", scopes = new[] { "see-map" }, accountId = owner.Account })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await other.Client.PostJsonAsync(Address, new { name = "bad", scopes = new[] { "everything" } })).AssertProblem(HttpStatusCode.BadRequest, "bad_scopes", "scopes");
        (await other.Client.PostJsonAsync(Address, new { name = "bad", scopes = new[] { "see-map" }, days = 0 })).AssertProblem(HttpStatusCode.BadRequest, "bad_days", "days");
        Assert.Contains(await Service.Admin.ListAllAsync(Address), item => item.GetProperty("id").GetInt64() == Id(key));
        var made = (await Service.Admin.PostJsonAsync(Address, new { name = "for them", scopes = new[] { "report" }, accountId = other.Account })).AssertStatus(HttpStatusCode.Created).Json;
        Assert.Equal("wants-a-key", made.GetProperty("key").GetProperty("account").GetString());
        (await Service.Admin.AskAsync(HttpMethod.Delete, $"{Address}/{Id(key)}", null)).AssertStatus(HttpStatusCode.NoContent);
    }

    private static long Id(System.Text.Json.JsonElement made) => made.GetProperty("key").GetProperty("id").GetInt64();

    private static (string, string) Bearer(System.Text.Json.JsonElement made) => ("Authorization", $"Bearer {made.GetProperty("secret").GetString()}");
}
