using System.Net;
using System.Text.Json;
using GridMap.Api.Tests.Imports;

namespace GridMap.Api.Tests.People;

/// <summary>A planner of one community: redraws it, and not the neighbour's.</summary>
public sealed class PlanReachTests(PeopleService service) : ImportTest(service), IClassFixture<PeopleService>
{
    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task A_communitys_planner_changes_and_publishes_what_lies_in_it()
    {
        var planner = await People.SignInAsync("plans-a1", ("planner", "A1"));
        var job = await SendAsync(planner.Client, Named("A11", "新名字"), "A1");
        var plan = AssertDone(job);
        (await planner.Client.GetAnswerAsync($"/api/v1/plans/{plan}")).AssertStatus(HttpStatusCode.OK);
        var other = await People.SignInAsync("plans-a2", ("planner", "A2"));
        (await other.Client.GetAnswerAsync($"/api/v1/plans/{plan}")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await other.Client.GetAnswerAsync($"/api/v1/plans/{plan}/grids")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await other.Client.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish", null, ("If-Match", "\"1\""))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await other.Client.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}", null, ("If-Match", "\"1\""))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        Assert.Empty(await other.Client.ListAllAsync("/api/v1/plans"));
        Assert.Empty(await other.Client.ListAllAsync("/api/v1/imports"));
        (await other.Client.GetAnswerAsync($"/api/v1/imports/{job.GetProperty("id").GetInt64()}")).AssertProblem(HttpStatusCode.NotFound, "unknown_import");
        foreach (var attempt in (string[])["GET /api/v1/plans/{id:long}", "POST /api/v1/plans/{id:long}/publish", "DELETE /api/v1/plans/{id:long}"])
        {
            Assert.Contains(await People.AuditAsync(attempt), entry => entry is { Who: "plans-a2", Outcome: "refused" });
        }

        (await planner.Client.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish", null, ("If-Match", "\"1\""))).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("plans-a1", (await People.AuditAsync("plan.publish")).Last().Who);
        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("A11")!.Name == "新名字", "the generation is served");
    }

    [Fact]
    public async Task What_lies_beyond_is_refused_whole()
    {
        var planner = await People.SignInAsync("plans-b1", ("planner", "B1"));
        var job = await SendAsync(planner.Client, Named("B21", "不是我的"), "B2");
        Assert.Equal("failed", job.GetProperty("state").GetString());
        Assert.Equal("out_of_reach", job.GetProperty("problem").GetProperty("code").GetString());
        Assert.Contains("B21", job.GetProperty("problem").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("null", job.GetProperty("planId").GetRawText());
        Assert.DoesNotContain(await Service.Admin.ListAllAsync("/api/v1/plans"), plan => plan.GetProperty("createdBy").GetString() == "plans-b1");
        Assert.Contains(await People.AuditAsync("import.run"), entry => entry is { Who: "plans-b1", Outcome: "refused" });
    }

    [Fact]
    public async Task An_edit_stays_in_reach_though_it_puts_a_vertex_on_a_border_with_others()
    {
        var planner = await People.SignInAsync("plans-a3", ("planner", "A1"));
        var plan = (await planner.Client.PostJsonAsync("/api/v1/plans", new { name = "mine" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        var own = await AcrossAsync("A11");
        var done = (await EditAsync(planner.Client, plan, own, dryRun: false)).AssertStatus(HttpStatusCode.Created).Json;
        Assert.Contains(done.GetProperty("changes").EnumerateArray(), change => change.GetProperty("change").GetString() == "reNoded");
        var others = await AcrossAsync("B21");
        foreach (var dryRun in (bool[])[true, false])
            (await EditAsync(planner.Client, plan, others, dryRun, version: 2)).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        Assert.Single((await planner.Client.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("edits").EnumerateArray());
    }

    private static Task<Answer> EditAsync(HttpClient client, long plan, object edit, bool dryRun, int version = 1) =>
        client.PostJsonAsync($"/api/v1/plans/{plan}/edits?dryRun={dryRun}", edit, ("If-Match", $"\"{version}\""));

    private async Task<object> AcrossAsync(string code)
    {
        var box = (await Service.Admin.GetAnswerAsync($"/api/v1/grids/{code}")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("bbox").EnumerateArray().Select(side => side.GetDouble()).ToArray();
        var lat = (box[1] + box[3]) / 2;
        return new { kind = "split", grid = code, geometry = new { type = "LineString", coordinates = new[] { new[] { box[0] - 1e-4, lat }, new[] { box[2] + 1e-4, lat } } } };
    }

    private string Named(string code, string name)
    {
        var grid = PeopleService.Towns().Single(one => one.Code == code);
        var polygon = TestTownship.Polygon(grid.Wkt);
        return Files.GeoJson("grid.geojson", [new SourceGrid(code, name, polygon.AsText())]);
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, string parent)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("3"), "level" }, { new StringContent("match"), "mode" }, { new StringContent(parent), "parent" },
            { new StringContent("编码"), "codeField" }, { new StringContent("名称"), "nameField" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(path)), "file", "grid.geojson" },
        };
        var answer = (await client.AskAsync(HttpMethod.Post, Address, form)).AssertStatus(HttpStatusCode.Accepted);
        var state = answer.Json;
        await Eventually.TrueAsync(
            async () =>
            {
                state = (await client.GetAnswerAsync(answer.Header("Location")!)).AssertStatus(HttpStatusCode.OK).Json;
                return state.GetProperty("state").GetString() is "done" or "failed";
            },
            "the import ends", seconds: 60);
        return state;
    }
}
