using System.Net;
using Dapper;

namespace GridMap.Api.Tests.People;

/// <summary>Anybody can be asked later who did what.</summary>
public sealed class AuditTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Address = "/api/v1/audit";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task Entries_are_found_by_who_what_where_and_when_within_reach()
    {
        var person = (await People.MakeAsync("appointed")).Person;
        (await Service.Admin.PostJsonAsync("/api/v1/duties", new { role = "grid_worker", grid = "A11", personId = person })).AssertStatus(HttpStatusCode.Created);
        (await Service.Admin.PostJsonAsync("/api/v1/duties", new { role = "grid_worker", grid = "B11", personId = person })).AssertStatus(HttpStatusCode.Created);
        var all = await Service.Admin.ListAllAsync($"{Address}?action=duty", limit: 1);
        Assert.Equal(2, all.Count(entry => entry.GetProperty("after").GetProperty("person").GetInt64() == person));
        var inA = Assert.Single(await Service.Admin.ListAllAsync($"{Address}?action=duty.appoint&grid=A"));
        Assert.Equal(("admin", "A11", "done", "127.0.0.1"), (Text(inA, "who"), Text(inA, "grid"), Text(inA, "outcome"), Text(inA, "address")));
        Assert.Empty(await Service.Admin.ListAllAsync($"{Address}?action=duty&from=2100-01-01T00:00:00Z"));
        Assert.Empty(await Service.Admin.ListAllAsync($"{Address}?action=dut"));
        Assert.Single(await Service.Admin.ListAllAsync($"{Address}?kind=duty&subject={Text(inA, "subject")}"));

        var office = await People.SignInAsync("office-of-a", ("campaign_office", "A"));
        var seen = await office.Client.ListAllAsync(Address);
        Assert.NotEmpty(seen);
        Assert.All(seen, entry => Assert.StartsWith("A", Text(entry, "grid"), StringComparison.Ordinal));
        (await office.Client.GetAnswerAsync($"{Address}?grid=B11")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        var refused = await Service.Admin.ListAllAsync($"{Address}?who=office-of-a&outcome=refused");
        Assert.Equal("GET /api/v1/audit/", Text(Assert.Single(refused), "action"));
        var leader = await People.SignInAsync("no-auditor", ("grid_leader", "A"));
        (await leader.Client.GetAnswerAsync(Address)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Every_write_has_its_entry_in_its_own_transaction()
    {
        // What the test itself puts into the tables is older than this.
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var start = await connection.ExecuteScalarAsync<string>("select pg_current_xact_id()::text");
        var person = (await Service.Admin.PostJsonAsync("/api/v1/people", new { name = "甲" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        var duty = (await Service.Admin.PostJsonAsync("/api/v1/duties", new { role = "grid_leader", grid = "A12", personId = person })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        (await Service.Admin.PostJsonAsync("/api/v1/duties/corrections", new { dutyId = duty, from = "2026-01-01T00:00:00+08:00", reason = "补记" })).AssertStatus(HttpStatusCode.Created);
        (await Service.Admin.PostJsonAsync($"/api/v1/duties/{duty}/end", new { })).AssertStatus(HttpStatusCode.OK);
        var account = (await Service.Admin.PostJsonAsync("/api/v1/accounts", new { name = "writes", personId = person })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("account").GetProperty("id").GetInt64();
        (await Service.Admin.PostJsonAsync("/api/v1/keys", new { name = "k", scopes = new[] { "see-map" }, accountId = account })).AssertStatus(HttpStatusCode.Created);
        (await Service.Admin.PostJsonAsync("/api/v1/posts", new { grid = "A12", title = "岗" })).AssertStatus(HttpStatusCode.Created);
        var at = TestTownship.Point(2, 2);
        var number = (await Client.PostJsonAsync("/api/v1/issues", new { category = TestService.Category, lon = at.Lon, lat = at.Lat })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/claim", new { by = "乙" })).AssertStatus(HttpStatusCode.OK);
        await CampaignAsync();
        foreach (var table in (string[])["person", "duty", "duty_correction", "account", "api_key", "post", "issue", "issue_event", "campaign", "schedule_change", "work_log", "frozen_day"])
        {
            var (rows, alone) = await connection.QuerySingleAsync<(int Rows, int Alone)>(
                $"""
                select count(*)::int, count(*) filter (where not exists (select from audit a where a.xmin = t.xmin))::int
                from {table} t where t.xmin::text::bigint >= cast(@start as bigint)
                """,
                new { start });
            Assert.True(rows > 0 && alone == 0, $"{table}: {alone} of {rows} rows without an entry");
        }
    }

    private async Task CampaignAsync()
    {
        var today = DateOnly.FromDateTime(People.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        var monday = today.AddDays(-((int)today.DayOfWeek + 6) % 7);
        var items = new[] { new { code = "heaps", name = "垃圾堆", unit = "处", weight = 1 } };
        var campaign = (await Service.Admin.PostJsonAsync("/api/v1/campaigns", new { name = "整治", from = Day(monday), to = Day(today.AddDays(30)), zoneLevel = 3, items }))
            .AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        (await Service.Admin.AskAsync(HttpMethod.Put, $"/api/v1/campaigns/{campaign}/schedule", System.Net.Http.Json.JsonContent.Create(
            new[] { new { grid = "A11", item = "heaps", week = Day(monday), quantity = 5, version = 0 } }))).AssertStatus(HttpStatusCode.OK);
        (await Service.Admin.PostJsonAsync(
            $"/api/v1/campaigns/{campaign}/worklog", new { grid = "A11", day = Day(today), entries = new[] { new { item = "heaps", quantity = 1 } }, by = "丙" }))
            .AssertStatus(HttpStatusCode.Created);
        (await Service.Admin.PostJsonAsync($"/api/v1/campaigns/{campaign}/freezes", new { day = Day(today) })).AssertStatus(HttpStatusCode.Created);

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");
    }

    [Fact]
    public async Task The_export_is_the_list_and_no_cell_is_a_formula()
    {
        await People.MakeAsync("exported");
        (await Service.Admin.PostJsonAsync("/api/v1/people", new { name = "=1+1" })).AssertStatus(HttpStatusCode.Created);
        var csv = (await Service.Admin.GetAnswerAsync($"{Address}/export.csv?action=person")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.Message.Content.Headers.ContentType?.MediaType);
        var entries = await Service.Admin.ListAllAsync($"{Address}?action=person");
        Assert.Equal(entries.Count + 1, csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("exported", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_telephone_and_no_password_is_in_it()
    {
        var (person, account, password) = await People.MakeAsync("discreet");
        (await Service.Admin.AskAsync(HttpMethod.Patch, $"/api/v1/people/{person}", System.Net.Http.Json.JsonContent.Create(new { phone = "13911112222" }))).AssertStatus(HttpStatusCode.OK);
        var reset = (await Service.Admin.PostJsonAsync($"/api/v1/accounts/{account}/password", new { })).Json.GetProperty("password").GetString()!;
        var text = string.Concat((await Service.Admin.ListAllAsync(Address, limit: 500)).Select(entry => entry.GetRawText()));
        foreach (var secret in (string[])["13911112222", "138discreet", password, reset, "PBKDF2", Service.AdminKey])
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }

        Assert.Contains("\"phoneChanged\":true", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update audit set who = 'nobody'")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    [InlineData("update issue_event set by_name = 'nobody'")]
    [InlineData("delete from work_log")]
    [InlineData("update duty set person_id = 1")]
    [InlineData("delete from duty")]
    [InlineData("update duty_correction set reason = ''")]
    [InlineData("delete from schedule_change")]
    [InlineData("delete from generation")]
    public async Task The_services_own_role_cannot_change_what_was(string sql)
    {
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(command.ExecuteNonQueryAsync);
        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    private static string Text(System.Text.Json.JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? "";
}
