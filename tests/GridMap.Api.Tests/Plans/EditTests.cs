using System.Net;
using System.Text.Json;
using GridMap.Api.Tests.Issues;

namespace GridMap.Api.Tests.Plans;

/// <summary>Planners at work: every edit whole or not at all, taken back to the byte, and nobody writes over what they have not seen.</summary>
public sealed class EditTests(TestService service) : PlanTest(service), IClassFixture<TestService>
{
    [Fact]
    public async Task A_split_is_shown_dry_then_done_then_published_as_it_was_shown()
    {
        var plan = await StartAsync();
        var split = Split("T1.2.a", (-1, 36), (21, 36));
        var dry = (await EditAsync(plan, 1, split, dryRun: true)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(JsonValueKind.Null, dry.GetProperty("edit").GetProperty("ordinal").ValueKind);
        Assert.Equal(1, dry.GetProperty("plan").GetProperty("version").GetInt32());
        Assert.Equal(0, await CountAsync("plan_edit where plan_id = @plan", plan));
        Assert.Equal(0, await CountAsync("plan_grid where plan_id = @plan", plan));

        var done = (await EditAsync(plan, 1, split)).AssertStatus(HttpStatusCode.Created);
        Assert.Equal("\"2\"", done.Header("ETag"));
        Assert.Equal(Changes(dry), Changes(done.Json));
        Assert.Contains("T1.2.a-2 added", Changes(done.Json));
        Assert.Contains("T1.2.a reshaped", Changes(done.Json));

        var grids = await GridsAsync(plan, "");
        Assert.Equal(TestTownship.First.Count + 1, grids.Count);
        Assert.Contains(grids, grid => grid.GetProperty("code").GetString() == "T1.2.a-2" && grid.GetProperty("parent").GetString() == "T1.2");
        (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish", null, ("If-Match", "\"2\""))).AssertStatus(HttpStatusCode.OK);
        await Eventually.TrueAsync(
            async () => (await Admin.GetAnswerAsync("/api/v1/grids?limit=100&parent=T1.2")).Json.GetProperty("items").EnumerateArray()
                .Select(grid => grid.GetProperty("code").GetString()).SequenceEqual(["T1.2.a", "T1.2.a-2", "T1.2.b"]),
            "the new part is served");
    }

    [Fact]
    public async Task Undo_to_the_start_and_redo_to_the_end_are_exact_to_the_byte()
    {
        var plan = await StartAsync();
        var start = await BytesAsync(plan);
        var version = 1;
        object[] edits =
        [
            Split("T2.1", (31, 10), (65, 11)), new { kind = "merge", keep = "T1.2.a", grids = new[] { "T1.2.b" } },
            new { kind = "moveVertex", at = At(36, 24), moveTo = At(37, 25) }, new { kind = "update", grid = "U", name = "新名", households = 320 },
            new { kind = "lock", grids = new[] { "U" } }, new { kind = "delete", grid = "T1.S", to = "T1.1" },
            new { kind = "transfer", from = "T2", to = "T1", geometry = Polygon((30, 20), (50, 20), (50, 30), (30, 30)) },
            new { kind = "create", level = 3, parent = "T2", name = "其余" }, new { kind = "unlock", grids = new[] { "U" } },
            new { kind = "reshape", grid = "U", geometry = Line((70, 2), (68, 2), (68, 5), (70, 5)) },
            new { kind = "divide", grid = "U", parts = 3, seed = 2 },
        ];
        var states = new List<string>();
        foreach (var edit in edits)
        {
            (await EditAsync(plan, version++, edit)).AssertStatus(HttpStatusCode.Created);
            states.Add(await BytesAsync(plan));
        }

        for (var i = edits.Length - 1; i >= 0; i--)
        {
            (await StepAsync(plan, version++, "undo")).AssertStatus(HttpStatusCode.OK);
            Assert.Equal(i > 0 ? states[i - 1] : start, await BytesAsync(plan));
        }

        Assert.Equal(0, await CountAsync("plan_grid where plan_id = @plan", plan));
        (await StepAsync(plan, version, "undo")).AssertProblem(HttpStatusCode.Conflict, "nothing_to_undo");
        for (var i = 0; i < edits.Length; i++)
            (await StepAsync(plan, version++, "redo")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(states[^1], await BytesAsync(plan));
        (await StepAsync(plan, version, "redo")).AssertProblem(HttpStatusCode.Conflict, "nothing_to_redo");

        (await StepAsync(plan, version++, "undo")).AssertStatus(HttpStatusCode.OK);
        (await EditAsync(plan, version++, new { kind = "update", grid = "T", name = "anders" })).AssertStatus(HttpStatusCode.Created);
        (await StepAsync(plan, version, "redo")).AssertProblem(HttpStatusCode.Conflict, "nothing_to_redo");
        Assert.Equal(edits.Length, await CountAsync("plan_edit where plan_id = @plan", plan));
    }

    [Fact]
    public async Task Who_writes_on_an_older_version_is_told_what_came_between()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "update", grid = "U", name = "one" })).AssertStatus(HttpStatusCode.Created);
        var refusal = (await EditAsync(plan, 1, new { kind = "update", grid = "U", name = "other" })).AssertProblem(HttpStatusCode.PreconditionFailed, "plan_changed", "If-Match");
        Assert.Equal(2, refusal.Json.GetProperty("version").GetInt32());
        var since = Assert.Single(refusal.Json.GetProperty("since").EnumerateArray());
        Assert.Equal(("update", "U"), (since.GetProperty("kind").GetString(), since.GetProperty("grids")[0].GetString()));
        (await Admin.PostJsonAsync($"/api/v1/plans/{plan}/edits", new { kind = "lock", grids = new[] { "U" } }))
            .AssertProblem(HttpStatusCode.PreconditionRequired, "version_required", "If-Match");
    }

    [Fact]
    public async Task Of_many_who_edit_one_version_at_once_one_does_and_the_others_are_told()
    {
        var plan = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => EditAsync(plan, 1, new { kind = "update", grid = "U", name = $"name {i}" })));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        Assert.Equal(1, await CountAsync("plan_edit where plan_id = @plan", plan));
    }

    [Fact]
    public async Task What_would_break_the_plan_is_refused_with_its_place_and_changes_nothing()
    {
        var plan = await StartAsync();
        var crossing = (await EditAsync(plan, 1, new { kind = "moveVertex", at = At(20, 24), moveTo = At(60, 40) })).AssertProblem(HttpStatusCode.UnprocessableEntity, "crosses");
        Assert.NotEqual(JsonValueKind.Null, crossing.Json.GetProperty("geometry").ValueKind);
        (await EditAsync(plan, 1, Split("U", (69, 5), (75, 5)))).AssertProblem(HttpStatusCode.UnprocessableEntity, "does_not_divide");
        (await EditAsync(plan, 1, Split("nobody", (69, 5), (75, 5)))).AssertProblem(HttpStatusCode.BadRequest, "unknown_grid", "grid");
        (await EditAsync(plan, 1, new { kind = "split", grid = "U" })).AssertProblem(HttpStatusCode.BadRequest, "missing", "geometry");
        (await EditAsync(plan, 1, new { kind = "split", grid = "U", geometry = new { type = "Point", coordinates = At(75, 5) } })).AssertProblem(HttpStatusCode.BadRequest, "bad_geometry", "geometry");
        (await EditAsync(plan, 1, new { kind = "explode", grid = "U" })).AssertProblem(HttpStatusCode.BadRequest, "bad_kind", "kind");
        (await EditAsync(plan, 1, new { kind = "update", grid = "U", code = "T" })).AssertProblem(HttpStatusCode.UnprocessableEntity, "code_taken");
        Assert.Equal(0, await CountAsync("plan_edit where plan_id = @plan", plan));
        Assert.Equal(1, (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_code_that_another_draft_has_given_is_passed_over()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        (await EditAsync(one, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        var second = (await EditAsync(other, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        Assert.Contains("U-3 added", Changes(second.Json));
    }

    [Fact]
    public async Task Defects_follow_each_edit_and_its_answer_says_which()
    {
        var plan = await StartAsync();
        var made = (await EditAsync(plan, 1, new { kind = "delete", grid = "T1.S" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("defects");
        Assert.Contains(made.GetProperty("added").EnumerateArray(), defect => defect.GetProperty("kind").GetString() == "gap");
        var listed = await DefectsAsync(plan);
        Assert.Equal(made.GetProperty("count").GetInt32(), listed.Count);
        var mended = (await EditAsync(plan, 2, new { kind = "create", level = 3, parent = "T1", name = "学校" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("defects");
        Assert.Contains(mended.GetProperty("removed").EnumerateArray(), defect => defect.GetProperty("kind").GetString() == "gap");
        Assert.Equal(mended.GetProperty("count").GetInt32(), (await DefectsAsync(plan)).Count);
        (await StepAsync(plan, 3, "undo")).AssertStatus(HttpStatusCode.OK);
        (await StepAsync(plan, 4, "undo")).AssertStatus(HttpStatusCode.OK);
        Assert.DoesNotContain(await DefectsAsync(plan), defect => defect.GetProperty("kind").GetString() == "gap" && defect.GetProperty("level").GetInt32() == 3
            && defect.GetProperty("codes").EnumerateArray().Any(code => code.GetString() == "T1"));
    }

    [Fact]
    public async Task A_gap_is_shown_mended_and_then_mended()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "delete", grid = "T1.S" })).AssertStatus(HttpStatusCode.Created);
        var gap = (await DefectsAsync(plan)).Single(defect => defect.GetProperty("kind").GetString() == "gap" && defect.GetProperty("codes").EnumerateArray().Any(code => code.GetString() == "T1"));
        var place = gap.GetProperty("place");
        var repair = new { kind = "repair", level = 3, at = new[] { place.GetProperty("lon").GetDouble(), place.GetProperty("lat").GetDouble() } };
        Assert.Contains((await EditAsync(plan, 2, repair, dryRun: true)).AssertStatus(HttpStatusCode.OK).Json.GetProperty("defects").GetProperty("removed").EnumerateArray(), defect => defect.GetProperty("kind").GetString() == "gap");
        Assert.Contains("T1.1 reshaped", Changes((await EditAsync(plan, 2, repair)).AssertStatus(HttpStatusCode.Created).Json));
        (await EditAsync(plan, 3, repair)).AssertProblem(HttpStatusCode.UnprocessableEntity, "nothing_to_repair");
    }

    [Fact]
    public async Task A_copy_has_all_edits_and_goes_its_own_way()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(plan, 2, new { kind = "lock", grids = new[] { "T" } })).AssertStatus(HttpStatusCode.Created);
        var copy = (await Admin.PostJsonAsync("/api/v1/plans", new { name = "copy", copyOf = plan })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        Assert.Equal(await BytesAsync(plan), await BytesAsync(copy));
        var detail = (await Admin.GetAnswerAsync($"/api/v1/plans/{copy}")).Json;
        Assert.Equal(2, detail.GetProperty("edits").GetArrayLength());
        Assert.Equal("T", Assert.Single(detail.GetProperty("locks").EnumerateArray()).GetString());
        (await StepAsync(copy, 1, "undo")).AssertStatus(HttpStatusCode.OK);
        (await StepAsync(copy, 2, "undo")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(0, await CountAsync("plan_grid where plan_id = @plan", copy));
        Assert.NotEqual(0, await CountAsync("plan_grid where plan_id = @plan", plan));
    }

    [Fact]
    public async Task Open_issues_that_get_another_grid_are_counted()
    {
        await Service.Client.ReportNumberAsync(72, 2);
        await Service.Client.ReportNumberAsync(72, 3);
        await Service.Client.ReportNumberAsync(78, 8);
        var plan = await StartAsync();
        var moved = (await EditAsync(plan, 1, Split("U", (69, 4), (81, 4)), dryRun: true)).AssertStatus(HttpStatusCode.OK).Json.GetProperty("moved");
        Assert.Equal(2, moved.GetProperty("issues").GetInt32());
    }
}
