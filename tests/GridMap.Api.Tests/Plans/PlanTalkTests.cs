using System.Net;

namespace GridMap.Api.Tests.Plans;

/// <summary>Publishing later, rolling back, comments, and who has a plan open.</summary>
public sealed class PlanTalkTests(TestService service) : PlanTest(service), IClassFixture<TestService>
{
    [Fact]
    public async Task A_scheduled_plan_is_frozen_published_in_its_time_and_can_be_called_off()
    {
        var (plan, other) = (await StartAsync(), await StartAsync());
        (await EditAsync(plan, 1, new { kind = "update", grid = "U", name = "later" })).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(other, 1, new { kind = "update", grid = "T2", name = "now" })).AssertStatus(HttpStatusCode.Created);
        (await PublishAtAsync(plan, 2, DateTimeOffset.UtcNow.AddHours(-1))).AssertProblem(HttpStatusCode.BadRequest, "bad_at", "at");
        var scheduled = (await PublishAtAsync(plan, 2, DateTimeOffset.UtcNow.AddHours(1))).AssertStatus(HttpStatusCode.Accepted).Json;
        Assert.Equal(3, scheduled.GetProperty("version").GetInt32());
        (await EditAsync(plan, 3, new { kind = "update", grid = "U", name = "other" })).AssertProblem(HttpStatusCode.Conflict, "scheduled");
        (await PublishAtAsync(other, 2, null)).AssertProblem(HttpStatusCode.Conflict, "publication_scheduled");
        (await PublishAtAsync(other, 2, DateTimeOffset.UtcNow.AddHours(2))).AssertProblem(HttpStatusCode.Conflict, "publication_scheduled");

        (await Admin.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}/publish", null)).AssertStatus(HttpStatusCode.OK);
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}/publish", null)).AssertProblem(HttpStatusCode.Conflict, "not_scheduled");
        (await EditAsync(plan, 4, new { kind = "update", grid = "U", name = "soon" })).AssertStatus(HttpStatusCode.Created);
        (await PublishAtAsync(plan, 5, DateTimeOffset.UtcNow.AddSeconds(2))).AssertStatus(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (await StateAsync(plan)) == "published", "it is published in its time");
        await Eventually.TrueAsync(async () => (await Client.GetAnswerAsync("/api/v1/grids/U")).Json.GetProperty("name").GetString() == "soon", "its grids are served");
    }

    [Fact]
    public async Task What_cannot_be_published_when_the_time_comes_stays_a_draft()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "update", grid = "U", name = "never" })).AssertStatus(HttpStatusCode.Created);
        (await PublishAtAsync(plan, 2, DateTimeOffset.UtcNow.AddSeconds(3))).AssertStatus(HttpStatusCode.Accepted);

        // Another generation comes in by a way that asks nobody.
        await Service.PublishAsync([.. TestTownship.First.Select(grid => grid.Code == "U" ? grid with { Name = "by another" } : grid)]);
        await Eventually.TrueAsync(async () => (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("version").GetInt32() == 4, "it is given up");
        Assert.Equal("draft", await StateAsync(plan));
        Service.Log.Take();
    }

    [Fact]
    public async Task Rolling_back_publishes_the_old_grids_as_a_new_generation()
    {
        var plan = await StartAsync();
        var before = (await Client.GetAnswerAsync("/api/v1/settings")).Json.GetProperty("generation").GetInt32();
        var old = await BytesAsync(plan);
        (await EditAsync(plan, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(plan, 2, new { kind = "merge", keep = "T1.2.a", grids = new[] { "T1.2.b" } })).AssertStatus(HttpStatusCode.Created);
        await PublishAsync(plan);
        var restored = (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/generations/{before}/restore?note=back", null)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(before + 2, restored.GetProperty("generation").GetInt32());
        Assert.Equal(old, await BytesAsync(await StartAsync()));
        (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/generations/{before}/restore", null)).AssertProblem(HttpStatusCode.Conflict, "nothing_changes");
        (await Admin.AskAsync(HttpMethod.Post, "/api/v1/generations/99999/restore", null)).AssertProblem(HttpStatusCode.NotFound, "unknown_generation");
        (await Client.AskAsync(HttpMethod.Post, $"/api/v1/generations/{before}/restore", null)).AssertStatus(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Comments_stay_and_are_settled()
    {
        var plan = await StartAsync();
        var (lon, lat) = TestTownship.Point(75, 5);
        var made = (await Admin.PostJsonAsync($"/api/v1/plans/{plan}/comments", new { text = "这里沿河走", grid = "U", lon, lat })).AssertStatus(HttpStatusCode.Created).Json;
        (await Admin.PostJsonAsync($"/api/v1/plans/{plan}/comments", new { text = " " })).AssertProblem(HttpStatusCode.BadRequest, "missing", "text");
        var id = made.GetProperty("id").GetInt64();
        (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/comments/{id}/resolve", null)).AssertStatus(HttpStatusCode.NoContent);
        (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/comments/{id + 1000}/resolve", null)).AssertProblem(HttpStatusCode.NotFound, "unknown_comment");
        var listed = Assert.Single((await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/comments")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("这里沿河走", "U"), (listed.GetProperty("text").GetString(), listed.GetProperty("grid").GetString()));
        Assert.Equal(lon, listed.GetProperty("place").GetProperty("lon").GetDouble(), 8);
        Assert.Equal("admin", listed.GetProperty("resolvedBy").GetString());
    }

    [Fact]
    public async Task Who_has_the_plan_open_is_heard_of_by_the_others_for_half_a_minute()
    {
        var plan = await StartAsync();
        Assert.Empty((await PresenceAsync(plan, "U")).GetProperty("others").EnumerateArray());
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await Dapper.SqlMapper.ExecuteAsync(
            connection, "insert into plan_presence (plan_id, who, key, grids, seen_at) values (@plan, 'Lin', 'account:1', '{T2}', now()), (@plan, 'Gone', 'account:2', '{T1}', now() - interval '31 s')", new { plan });
        var other = Assert.Single((await PresenceAsync(plan, "U")).GetProperty("others").EnumerateArray());
        Assert.Equal(("Lin", "T2"), (other.GetProperty("who").GetString(), other.GetProperty("grids")[0].GetString()));
    }

    private async Task<System.Text.Json.JsonElement> PresenceAsync(long plan, string grid) =>
        (await Admin.AskAsync(HttpMethod.Put, $"/api/v1/plans/{plan}/presence", System.Net.Http.Json.JsonContent.Create(new { grids = new[] { grid } }))).AssertStatus(HttpStatusCode.OK).Json;

    private Task<Answer> PublishAtAsync(long plan, int version, DateTimeOffset? at) => Admin.AskAsync(
        HttpMethod.Post, $"/api/v1/plans/{plan}/publish{(at is null ? "" : $"?at={Uri.EscapeDataString(at.Value.ToString("O"))}")}", null, ("If-Match", $"\"{version}\""));

    private async Task<string?> StateAsync(long plan) => (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("state").GetString();
}
