using System.Net;
using Dapper;
using GridMap.Api.Tests.Events;

namespace GridMap.Api.Tests.People;

/// <summary>Terms, stand-ins, corrections, posts, and how reach follows them.</summary>
public sealed class DutyTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Address = "/api/v1/duties";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task Reach_comes_with_the_term_and_goes_with_it_to_the_minute()
    {
        var somebody = await People.SignInAsync("term");
        var (from, to) = (People.Clock.GetUtcNow().AddHours(1), People.Clock.GetUtcNow().AddHours(2));
        (await Service.Admin.PostJsonAsync(Address, new { role = "grid_leader", grid = "A1", personId = somebody.Person, from, to })).AssertStatus(HttpStatusCode.Created);
        (await somebody.Client.GetAnswerAsync("/api/v1/people?grid=A11")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        People.Clock.Now = from.AddSeconds(-1);
        (await somebody.Client.GetAnswerAsync("/api/v1/people?grid=A11")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        People.Clock.Now = from;
        (await somebody.Client.GetAnswerAsync("/api/v1/people?grid=A11")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("A1", (await somebody.Client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("roles")[0].GetProperty("grid").GetProperty("code").GetString());
        People.Clock.Now = to.AddSeconds(-1);
        (await somebody.Client.GetAnswerAsync("/api/v1/people?grid=A11")).AssertStatus(HttpStatusCode.OK);
        People.Clock.Now = to;
        (await somebody.Client.GetAnswerAsync("/api/v1/people?grid=A11")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Only_those_who_answer_for_a_grid_are_told_to_the_public()
    {
        foreach (var role in (string[])["planner", "inspector", "viewer", "admin", "volunteer"])
        {
            (await Service.Admin.PostJsonAsync(Address, new { role, grid = "A22", personName = $"as-{role}" })).AssertStatus(HttpStatusCode.Created);
        }

        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("A22")!.Duties.Any(term => term.Role == "volunteer"), "the last one is served");
        Assert.Equal(["volunteer"], Service.Snapshots.Current.ByCode("A22")!.Duties.Select(term => term.Role).Distinct());
        var grid = (await Client.GetAnswerAsync("/api/v1/grids/A22")).Text;
        Assert.DoesNotContain("as-planner", grid, StringComparison.Ordinal);
        Assert.DoesNotContain("\"viewer\"", grid, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gives_a_role_beyond_their_grids_or_above_their_own()
    {
        var leader = await People.SignInAsync("gives", ("grid_leader", "A1"));
        var person = (await People.MakeAsync("given")).Person;
        (await leader.Client.PostJsonAsync(Address, new { role = "grid_worker", grid = "A12", personName = "given", phone = "138given" })).AssertStatus(HttpStatusCode.Created);
        (await leader.Client.PostJsonAsync(Address, new { role = "grid_worker", grid = "A12", personId = person })).AssertProblem(HttpStatusCode.Conflict, "already_held");
        (await leader.Client.PostJsonAsync(Address, new { role = "grid_worker", grid = "A21", personId = person })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await leader.Client.PostJsonAsync(Address, new { role = "grid_worker", grid = "B11", personId = person })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        foreach (var role in (string[])["grid_leader", "planner", "admin", "campaign_office"])
        {
            (await leader.Client.PostJsonAsync(Address, new { role, grid = "A1", personId = leader.Person })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        }

        var office = await People.SignInAsync("office-gives", ("campaign_office", null));
        (await office.Client.PostJsonAsync(Address, new { role = "admin", personId = office.Person })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await office.Client.PostJsonAsync(Address, new { role = "grid_leader", grid = "B2", personId = person })).AssertStatus(HttpStatusCode.Created);
        (await Service.Admin.PostJsonAsync(Address, new { role = "grid_leader", personId = person })).AssertProblem(HttpStatusCode.BadRequest, "bad_grid", "grid");
        (await Service.Admin.PostJsonAsync(Address, new { role = "king", grid = "A", personId = person })).AssertProblem(HttpStatusCode.BadRequest, "bad_role", "role");
        (await Service.Admin.PostJsonAsync(Address, new { role = "viewer", grid = "nowhere", personId = person })).AssertProblem(HttpStatusCode.BadRequest, "bad_grid", "grid");
        (await Service.Admin.PostJsonAsync(Address, new { role = "viewer", personId = 999999 })).AssertProblem(HttpStatusCode.BadRequest, "bad_person", "personId");
        (await Service.Admin.PostJsonAsync(Address, new { role = "viewer", personId = person, from = People.Clock.GetUtcNow().AddDays(-1) }))
            .AssertProblem(HttpStatusCode.BadRequest, "in_the_past", "from");
    }

    [Fact]
    public async Task A_stand_in_reaches_what_the_leader_reaches_for_the_period_and_shows_as_one()
    {
        var leader = await People.SignInAsync("away", ("grid_leader", "A2"));
        var other = await People.SignInAsync("stands-in");
        var duty = (await leader.Client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("roles")[0].GetProperty("dutyId").GetInt64();
        (await leader.Client.PostJsonAsync(Address, new { standsInFor = duty, personId = other.Person })).AssertProblem(HttpStatusCode.BadRequest, "bad_to", "to");
        (await leader.Client.PostJsonAsync(Address, new { standsInFor = duty, personId = leader.Person, to = People.Clock.GetUtcNow().AddDays(2) }))
            .AssertProblem(HttpStatusCode.BadRequest, "bad_person", "personId");
        (await other.Client.PostJsonAsync(Address, new { standsInFor = duty, personId = other.Person, to = People.Clock.GetUtcNow().AddDays(2) }))
            .AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        var made = (await leader.Client.PostJsonAsync(Address, new { standsInFor = duty, personName = "stands-in", phone = "138stands-in", to = People.Clock.GetUtcNow().AddDays(2) }))
            .AssertStatus(HttpStatusCode.Created).Json;
        Assert.Equal("away", made.GetProperty("standsInFor").GetProperty("person").GetProperty("name").GetString());
        Assert.True((await other.Client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("roles")[0].GetProperty("standIn").GetBoolean());
        (await other.Client.GetAnswerAsync("/api/v1/people?grid=A21")).AssertStatus(HttpStatusCode.OK);

        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("A2")!.Duties.Any(term => term.StandIn), "the stand-in is served");
        var (x, y) = PeopleService.Middle("A21");
        var at = TestTownship.Point(x, y);
        var chain = (await Client.GetAnswerAsync(FormattableString.Invariant($"/api/v1/lookup?lon={at.Lon}&lat={at.Lat}"))).Json.GetProperty("chain");
        var responsible = chain.EnumerateArray().Single(link => link.GetProperty("code").GetString() == "A2").GetProperty("responsible").EnumerateArray().ToList();
        Assert.Contains(responsible, one => one.GetProperty("name").GetString() == "stands-in" && one.GetProperty("standIn").GetBoolean());
        Assert.Contains(responsible, one => one.GetProperty("name").GetString() == "away" && !one.TryGetProperty("standIn", out _));
        Assert.Contains(
            await other.Client.ListAllAsync("/api/v1/inbox"),
            entry => entry.GetProperty("kind").GetString() == "duty.stand-in" && entry.GetProperty("parameters").GetProperty("grid").GetString() == "A2");

        // With the term of whom they stand in for, theirs ends.
        (await Service.Admin.PostJsonAsync($"{Address}/{duty}/end", new { })).AssertStatus(HttpStatusCode.OK);
        People.Clock.Now += TimeSpan.FromSeconds(1);
        (await other.Client.GetAnswerAsync("/api/v1/people?grid=A21")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Service.Admin.PostJsonAsync($"{Address}/{duty}/end", new { })).AssertProblem(HttpStatusCode.Conflict, "ended_already");
    }

    [Fact]
    public async Task What_was_is_not_rewritten_a_correction_stands_beside_it()
    {
        var leader = await People.SignInAsync("was-here", ("grid_leader", "B1"));
        var really = (await People.MakeAsync("was-really-here")).Person;
        var duty = (await leader.Client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("roles")[0].GetProperty("dutyId").GetInt64();
        var past = People.Clock.GetUtcNow().AddMinutes(-30);
        (await Service.Admin.PostJsonAsync($"{Address}/{duty}/end", new { at = past })).AssertProblem(HttpStatusCode.BadRequest, "in_the_past", "at");
        (await Service.Admin.PostJsonAsync($"{Address}/corrections", new { dutyId = duty, personId = really, from = past })).AssertProblem(HttpStatusCode.BadRequest, "bad_reason", "reason");
        (await Service.Admin.PostJsonAsync($"{Address}/corrections", new { dutyId = duty, personId = really, from = People.Clock.GetUtcNow().AddDays(1), reason = "x" }))
            .AssertProblem(HttpStatusCode.BadRequest, "bad_from", "from");
        (await Service.Admin.PostJsonAsync($"{Address}/corrections", new { dutyId = duty, personId = really, from = past, to = past.AddMinutes(10), reason = "交接晚报" }))
            .AssertStatus(HttpStatusCode.Created);
        var list = (await Service.Admin.GetAnswerAsync($"{Address}?grid=B1&at={Uri.EscapeDataString(past.AddMinutes(5).ToString("yyyy-MM-dd'T'HH:mm:sszzz"))}")).Json;
        Assert.Equal("was-here", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("person").GetProperty("name").GetString());
        var correction = Assert.Single(list.GetProperty("corrections").EnumerateArray());
        Assert.Equal(("was-really-here", "交接晚报", duty), (correction.GetProperty("person").GetProperty("name").GetString(), correction.GetProperty("reason").GetString(), correction.GetProperty("dutyId").GetInt64()));

        // Not even past the program.
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync(
            "update duty set to_at = now() - interval '1 day' where id = @duty", new { duty }));
        Assert.Equal(Npgsql.PostgresErrorCodes.CheckViolation, refusal.SqlState);
    }

    [Fact]
    public async Task A_post_is_offered_claimed_and_makes_a_volunteer()
    {
        var leader = await People.SignInAsync("offers", ("grid_leader", "B21"));
        var one = await People.SignInAsync("comes");
        var two = await People.SignInAsync("comes-late");
        var offer = new { grid = "B21", title = "河岸保洁", text = "每周二", places = 1, until = People.Clock.GetUtcNow().AddDays(30) };
        (await leader.Client.PostJsonAsync("/api/v1/posts", offer with { grid = "A11" })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        var post = (await leader.Client.PostJsonAsync("/api/v1/posts", offer)).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        Assert.Contains(await Client.ListAllAsync("/api/v1/posts?grid=B"), item => item.GetProperty("id").GetInt64() == post);
        (await one.Client.PostJsonAsync($"/api/v1/posts/{post}/claims", new { note = "我来" })).AssertStatus(HttpStatusCode.OK);
        (await one.Client.PostJsonAsync($"/api/v1/posts/{post}/claims", new { })).AssertProblem(HttpStatusCode.Conflict, "claimed_already");
        (await two.Client.PostJsonAsync($"/api/v1/posts/{post}/claims", new { })).AssertStatus(HttpStatusCode.OK);
        (await People.Bare.PostJsonAsync($"/api/v1/posts/{post}/claims", new { })).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await one.Client.GetAnswerAsync($"/api/v1/posts/{post}/claims")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains(await leader.Client.ListAllAsync("/api/v1/inbox"), entry => entry.GetProperty("kind").GetString() == "post.claimed");
        var claims = await leader.Client.ListAllAsync($"/api/v1/posts/{post}/claims");
        Assert.Equal(2, claims.Count);
        (await leader.Client.PostJsonAsync($"/api/v1/posts/{post}/claims/{claims[0].GetProperty("id").GetInt64()}/accept", new { })).AssertStatus(HttpStatusCode.NoContent);
        (await leader.Client.PostJsonAsync($"/api/v1/posts/{post}/claims/{claims[1].GetProperty("id").GetInt64()}/accept", new { })).AssertProblem(HttpStatusCode.Conflict, "post_full");
        (await leader.Client.PostJsonAsync($"/api/v1/posts/{post}/claims/{claims[1].GetProperty("id").GetInt64()}/decline", new { })).AssertStatus(HttpStatusCode.NoContent);
        var role = (await one.Client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("roles")[0];
        Assert.Equal(("volunteer", "B21"), (role.GetProperty("role").GetString(), role.GetProperty("grid").GetProperty("code").GetString()));
        Assert.Equal("accepted", (await one.Client.GetAnswerAsync($"/api/v1/posts/{post}")).Json.GetProperty("myClaim").GetProperty("state").GetString());
        Assert.Contains(await two.Client.ListAllAsync("/api/v1/inbox"), entry => entry.GetProperty("kind").GetString() == "post.declined");
        (await leader.Client.PostJsonAsync($"/api/v1/posts/{post}/close", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.DoesNotContain(await Client.ListAllAsync("/api/v1/posts"), item => item.GetProperty("id").GetInt64() == post);
    }

    [Fact]
    public async Task What_somebody_must_know_comes_to_their_inbox_and_to_their_own_stream_only()
    {
        var told = await People.SignInAsync("told", ("viewer", "A11"));
        var other = await People.SignInAsync("not-told", ("viewer", "B11"));
        await using var own = await EventStream.OpenAsync(told.Client);
        await using var foreign = await EventStream.OpenAsync(other.Client);
        await using var anybody = await EventStream.OpenAsync(People.Bare);
        (await Service.Admin.PostJsonAsync(Address, new { role = "grid_worker", grid = "A11", personId = told.Person })).AssertStatus(HttpStatusCode.Created);
        var kinds = new[] { (await own.NextAsync()).EventType, (await own.NextAsync()).EventType };
        Assert.Equal(["duty", "inbox"], kinds.Order());

        // What comes to the others next is public: nothing protected came before it.
        var number = (await Client.PostJsonAsync("/api/v1/issues", Report("B11"))).AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        foreach (var stream in (EventStream[])[foreign, anybody])
        {
            var next = await stream.NextAsync();
            Assert.Equal("issue", next.EventType);
            Assert.Contains(number!, next.Data, StringComparison.Ordinal);
        }

        (await other.Client.GetAnswerAsync("/api/v1/events?grid=A11")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        Assert.Equal(1, (await told.Client.GetAnswerAsync("/api/v1/inbox/unread")).Json.GetProperty("unread").GetInt32());
        var entry = Assert.Single(await told.Client.ListAllAsync("/api/v1/inbox"));
        Assert.Empty(await other.Client.ListAllAsync("/api/v1/inbox"));
        (await other.Client.PostJsonAsync($"/api/v1/inbox/{entry.GetProperty("id").GetInt64()}/read", new { })).AssertProblem(HttpStatusCode.NotFound, "unknown_entry");
        (await told.Client.PostJsonAsync($"/api/v1/inbox/{entry.GetProperty("id").GetInt64()}/read", new { })).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal(0, (await told.Client.GetAnswerAsync("/api/v1/me")).Json.GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task A_stream_ends_with_the_session_that_opened_it()
    {
        var somebody = await People.SignInAsync("streams", ("viewer", "A11"));
        await using var stream = await EventStream.OpenAsync(somebody.Client);
        (await somebody.Client.AskAsync(HttpMethod.Delete, "/api/v1/session", null)).AssertStatus(HttpStatusCode.NoContent);
        People.Clock.Now += TimeSpan.FromSeconds(6);
        (await Service.Admin.PostJsonAsync(Address, new { role = "grid_worker", grid = "A11", personName = "新人" })).AssertStatus(HttpStatusCode.Created);
        await Assert.ThrowsAnyAsync<System.Threading.Channels.ChannelClosedException>(async () => await stream.NextAsync());
    }

    [Fact]
    public async Task Nothing_leads_to_another_site()
    {
        var person = (await People.MakeAsync("led-astray")).Person;
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        foreach (var link in (string[])["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
        {
            var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync(
                "insert into inbox (person_id, kind, parameters, link) values (@person, 'x', '{}', @link)", new { person, link }));
            Assert.Equal(Npgsql.PostgresErrorCodes.CheckViolation, refusal.SqlState);
        }

        foreach (var address in (string[])["//evil.example", "/%2Fevil.example", "/sign-in?next=https://evil.example", "/api/v1/session?next=//evil.example", "/api/v1/me?next=//evil.example"])
        {
            using var answer = await People.Bare.GetAsync(new Uri(Service.Address.GetLeftPart(UriPartial.Authority) + address));
            Assert.False((int)answer.StatusCode is >= 300 and < 400, $"{address}: {answer.StatusCode} {answer.Headers.Location}");
        }
    }

    private static object Report(string village)
    {
        var (x, y) = PeopleService.Middle(village);
        var at = TestTownship.Point(x, y);
        return new { category = TestService.Category, lon = at.Lon, lat = at.Lat };
    }
}
