using System.Net;
using System.Text.Json;

namespace GridMap.Api.Tests.Imports;

/// <summary>Imports as edits of a plan that is there, and what is told before anything is stored. Each test begins by publishing the township.</summary>
public sealed class PlanImportTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    // The ground of T2 that no child has.
    private static readonly TestGrid Upper = new("T2.9", 3, "T2", "POLYGON ((36 24, 64 24, 64 48, 40 48, 36 24))") { Name = "北片" };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.PublishAsync(TestTownship.First);
    }

    [Fact]
    public async Task An_import_into_a_plan_is_one_edit_more_and_can_be_taken_back_and_done_again()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "update", grid = "T2", name = "东村" })).AssertStatus(HttpStatusCode.Created);
        var before = await StateAsync(plan);

        var job = await ImportAsync(TownshipFile("upper.geojson", Upper), "level=3", "mode=add", $"plan={plan}");
        Assert.Equal(plan, AssertDone(job));
        Assert.Equal((1, 0, 0), Level(job, 3) is var (made, changed, removed, _) ? (made, changed, removed) : default);
        var after = await StateAsync(plan);
        Assert.Contains("T2.9 北片", after, StringComparison.Ordinal);
        Assert.Contains("T2 东村", after, StringComparison.Ordinal);
        Assert.Equal(["update", "import"], (await PlanAsync(plan)).GetProperty("edits").EnumerateArray().Select(edit => edit.GetProperty("kind").GetString()!));

        (await StepAsync(plan, 3, "undo")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(before, await StateAsync(plan));
        (await StepAsync(plan, 4, "redo")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(after, await StateAsync(plan));

        // What was imported is drawn on like any other grid.
        (await EditAsync(plan, 5, new { kind = "merge", keep = "T2.1", grids = new[] { "T2.9" } })).AssertStatus(HttpStatusCode.Created);
        (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_import_that_would_change_a_locked_grid_is_refused_and_names_it()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "lock", grids = new[] { "T1" } })).AssertStatus(HttpStatusCode.Created);
        var redrawn = TownshipFile("t1.geojson", new TestGrid("T1", 2, "T", "POLYGON ((0 0, 30 0, 36 24, 40 48, 20 48, 0 48, 0 24, 0 0))"));
        var problem = AssertRefused(await ImportAsync(redrawn, "level=2", "mode=match", $"plan={plan}"), "locked");
        Assert.Equal(["T1"], problem.GetProperty("grids").EnumerateArray().Select(code => code.GetString()!));
        Assert.Equal(2, (await PlanAsync(plan)).GetProperty("plan").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_try_tells_what_an_import_would_do_and_stores_nothing()
    {
        var plan = await StartAsync();
        var before = await StateAsync(plan);
        var file = TownshipFile("upper.geojson", Upper);
        foreach (var into in (string[])[$"plan={plan}", "name=of its own"])
        {
            var job = await ImportAsync(file, "level=3", "mode=add", "dryRun=true", into);
            Assert.Equal("done", job.GetProperty("state").GetString());
            Assert.Equal(JsonValueKind.Null, job.GetProperty("planId").ValueKind);
            Assert.Equal(1, Level(job, 3).New);
        }

        Assert.Equal(before, await StateAsync(plan));
        var plans = (await Admin.GetAnswerAsync("/api/v1/plans")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.DoesNotContain(plans.EnumerateArray(), item => item.GetProperty("name").GetString() == "of its own");
    }

    [Fact]
    public async Task A_plan_that_is_not_there_or_no_draft_takes_no_import()
    {
        var file = TownshipFile("upper.geojson", Upper);
        (await SendAsync([("file", file)], "level=3", "mode=add", "plan=999999")).AssertProblem(HttpStatusCode.NotFound, "unknown_plan");
        (await SendAsync([("file", file)], "level=3", "mode=add", "plan=first")).AssertProblem(HttpStatusCode.BadRequest, "bad_plan");
        var plan = await StartAsync();
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}", null, ("If-Match", "\"1\""))).AssertStatus(HttpStatusCode.NoContent);
        AssertRefused(await ImportAsync(file, "level=3", "mode=add", $"plan={plan}"), "not_a_draft");
    }

    [Fact]
    public async Task A_code_that_another_draft_has_given_is_not_given_twice()
    {
        var file = TownshipFile("upper.geojson", Upper with { Code = "T2.twice" });
        var (first, second) = (await StartAsync(), await StartAsync());
        AssertDone(await ImportAsync(file, "level=3", "mode=add", $"plan={first}"));
        AssertRefused(await ImportAsync(file, "level=3", "mode=add", $"plan={second}"), "code_taken", "codeField");
    }

    [Fact]
    public async Task A_preview_tells_fields_with_examples_and_outlines()
    {
        var file = TownshipFile("upper.geojson", Upper, Upper with { Code = "T2.8", Wkt = "POLYGON ((64 0, 66 0, 66 2, 64 0))" });
        var preview = (await PreviewAsync(file, "level=3")).AssertStatus(HttpStatusCode.OK).Json;
        var level = Assert.Single(preview.GetProperty("levels").EnumerateArray());
        Assert.Equal((3, 2, 2), (level.GetProperty("level").GetInt32(), level.GetProperty("features").GetInt32(), level.GetProperty("polygons").GetInt32()));
        var fields = level.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!);
        Assert.Equal(["T2.9", "T2.8"], fields["code"].GetProperty("samples").EnumerateArray().Select(sample => sample.GetString()!));
        Assert.Equal((1, 0), (fields["name"].GetProperty("distinct").GetInt32(), fields["name"].GetProperty("empty").GetInt32()));
        Assert.Equal("code", level.GetProperty("chosen").GetProperty("code").GetString());
        Assert.Equal("MultiPolygon", preview.GetProperty("outlines").GetProperty("type").GetString());
        var (west, south) = TestTownship.Point(36, 0);
        Assert.Equal([west, south], preview.GetProperty("bbox").EnumerateArray().Take(2).Select(each => each.GetDouble()));
    }

    [Fact]
    public async Task A_preview_of_a_file_without_codes_or_without_sense_says_so()
    {
        var nameless = Files.Text("nameless.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"colour":"red"},"geometry":{"type":"Polygon","coordinates":[[[113,23],[113.01,23],[113.01,23.01],[113,23]]]}}]}""");
        var preview = (await PreviewAsync(nameless, "level=3")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("levels")[0].GetProperty("chosen").GetProperty("code").ValueKind);
        (await PreviewAsync(Files.Text("broken.geojson", "{"))).AssertProblem(HttpStatusCode.BadRequest, "invalid_json");
    }

    private async Task<Answer> PreviewAsync(string path, params string[] values)
    {
        using var form = new MultipartFormDataContent();
        foreach (var value in values)
            form.Add(new StringContent(value.Split('=')[1]), value.Split('=')[0]);
        form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(path)), "file", Path.GetFileName(path));
        return await Admin.AskAsync(HttpMethod.Post, $"{Address}/preview", form);
    }

    private async Task<long> StartAsync() =>
        (await Admin.PostJsonAsync("/api/v1/plans", new { name = "draft" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();

    private Task<Answer> EditAsync(long plan, int version, object edit) => Admin.PostJsonAsync($"/api/v1/plans/{plan}/edits", edit, ("If-Match", $"\"{version}\""));

    private Task<Answer> StepAsync(long plan, int version, string way) => Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/{way}", null, ("If-Match", $"\"{version}\""));

    private async Task<JsonElement> PlanAsync(long plan) => (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).AssertStatus(HttpStatusCode.OK).Json;

    /// <summary>The plan's grids with their polygons to the last digit.</summary>
    private async Task<string> StateAsync(long plan)
    {
        var answer = (await Admin.AskAsync(HttpMethod.Get, $"/api/v1/plans/{plan}/grids?limit=1000", null, ("Accept", "application/geo+json"))).AssertStatus(HttpStatusCode.OK).Json;
        return string.Join('\n', answer.GetProperty("features").EnumerateArray().Select(feature =>
            $"{feature.GetProperty("properties").GetProperty("code").GetString()} {feature.GetProperty("properties").GetProperty("name").GetString()} {feature.GetProperty("geometry").GetRawText()}").Order(StringComparer.Ordinal));
    }
}
