using System.Net;
using Dapper;
using GridMap.Api.Tests.Issues;

namespace GridMap.Api.Tests.People;

/// <summary>Two towns: what of one is protected never reaches who is appointed in the other.</summary>
public sealed class ReachTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Secret = "机密内容";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task An_issue_is_whole_for_those_who_handle_issues_there_and_public_for_everybody_else()
    {
        var number = await ReportAsync("A11");
        var leaderA = await People.SignInAsync("leader-a", ("grid_leader", "A"));
        var leaderB = await People.SignInAsync("leader-b", ("grid_leader", "B"));
        var viewer = await People.SignInAsync("looks-on", ("viewer", null));
        var exact = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("point").GetRawText();
        var whole = (await leaderA.Client.GetAnswerAsync($"/api/v1/issues/{number}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(Secret, whole.Json.GetProperty("description").GetString());
        Assert.Equal("13800000000", whole.Json.GetProperty("contact").GetString());
        Assert.Equal(exact, whole.Json.GetProperty("point").GetRawText());
        foreach (var client in (HttpClient[])[leaderB.Client, viewer.Client, People.Bare])
        {
            var other = (await client.GetAnswerAsync($"/api/v1/issues/{number}")).AssertStatus(HttpStatusCode.OK);
            Assert.DoesNotContain(Secret, other.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("13800000000", other.Text, StringComparison.Ordinal);
            Assert.NotEqual(exact, other.Json.GetProperty("point").GetRawText());
            var listed = (await client.ListAllAsync("/api/v1/issues?grid=A")).Single(item => item.GetProperty("number").GetString() == number);
            Assert.NotEqual(exact, listed.GetProperty("point").GetRawText());
        }

        var mine = (await leaderA.Client.ListAllAsync("/api/v1/issues")).Single(item => item.GetProperty("number").GetString() == number);
        Assert.Equal(exact, mine.GetProperty("point").GetRawText());
    }

    [Fact]
    public async Task A_narrow_box_does_not_give_the_place_away()
    {
        var number = await ReportAsync("A12");
        var leaderB = await People.SignInAsync("prober", ("grid_leader", "B"));
        var point = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("point");
        var (lon, lat) = (point.GetProperty("lon").GetDouble(), point.GetProperty("lat").GetDouble());
        var box = FormattableString.Invariant($"/api/v1/issues?bbox={lon - 1e-6:F9},{lat - 1e-6:F9},{lon + 1e-6:F9},{lat + 1e-6:F9}");
        Assert.DoesNotContain(number, (await leaderB.Client.GetAnswerAsync(box)).Text, StringComparison.Ordinal);
        Assert.Contains(number, (await Service.Admin.GetAnswerAsync(box)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moving_an_issue_on_needs_a_role_there_and_another_person_verifies()
    {
        var number = await ReportAsync("A11");
        var neighbour = await People.SignInAsync("neighbour", ("grid_worker", "B11"));
        var worker = await People.SignInAsync("worker-a", ("grid_worker", "A11"));
        var leader = await People.SignInAsync("checks-a", ("grid_leader", "A1"));
        (await neighbour.Client.PostJsonAsync($"/api/v1/issues/{number}/claim", new { })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        Assert.Contains(await People.AuditAsync("POST /api/v1/issues/{number}/{transition}"), entry =>
            entry is { Who: "neighbour", Outcome: "refused" } && entry.Subject.Contains(number, StringComparison.Ordinal));
        (await worker.Client.PostJsonAsync($"/api/v1/issues/{number}/claim", new { by = "somebody else" })).AssertProblem(HttpStatusCode.BadRequest, "by_another", "by");
        (await worker.Client.PostJsonAsync($"/api/v1/issues/{number}/claim", new { })).AssertStatus(HttpStatusCode.OK);
        (await worker.Client.PostJsonAsync($"/api/v1/issues/{number}/rectify", new { })).AssertStatus(HttpStatusCode.OK);
        (await worker.Client.PostJsonAsync($"/api/v1/issues/{number}/verify", new { result = "pass", exception = "dark" })).AssertProblem(HttpStatusCode.Conflict, "same_person", "by");
        (await leader.Client.PostJsonAsync($"/api/v1/issues/{number}/verify", new { result = "pass", exception = "dark" })).AssertStatus(HttpStatusCode.OK);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var people = (await connection.QueryAsync<long?>(
            "select e.person_id from issue_event e join issue i on i.id = e.issue_id where i.number = @number order by e.id", new { number })).ToList();
        Assert.Equal([null, worker.Person, worker.Person, leader.Person], people);
        var done = (await People.AuditAsync("issue.verify")).Last();
        Assert.Equal(("checks-a", number, "done"), (done.Who, done.Subject, done.Outcome));
        Assert.Contains("writtenOff", done.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reporter_is_erased_for_good_and_the_figures_stay()
    {
        var number = await ReportAsync("B11");
        var before = (await Client.GetAnswerAsync("/api/v1/issues/counts")).Json.GetProperty("total").GetRawText();
        var leader = await People.SignInAsync("no-office", ("grid_leader", "B"));
        (await leader.Client.PostJsonAsync($"/api/v1/issues/{number}/erase-reporter", new { })).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        var elsewhere = await People.SignInAsync("office-a", ("campaign_office", "A"));
        (await elsewhere.Client.PostJsonAsync($"/api/v1/issues/{number}/erase-reporter", new { })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        var office = await People.SignInAsync("office-b", ("campaign_office", "B"));
        var erased = (await office.Client.PostJsonAsync($"/api/v1/issues/{number}/erase-reporter", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("", erased.Json.GetProperty("description").GetString());
        Assert.Equal("", erased.Json.GetProperty("contact").GetString());
        Assert.Equal(before, (await Client.GetAnswerAsync("/api/v1/issues/counts")).Json.GetProperty("total").GetRawText());
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal("", await connection.ExecuteScalarAsync<string>(
            "select from_address from audit where action = 'issue.report' and subject_id = @number", new { number }));
        foreach (var table in (string[])["issue", "issue_event", "audit", "event"])
        {
            Assert.False(
                await connection.ExecuteScalarAsync<bool>($"select exists (select from {table} t where t::text like '%' || @number || '%' and (t::text like '%{Secret}%' or t::text like '%13800000000%'))", new { number }),
                table);
        }
    }

    [Fact]
    public async Task People_of_the_other_town_are_absent_and_asking_for_them_is_written_down()
    {
        var a = await People.SignInAsync("people-a", ("grid_leader", "A1"));
        var b = await People.SignInAsync("people-b", ("grid_worker", "B11"));
        var worker = await People.SignInAsync("people-a11", ("grid_worker", "A11"));
        var seen = await a.Client.ListAllAsync("/api/v1/people");
        Assert.Contains(seen, person => person.GetProperty("id").GetInt64() == worker.Person);
        Assert.DoesNotContain(seen, person => person.GetProperty("id").GetInt64() == b.Person);
        Assert.Equal("138people-a11", seen.Single(person => person.GetProperty("id").GetInt64() == worker.Person).GetProperty("phone").GetString());

        // A worker sees names, and no telephone but their own.
        var peers = await worker.Client.ListAllAsync("/api/v1/people?grid=A11");
        Assert.All(peers.Where(person => person.GetProperty("id").GetInt64() != worker.Person), person => Assert.Equal("null", person.GetProperty("phone").GetRawText()));
        (await a.Client.GetAnswerAsync("/api/v1/people?grid=B11")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await a.Client.GetAnswerAsync($"/api/v1/people/{b.Person}")).AssertProblem(HttpStatusCode.NotFound, "unknown_person");
        (await a.Client.GetAnswerAsync("/api/v1/duties?grid=B")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        Assert.DoesNotContain(await a.Client.ListAllAsync("/api/v1/duties"), duty => duty.GetProperty("person").GetProperty("id").GetInt64() == b.Person);
        var refused = await RefusedAsync("people-a");
        Assert.Contains("GET /api/v1/people/", refused);
        Assert.Contains("GET /api/v1/people/{id:long}", refused);
        Assert.Contains("GET /api/v1/duties/", refused);
        (await People.Bare.GetAnswerAsync("/api/v1/people")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task After_a_split_the_new_part_is_reached_by_those_who_reach_its_parent()
    {
        var leader = await People.SignInAsync("splits", ("grid_leader", "B2"));
        var half = await People.SignInAsync("split-off", ("grid_leader", "B22"));
        var towns = PeopleService.Towns().ToList();
        var old = towns.Single(grid => grid.Code == "B22");
        var parts = Halves(old);
        await People.PublishAsync([.. towns.Where(grid => grid.Code != "B22"), .. parts]);
        try
        {
            var number = await ReportAsync("B22");
            Assert.Equal("B22-r", (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("grid").GetString());
            (await leader.Client.PostJsonAsync($"/api/v1/issues/{number}/claim", new { })).AssertStatus(HttpStatusCode.OK);
            (await half.Client.PostJsonAsync($"/api/v1/issues/{number}/rectify", new { })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        }
        finally
        {
            await People.PublishAsync(towns);
        }
    }

    /// <summary>The refused attempts of somebody.</summary>
    private async Task<List<string>> RefusedAsync(string who)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select action from audit where who = @who and outcome = 'refused'", new { who })];
    }

    private async Task<string> ReportAsync(string village)
    {
        var (x, y) = PeopleService.Middle(village);
        var at = TestTownship.Point(x, y);
        return (await Client.PostJsonAsync(TestReports.Address, new { category = TestService.Category, lon = at.Lon, lat = at.Lat, description = Secret, contact = "13800000000" }))
            .AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString()!;
    }

    // One part in the middle of the other, so that no neighbour gets a vertex.
    private static TestGrid[] Halves(TestGrid old) =>
    [
        old with { Code = "B22-l", Wkt = "POLYGON ((12 4, 16 4, 16 8, 12 8, 12 4), (13 5, 13 7, 15 7, 15 5, 13 5))" },
        old with { Code = "B22-r", Wkt = "POLYGON ((13 5, 15 5, 15 7, 13 7, 13 5))" },
    ];
}
