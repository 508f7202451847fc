using System.Net;

namespace GridMap.Api.Tests.People;

/// <summary>Accounts, signing in, sessions, passwords.</summary>
public sealed class SignInTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task A_new_account_must_change_its_password_before_anything_else()
    {
        var made = (await Service.Admin.PostJsonAsync("/api/v1/accounts", new { name = "Neu", personName = "新来" })).AssertStatus(HttpStatusCode.Created).Json;
        var password = made.GetProperty("password").GetString()!;
        using var client = await People.EnterAsync("neu", password);
        var me = (await client.GetAnswerAsync("/api/v1/me")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal("Neu", me.GetProperty("name").GetString());
        Assert.Equal("新来", me.GetProperty("personName").GetString());
        Assert.True(me.GetProperty("mustChange").GetBoolean());
        (await client.GetAnswerAsync("/api/v1/keys")).AssertProblem(HttpStatusCode.Forbidden, "password_change_required");
        (await client.PostJsonAsync("/api/v1/me/password", new { current = password, @new = "short" })).AssertProblem(HttpStatusCode.BadRequest, "bad_password", "new");
        (await client.PostJsonAsync("/api/v1/me/password", new { current = password, @new = "Password123" })).AssertProblem(HttpStatusCode.BadRequest, "bad_password", "new");
        (await client.PostJsonAsync("/api/v1/me/password", new { current = password, @new = "neuneu12" })).AssertProblem(HttpStatusCode.BadRequest, "bad_password", "new");
        (await client.PostJsonAsync("/api/v1/me/password", new { current = "wrong", @new = "quite another one" })).AssertProblem(HttpStatusCode.BadRequest, "bad_credentials", "current");
        (await client.PostJsonAsync("/api/v1/me/password", new { current = password, @new = "quite another one" })).AssertStatus(HttpStatusCode.NoContent);
        Assert.False((await client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("mustChange").GetBoolean());
        (await client.GetAnswerAsync("/api/v1/keys")).AssertStatus(HttpStatusCode.OK);
        var told = (await People.AuditAsync("account.change-password")).Where(entry => entry.Who == "新来").Select(entry => entry.Outcome);
        Assert.Equal(["refused", "done"], told);
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_and_for_no_script()
    {
        var (_, _, password) = await People.MakeAsync("cookie");
        var answer = (await People.Bare.PostJsonAsync("/api/v1/session", new { name = "cookie", password })).AssertStatus(HttpStatusCode.NoContent);
        var cookie = answer.Header("Set-Cookie")!.ToLowerInvariant();
        Assert.StartsWith("gridmap-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_known_before_is_not_the_one_after_signing_in()
    {
        var (_, _, password) = await People.MakeAsync("fixed");
        var first = await TokenAsync("fixed", password, cookie: null);
        var second = await TokenAsync("fixed", password, cookie: first);
        Assert.NotEqual(first, second);

        // The session that came along has ended, and one that somebody planted is nobody's.
        (await People.Bare.GetAnswerAsync("/api/v1/me", ("Cookie", first))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await People.Bare.GetAnswerAsync("/api/v1/me", ("Cookie", second))).AssertStatus(HttpStatusCode.OK);
        var planted = "gridmap-session=planted-by-somebody-else";
        var own = await TokenAsync("fixed", password, planted);
        Assert.NotEqual(planted, own);
        (await People.Bare.GetAnswerAsync("/api/v1/me", ("Cookie", planted))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task A_write_from_another_site_is_refused()
    {
        var (_, _, password) = await People.MakeAsync("forged");
        var cookie = ("Cookie", await TokenAsync("forged", password, cookie: null));
        var own = Service.Address.GetLeftPart(UriPartial.Authority);
        var body = new { current = "x", @new = "y" };
        (await People.Bare.PostJsonAsync("/api/v1/me/password", body, cookie)).AssertProblem(HttpStatusCode.Forbidden, "foreign_origin");
        (await People.Bare.PostJsonAsync("/api/v1/me/password", body, cookie, ("Origin", "https://evil.example"))).AssertProblem(HttpStatusCode.Forbidden, "foreign_origin");
        (await People.Bare.PostJsonAsync("/api/v1/me/password", body, cookie, ("Origin", "null"))).AssertProblem(HttpStatusCode.Forbidden, "foreign_origin");
        (await People.Bare.PostJsonAsync("/api/v1/me/password", body, cookie, ("Sec-Fetch-Site", "cross-site"), ("Origin", own)))
            .AssertProblem(HttpStatusCode.Forbidden, "foreign_origin");
        (await People.Bare.PostJsonAsync("/api/v1/me/password", body, cookie, ("Origin", own))).AssertProblem(HttpStatusCode.BadRequest, "bad_credentials");
        (await People.Bare.PostJsonAsync("/api/v1/me/password", body, cookie, ("Sec-Fetch-Site", "same-origin"))).AssertProblem(HttpStatusCode.BadRequest, "bad_credentials");
        (await People.Bare.PostJsonAsync("/api/v1/session", new { name = "forged", password }, ("Origin", "https://evil.example")))
            .AssertProblem(HttpStatusCode.Forbidden, "foreign_origin");

        // Reads are not asked, and a key is sent on purpose.
        (await People.Bare.GetAnswerAsync("/api/v1/me", cookie)).AssertStatus(HttpStatusCode.OK);
        (await Service.Admin.PostJsonAsync("/api/v1/accounts", new { name = "x y" }, ("Origin", "https://evil.example"))).AssertStatus(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Wrong_passwords_make_a_name_wait_longer_each_time_whether_it_exists_or_not()
    {
        var (_, _, password) = await People.MakeAsync("attacked");
        foreach (var name in (string[])["attacked", "nobody-has-this"])
        {
            for (var i = 0; i < 5; i++)
            {
                (await TryAsync(name, "guess")).AssertProblem(HttpStatusCode.Unauthorized, "bad_credentials");
            }

            var answer = (await TryAsync(name, "guess")).AssertProblem(HttpStatusCode.TooManyRequests, "too_many_attempts");
            Assert.Equal("30", answer.Header("Retry-After"));
        }

        (await TryAsync("attacked", password)).AssertProblem(HttpStatusCode.TooManyRequests, "too_many_attempts");
        People.Clock.Now += TimeSpan.FromSeconds(31);
        (await TryAsync("attacked", "guess")).AssertProblem(HttpStatusCode.Unauthorized, "bad_credentials");
        Assert.Equal("60", (await TryAsync("attacked", password)).AssertProblem(HttpStatusCode.TooManyRequests, "too_many_attempts").Header("Retry-After"));
        People.Clock.Now += TimeSpan.FromSeconds(61);
        (await TryAsync("attacked", password)).AssertStatus(HttpStatusCode.NoContent);
        (await TryAsync("attacked", "guess")).AssertProblem(HttpStatusCode.Unauthorized, "bad_credentials");
        Assert.Equal(7, (await People.AuditAsync("session.begin")).Count(entry => entry is { Who: "attacked", Outcome: "refused" }));
    }

    [Fact]
    public async Task The_administrator_lets_a_waiting_name_in_resets_its_password_and_switches_it_off()
    {
        var (_, account, password) = await People.MakeAsync("helped");
        for (var i = 0; i < 6; i++)
        {
            await TryAsync("helped", "guess");
        }

        Assert.NotEqual("null", (await Service.Admin.GetAnswerAsync($"/api/v1/accounts/{account}")).Json.GetProperty("lockedUntil").GetRawText());
        (await Service.Admin.PostJsonAsync($"/api/v1/accounts/{account}/unlock", new { })).AssertStatus(HttpStatusCode.OK);
        using var client = await People.EnterAsync("helped", password);
        var reset = (await Service.Admin.PostJsonAsync($"/api/v1/accounts/{account}/password", new { })).AssertStatus(HttpStatusCode.OK).Json;
        (await client.GetAnswerAsync("/api/v1/me")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await TryAsync("helped", password)).AssertProblem(HttpStatusCode.Unauthorized, "bad_credentials");
        using var again = await People.EnterAsync("helped", reset.GetProperty("password").GetString()!);
        (await Service.Admin.AskAsync(HttpMethod.Patch, $"/api/v1/accounts/{account}", System.Net.Http.Json.JsonContent.Create(new { disabled = true })))
            .AssertStatus(HttpStatusCode.OK);
        (await again.GetAnswerAsync("/api/v1/me")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await TryAsync("helped", reset.GetProperty("password").GetString()!)).AssertProblem(HttpStatusCode.Unauthorized, "bad_credentials");
    }

    [Fact]
    public async Task Sessions_are_listed_ended_and_over_when_they_are_not_used()
    {
        var (_, _, password) = await People.MakeAsync("many");
        using var one = await People.EnterAsync("many", password);
        using var two = await People.EnterAsync("many", password);
        var sessions = (await one.GetAnswerAsync("/api/v1/me/sessions")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var other = Assert.Single(sessions, session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetInt64();
        (await one.AskAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{other}", null)).AssertStatus(HttpStatusCode.NoContent);
        (await one.AskAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{other}", null)).AssertProblem(HttpStatusCode.NotFound, "unknown_session");
        (await two.GetAnswerAsync("/api/v1/me")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await one.GetAnswerAsync("/api/v1/me")).AssertStatus(HttpStatusCode.OK);

        using var three = await People.EnterAsync("many", password);
        var foreign = (await three.GetAnswerAsync("/api/v1/me/sessions")).Json.GetProperty("items")[0].GetProperty("id").GetInt64();
        var stranger = await People.SignInAsync("stranger");
        (await stranger.Client.AskAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{foreign}", null)).AssertProblem(HttpStatusCode.NotFound, "unknown_session");
        (await three.AskAsync(HttpMethod.Delete, "/api/v1/session", null)).AssertStatus(HttpStatusCode.NoContent);
        (await three.GetAnswerAsync("/api/v1/me")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");

        People.Clock.Now += TimeSpan.FromHours(71);
        (await one.GetAnswerAsync("/api/v1/me")).AssertStatus(HttpStatusCode.OK);
        People.Clock.Now += TimeSpan.FromHours(73);
        (await one.GetAnswerAsync("/api/v1/me")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task Names_are_one_in_upper_and_lower_case_and_a_taken_one_is_refused()
    {
        (await Service.Admin.PostJsonAsync("/api/v1/accounts", new { name = "Taken" })).AssertStatus(HttpStatusCode.Created);
        (await Service.Admin.PostJsonAsync("/api/v1/accounts", new { name = "tAKEN" })).AssertProblem(HttpStatusCode.Conflict, "name_taken", "name");
        (await Service.Admin.PostJsonAsync("/api/v1/accounts", new { name = "two words" })).AssertProblem(HttpStatusCode.BadRequest, "bad_name", "name");
        (await People.Bare.GetAnswerAsync("/api/v1/accounts")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        var nobody = await People.SignInAsync("roleless");
        (await nobody.Client.GetAnswerAsync("/api/v1/accounts")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        var refused = Assert.Single(await People.AuditAsync("GET /api/v1/accounts/"), entry => entry.Who == "roleless");
        Assert.Equal("refused", refused.Outcome);
        var all = await Service.Admin.ListAllAsync("/api/v1/accounts");
        Assert.Equal(all.Count, all.Select(item => item.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.DoesNotContain("hash", string.Concat(all.Select(item => item.GetRawText())), StringComparison.OrdinalIgnoreCase);
    }

    private Task<Answer> TryAsync(string name, string password) => People.Bare.PostJsonAsync("/api/v1/session", new { name, password });

    private async Task<string> TokenAsync(string name, string password, string? cookie)
    {
        var answer = await People.Bare.PostJsonAsync("/api/v1/session", new { name, password }, cookie is null ? [] : [("Cookie", cookie), ("Sec-Fetch-Site", "same-origin")]);
        answer.AssertStatus(HttpStatusCode.NoContent);
        return answer.Header("Set-Cookie")!.Split(';')[0];
    }
}
