using System.Net;

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
