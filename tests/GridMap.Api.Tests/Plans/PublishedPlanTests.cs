using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.Issues;

namespace GridMap.Api.Tests.Plans;

/// <summary>What publishing a plan means for people: said before, done with it, and nothing that was is another afterwards.</summary>
public sealed class PublishedPlanTests(TestService service) : PlanTest(service), IClassFixture<TestService>
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("update duty set to_at = greatest(now(), from_at + interval '1 microsecond') where to_at is null");
    }

    [Fact]
    public async Task A_new_part_gets_the_people_of_the_grid_that_it_came_from()
    {
        var leader = await AppointAsync("T1.2.a", "grid_leader", "Leader A");
        var plan = await StartAsync();
        (await EditAsync(plan, 1, Split("T1.2.a", (-1, 36), (21, 36)))).AssertStatus(HttpStatusCode.Created);
        var told = await ConsequencesAsync(plan);
        var part = Text(told.GetProperty("added").EnumerateArray().Single(), "code")!;
        var before = told.GetProperty("duties").EnumerateArray().Single();
        Assert.Equal((part, "grid_leader", "Leader A", "T1.2.a"), (Text(before, "code"), Text(before, "role"), Text(before, "person"), Text(before, "from")));

        var generation = await PublishAsync(plan);
        Assert.Equal([leader], await HoldersAsync("T1.2.a", "grid_leader"));
        Assert.Equal([leader], await HoldersAsync(part, "grid_leader"));
        Assert.Equal(["duty.appointed T1.2.a", $"duty.appointed {part}", "grid.changed T1.2.a"], await ToldAsync(leader));
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var share = await connection.ExecuteScalarAsync<double>(
            "select share from lineage l join grid_code a on a.grid_id = l.from_id join grid_code b on b.grid_id = l.to_id where a.code = 'T1.2.a' and b.code = @part and l.generation = @generation", new { part, generation });
        Assert.Equal(0.5, share, 0.001);
        await Eventually.TrueAsync(async () => await IsLedAsync(5, 30) && await IsLedAsync(5, 42), "both parts answer with a leader");
    }

    [Fact]
    public async Task A_new_part_is_vacant_where_the_planner_says_so()
    {
        await AppointAsync("U", "grid_leader", "Leader U");
        var plan = await StartAsync();
        (await EditAsync(plan, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        var told = await ConsequencesAsync(plan, "?newParts=vacant");
        Assert.Empty(told.GetProperty("duties").EnumerateArray());
        (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish?newParts=all", null, ("If-Match", "\"2\""))).AssertProblem(HttpStatusCode.BadRequest, "bad_new_parts");
        await PublishAsync(plan, "?newParts=vacant");
        Assert.Empty(await HoldersAsync(Text(told.GetProperty("added")[0], "code")!, "grid_leader"));
    }

    [Fact]
    public async Task Of_merged_grids_the_leader_of_the_one_stays_and_the_others_become_workers()
    {
        var (stays, becomes) = (await AppointAsync("T1.2.a", "grid_leader", "Stays"), await AppointAsync("T1.2.b", "grid_leader", "Becomes"));
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "merge", keep = "T1.2.a", grids = new[] { "T1.2.b" } })).AssertStatus(HttpStatusCode.Created);
        var generation = await PublishAsync(plan);
        Assert.Equal([stays], await HoldersAsync("T1.2.a", "grid_leader"));
        Assert.Equal([becomes], await HoldersAsync("T1.2.a", "grid_worker"));
        Assert.Contains("grid.removed T1.2.b", await ToldAsync(becomes));
        await using var connection = await Service.Owner.OpenConnectionAsync();

        // Who led the merged grid in its time still did.
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>(
            "select count(*) from duty d join grid_code c on c.grid_id = d.grid_id join generation g on g.number = @generation where c.code = 'T1.2.b' and d.person_id = @becomes and d.from_at < g.effective_from",
            new { generation, becomes }));
    }

    [Fact]
    public async Task Consequences_count_what_comes_to_whom()
    {
        await AppointAsync("T1.2.a", "grid_leader", "Leader of a");
        foreach (var y in (double[])[26, 28, 40])
            await Service.Client.ReportNumberAsync(5, y);
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "update", grid = "T1.2.a", households = 100 })).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(plan, 2, Split("T1.2.a", (-1, 36), (21, 36)))).AssertStatus(HttpStatusCode.Created);
        var told = await ConsequencesAsync(plan);
        var part = Text(told.GetProperty("added").EnumerateArray().Single(), "code");
        Assert.Contains("T1.2.a", told.GetProperty("reshaped").EnumerateArray().Select(grid => Text(grid, "code")));
        var moved = told.GetProperty("movements").EnumerateArray().Single(movement => Text(movement, "code") == part);
        Assert.Equal("Leader of a", moved.GetProperty("leaders")[0].GetString());
        var issues = told.GetProperty("issues").GetInt32();
        Assert.Equal(moved.GetProperty("issues").GetInt32(), issues);
        await PublishAsync(plan);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(issues, await connection.ExecuteScalarAsync<int>("select count(*) from issue i join grid_code c on c.grid_id = i.grid_id where c.code = @part", new { part }));
        Assert.InRange(issues, 1, 2);
    }

    [Fact]
    public async Task Of_two_plans_on_one_base_one_wins_and_the_other_is_told_what_collided()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        (await EditAsync(one, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(other, 1, Split("U", (75, -1), (75, 11)))).AssertStatus(HttpStatusCode.Created);
        var answers = await Task.WhenAll(((long[])[one, other]).Select(plan => Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish", null, ("If-Match", "\"2\""))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        var refused = answers.Single(answer => answer.Status != HttpStatusCode.OK).AssertProblem(HttpStatusCode.Conflict, "base_moved");
        Assert.Contains("U", refused.Json.GetProperty("grids").EnumerateArray().Select(code => code.GetString()));
        var loser = answers[0].Status == HttpStatusCode.OK ? other : one;
        var told = await ConsequencesAsync(loser);
        Assert.Contains("U", told.GetProperty("conflicts").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(JsonValueKind.Number, told.GetProperty("newerGeneration").ValueKind);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task<JsonElement> ConsequencesAsync(long plan, string query = "") =>
        (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/consequences{query}")).AssertStatus(HttpStatusCode.OK).Json;

    private async Task<long> AppointAsync(string grid, string role, string name)
    {
        var id = (await Admin.PostJsonAsync("/api/v1/duties", new { role, grid, personName = name })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select person_id from duty where id = @id", new { id });
    }

    private async Task<List<long>> HoldersAsync(string code, string role)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return [.. await connection.QueryAsync<long>(
            "select d.person_id from duty d join grid_code c on c.grid_id = d.grid_id where c.code = @code and d.role = @role and d.to_at is null order by d.id", new { code, role })];
    }

    private async Task<List<string>> ToldAsync(long person)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select concat(kind, ' ', parameters ->> 'grid') from inbox where person_id = @person order by 1", new { person })];
    }

    private async Task<bool> IsLedAsync(double x, double y)
    {
        var (lon, lat) = TestTownship.Point(x, y);
        var chain = (await Client.GetAnswerAsync(FormattableString.Invariant($"/api/v1/lookup?lon={lon:R}&lat={lat:R}"))).Json.GetProperty("chain");
        return chain[chain.GetArrayLength() - 1].GetProperty("responsible").EnumerateArray().Any(one => Text(one, "role") == "grid_leader");
    }
}
