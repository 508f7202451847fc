using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Issues;
using GridMap.Api.Tests.People;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Issues;

/// <summary>The way of an issue among people: who may what, what is required, who is told, what the reporter sees, and the clock.</summary>
public sealed class IssueWayTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private static int names;

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task The_whole_way_from_report_to_write_off_and_back_by_the_reporter()
    {
        var worker = await NewAsync("worker", ("grid_worker", "A11"));
        var leader = await NewAsync("leader", ("grid_leader", "A1"));
        var receipt = await ReportAsync("A11");
        var number = receipt.GetProperty("number").GetString()!;
        Assert.Contains("issue.reported", await InboxAsync(worker));

        (await MoveAsync(worker.Client, number, "claim")).AssertStatus(HttpStatusCode.OK);
        (await MoveAsync(worker.Client, number, "rectify")).AssertStatus(HttpStatusCode.OK);
        Assert.Contains("issue.rectified", await InboxAsync(leader));
        (await MoveAsync(worker.Client, number, "verify", new { result = "pass", exception = "x" })).AssertProblem(HttpStatusCode.Conflict, "same_person");
        (await MoveAsync(leader.Client, number, "verify", new { result = "pass" })).AssertProblem(HttpStatusCode.BadRequest, "after_photo_required", "photos");
        (await MoveAsync(leader.Client, number, "verify", new { result = "fail" })).AssertProblem(HttpStatusCode.BadRequest, "note_required", "note");
        (await MoveAsync(leader.Client, number, "verify", new { result = "fail", note = "还有一堆" })).AssertStatus(HttpStatusCode.OK);
        Assert.Contains("issue.returned", await InboxAsync(worker));

        var photo = TestReports.Form(TestTownship.Point(0, 0), TestPictures.Jpeg);
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(TestPictures.Jpeg), "photos", "after.jpg");
        (await worker.Client.AskAsync(HttpMethod.Post, $"/api/v1/issues/{number}/rectify", form)).AssertStatus(HttpStatusCode.OK);
        photo.Dispose();
        var closed = (await MoveAsync(leader.Client, number, "verify", new { result = "pass" })).AssertStatus(HttpStatusCode.OK).Json;
        var marks = closed.GetProperty("marks");
        Assert.Equal((1, 0), (marks.GetProperty("returned").GetInt32(), marks.GetProperty("reopened").GetInt32()));
        Assert.Equal(JsonValueKind.Null, marks.GetProperty("exception").ValueKind);

        var word = receipt.GetProperty("track").GetString()![3..];
        var seen = (await Client.GetAnswerAsync($"/api/v1/track/{word}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("writtenOff", seen.Json.GetProperty("state").GetString());
        Assert.True(seen.Json.GetProperty("canReopen").GetBoolean());
        Assert.Single(seen.Json.GetProperty("after").EnumerateArray());
        Assert.DoesNotContain(worker.Name, seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("还有一堆", seen.Text, StringComparison.Ordinal);
        (await Client.PostJsonAsync($"/api/v1/track/{word}/satisfaction", new { score = 6 })).AssertProblem(HttpStatusCode.BadRequest, "bad_score", "score");
        Assert.Equal(2, (await Client.PostJsonAsync($"/api/v1/track/{word}/satisfaction", new { score = 2, note = "慢" })).AssertStatus(HttpStatusCode.OK).Json.GetProperty("satisfaction").GetInt32());

        (await Client.PostJsonAsync($"/api/v1/track/{word}/reopen", new { })).AssertProblem(HttpStatusCode.BadRequest, "note_required", "note");
        var again = (await Client.PostJsonAsync($"/api/v1/track/{word}/reopen", new { note = "又堆了" })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(("claimed", false), (again.GetProperty("state").GetString(), again.GetProperty("canReopen").GetBoolean()));
        Assert.Contains("issue.reopened", await InboxAsync(worker));
        Assert.Equal(["report", "reopen"], await DuesAsync(number));
        (await Client.PostJsonAsync($"/api/v1/track/{word}/reopen", new { note = "x" })).AssertProblem(HttpStatusCode.Conflict, "not_allowed_now");
    }

    [Fact]
    public async Task After_two_weeks_a_write_off_stands()
    {
        var receipt = await ReportAsync("A11");
        var number = receipt.GetProperty("number").GetString()!;
        foreach (var (step, by, body) in ((string, string, object)[])[("claim", "a", new { by = "a" }), ("rectify", "a", new { by = "a" }), ("verify", "b", new { by = "b", result = "pass", exception = "dark" })])
            (await MoveAsync(Service.Admin, number, step, body)).AssertStatus(HttpStatusCode.OK);
        await ExecuteAsync("update issue set closed_at = now() - interval '14 days 1 minute' where number = @number", new { number });
        var word = receipt.GetProperty("track").GetString()![3..];
        Assert.False((await Client.GetAnswerAsync($"/api/v1/track/{word}")).Json.GetProperty("canReopen").GetBoolean());
        (await Client.PostJsonAsync($"/api/v1/track/{word}/reopen", new { note = "x" })).AssertProblem(HttpStatusCode.Conflict, "closed_long_ago");
    }

    [Fact]
    public async Task What_directs_is_for_leaders_and_the_office_and_needs_its_reasons()
    {
        var worker = await NewAsync("worker", ("grid_worker", "A12"));
        var other = await NewAsync("other", ("grid_worker", "A12"));
        var leader = await NewAsync("leader", ("grid_leader", "A12"));
        var (first, second) = (await NumberAsync("A12"), await NumberAsync("A12"));
        foreach (var (step, body) in ((string, object)[])[("file", new { }), ("reject", new { note = "x" }), ("duplicate", new { of = second }), ("assign", new { person = other.Person })])
            (await MoveAsync(worker.Client, first, step, body)).AssertProblem(HttpStatusCode.Forbidden, "director_required");
        (await MoveAsync(leader.Client, first, "reject")).AssertProblem(HttpStatusCode.BadRequest, "note_required", "note");
        (await MoveAsync(leader.Client, first, "duplicate")).AssertProblem(HttpStatusCode.BadRequest, "original_required", "of");
        (await MoveAsync(leader.Client, first, "duplicate", new { of = first })).AssertProblem(HttpStatusCode.BadRequest, "own_duplicate", "of");
        (await MoveAsync(leader.Client, first, "assign")).AssertProblem(HttpStatusCode.BadRequest, "person_required", "person");
        (await MoveAsync(leader.Client, first, "assign", new { person = 999_999 })).AssertProblem(HttpStatusCode.BadRequest, "bad_person", "person");
        (await MoveAsync(leader.Client, first, "assign", new { person = worker.Person })).AssertStatus(HttpStatusCode.OK);
        Assert.Contains("issue.assigned", await InboxAsync(worker));

        // Handing over is for whoever handles it.
        (await MoveAsync(worker.Client, first, "assign", new { person = other.Person, note = "他的路段" })).AssertStatus(HttpStatusCode.OK);
        // What nobody took up is theirs who answer for the grid.
        Assert.Equal([first, second], await MineAsync(other, first, second));
        Assert.Equal([second], await MineAsync(worker, first, second));
        (await MoveAsync(leader.Client, second, "duplicate", new { of = first })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(first, (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{second}")).Json.GetProperty("marks").GetProperty("duplicateOf").GetString());
    }

    [Fact]
    public async Task Filing_under_another_category_counts_the_due_time_anew_and_writes_it_down()
    {
        await ExecuteAsync("insert into category (code, name, limit_value, limit_unit) values ('quick', '急', 2, 'hours') on conflict do nothing", new { });
        var number = await NumberAsync("A21");
        (await MoveAsync(Service.Admin, number, "claim", new { by = "a", category = "quick" })).AssertProblem(HttpStatusCode.BadRequest, "category_is_filed", "category");
        (await MoveAsync(Service.Admin, number, "file", new { by = "a", category = "nothing" })).AssertProblem(HttpStatusCode.BadRequest, "bad_category", "category");
        var filed = (await MoveAsync(Service.Admin, number, "file", new { by = "a", category = "quick" })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal("quick", filed.GetProperty("category").GetString());
        Assert.Equal(TimeSpan.FromHours(2), filed.GetProperty("dueAt").GetDateTimeOffset() - filed.GetProperty("reportedAt").GetDateTimeOffset());
        Assert.Equal(["report", "category"], await DuesAsync(number));
    }

    [Fact]
    public async Task While_the_clock_stands_nothing_is_overdue_and_the_due_time_moves_by_as_much()
    {
        await ExecuteAsync("insert into category (code, name, limit_value, limit_unit) values ('hours', '时', 10, 'hours') on conflict do nothing", new { });
        var number = await NumberAsync("A21", "hours");
        (await MoveAsync(Service.Admin, number, "claim", new { by = "a" })).AssertStatus(HttpStatusCode.OK);
        (await MoveAsync(Service.Admin, number, "pause", new { by = "a" })).AssertProblem(HttpStatusCode.BadRequest, "note_required", "note");
        (await MoveAsync(Service.Admin, number, "pause", new { by = "a", note = "等业主" })).AssertStatus(HttpStatusCode.OK);
        (await MoveAsync(Service.Admin, number, "pause", new { by = "a", note = "x" })).AssertProblem(HttpStatusCode.Conflict, "paused_already");
        await ExecuteAsync("update issue set reported_at = reported_at - interval '20 hours', due_at = due_at - interval '20 hours' where number = @number", new { number });
        await ExecuteAsync("update issue_pause set from_at = from_at - interval '15 hours' where issue_id = (select id from issue where number = @number)", new { number });
        var paused = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json;
        Assert.Equal((true, false), (paused.GetProperty("paused").GetBoolean(), paused.GetProperty("overdue").GetBoolean()));
        await Watch().RunAsync(default);
        Assert.Equal(0, (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("marks").GetProperty("escalations").GetInt32());

        // 20 hours ago, of which 15 stood: 5 have passed, 5 are left.
        var resumed = (await MoveAsync(Service.Admin, number, "resume", new { by = "a" })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.InRange((resumed.GetProperty("dueAt").GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalHours, 4.9, 5.1);
        (await MoveAsync(Service.Admin, number, "resume", new { by = "a" })).AssertProblem(HttpStatusCode.Conflict, "not_paused");
    }

    [Fact]
    public async Task What_is_overdue_goes_to_the_leader_of_the_next_outer_grid_once()
    {
        var inner = await NewAsync("inner", ("grid_leader", "B11"));
        var outer = await NewAsync("outer", ("grid_leader", "B1"));
        var number = await NumberAsync("B11");
        await Watch().RunAsync(default);
        Assert.DoesNotContain("issue.escalated", await InboxAsync(outer));
        await ExecuteAsync("update issue set due_at = now() - interval '1 minute' where number = @number", new { number });
        await Task.WhenAll(Watch().RunAsync(default), Watch().RunAsync(default));
        await Watch().RunAsync(default);
        Assert.Contains("issue.escalated", await InboxAsync(outer));
        Assert.DoesNotContain("issue.escalated", await InboxAsync(inner));
        var issue = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json;
        Assert.Equal(("reported", 1), (issue.GetProperty("state").GetString(), issue.GetProperty("marks").GetProperty("escalations").GetInt32()));
        Assert.Equal("escalate", issue.GetProperty("events").EnumerateArray().Last().GetProperty("transition").GetString());
    }

    [Fact]
    public async Task A_stubborn_issue_gets_a_person_and_a_plan_that_nobody_overwrites_unseen()
    {
        var leader = await NewAsync("leader", ("grid_leader", "B1"));
        var worker = await NewAsync("worker", ("grid_worker", "B12"));
        var number = await NumberAsync("B12");
        var address = $"/api/v1/issues/{number}/plan";
        var plan = new { owner = worker.Person, goal = "彻底清理", watched = true, steps = new[] { new { words = "约业主", dueOn = "2026-12-01" }, new { words = "清运", dueOn = "2026-12-05" } } };
        (await PutAsync(worker.Client, address, plan)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await PutAsync(leader.Client, address, new { goal = "x" })).AssertProblem(HttpStatusCode.BadRequest, "owner_required", "owner");
        (await PutAsync(leader.Client, address, new { owner = 999_999 })).AssertProblem(HttpStatusCode.BadRequest, "bad_person", "owner");
        (await PutAsync(leader.Client, address, new { owner = worker.Person, steps = new[] { new { words = " " } } })).AssertProblem(HttpStatusCode.BadRequest, "bad_steps", "steps");
        var made = (await PutAsync(leader.Client, address, plan)).AssertStatus(HttpStatusCode.OK).Json.GetProperty("plan");
        Assert.Equal((1, worker.Name, 2), (made.GetProperty("version").GetInt32(), made.GetProperty("ownerName").GetString(), made.GetProperty("steps").GetArrayLength()));
        Assert.Contains("issue.planned", await InboxAsync(worker));
        (await PutAsync(leader.Client, address, plan)).AssertProblem(HttpStatusCode.PreconditionFailed, "plan_changed", "version");
        var done = (await PutAsync(leader.Client, address, new { plan.owner, plan.goal, plan.watched, version = 1, steps = new[] { new { words = "清运", dueOn = "2026-12-05", doneOn = "2026-12-04" } } })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal("2026-12-04", done.GetProperty("plan").GetProperty("steps")[0].GetProperty("doneOn").GetString());
        Assert.Equal(JsonValueKind.Null, (await Client.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("plan").ValueKind);
    }

    [Fact]
    public async Task A_leader_sees_what_waits_on_their_grids_and_what_each_has_in_hand()
    {
        var leader = await NewAsync("leader", ("grid_leader", "B21"));
        var worker = await NewAsync("worker", ("grid_worker", "B21"));
        var (first, second, third) = (await NumberAsync("B21"), await NumberAsync("B21"), await NumberAsync("B21"));
        await NumberAsync("A22");
        foreach (var number in (string[])[first, second])
            (await MoveAsync(worker.Client, number, "claim")).AssertStatus(HttpStatusCode.OK);
        (await MoveAsync(worker.Client, first, "rectify")).AssertStatus(HttpStatusCode.OK);
        await ExecuteAsync("update issue set due_at = now() - interval '1 minute' where number = any(@numbers)", new { numbers = (string[])[second, third] });
        var load = (await leader.Client.GetAnswerAsync("/api/v1/issues/workload")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((1, 2, 1), (load.GetProperty("unclaimed").GetInt32(), load.GetProperty("overdue").GetInt32(), load.GetProperty("rectified").GetInt32()));
        var person = Assert.Single(load.GetProperty("people").EnumerateArray());
        Assert.Equal((worker.Person, 2, 1), (person.GetProperty("person").GetInt64(), person.GetProperty("open").GetInt32(), person.GetProperty("overdue").GetInt32()));
        (await Client.GetAnswerAsync("/api/v1/issues/workload")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task What_is_open_nearby_is_offered_to_be_followed_and_its_exact_place_is_not_told()
    {
        var (x, y) = PeopleService.Middle("B22");
        var number = await NumberAsync("B22");
        var near = TestTownship.Point(x + 0.3, y); // some 30 m
        var similar = (await Client.GetAnswerAsync($"/api/v1/issues/similar?lon={near.Lon:R}&lat={near.Lat:R}&category={TestService.Category}")).AssertStatus(HttpStatusCode.OK);
        var found = Assert.Single(similar.Json.GetProperty("items").EnumerateArray());
        Assert.Equal((number, 0), (found.GetProperty("number").GetString(), found.GetProperty("distanceMetres").GetInt32() % 10));
        Assert.InRange(found.GetProperty("distanceMetres").GetInt32(), 30, 40);
        Assert.DoesNotContain("lon", similar.Text, StringComparison.Ordinal);
        var far = TestTownship.Point(x + 0.7, y);
        Assert.Empty((await Client.GetAnswerAsync($"/api/v1/issues/similar?lon={far.Lon:R}&lat={far.Lat:R}")).Json.GetProperty("items").EnumerateArray());
        (await Client.GetAnswerAsync("/api/v1/issues/similar?lon=113")).AssertProblem(HttpStatusCode.BadRequest, "bad_coordinate");

        var follow = (await Client.PostJsonAsync($"/api/v1/issues/{number}/follow", new { })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("track").GetString()!;
        var seen = (await Client.GetAnswerAsync($"/api/v1/track/{follow[3..]}")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((number, false, false), (seen.GetProperty("number").GetString(), seen.GetProperty("isOwn").GetBoolean(), seen.GetProperty("canReopen").GetBoolean()));
        (await Client.PostJsonAsync($"/api/v1/track/{follow[3..]}/satisfaction", new { score = 5 })).AssertProblem(HttpStatusCode.NotFound, "unknown_link");
        (await Client.PostJsonAsync("/api/v1/issues/260101-00000/follow", new { })).AssertProblem(HttpStatusCode.NotFound, "unknown_issue");
        (await Client.GetAnswerAsync("/api/v1/track/nothing")).AssertProblem(HttpStatusCode.NotFound, "unknown_link");
    }

    [Fact]
    public async Task A_sticker_far_from_its_grid_is_a_claim_that_is_kept_and_told()
    {
        var at = TestTownship.Point(PeopleService.Middle("A11").X, PeopleService.Middle("A11").Y);
        var right = (await Client.PostJsonAsync(TestReports.Address, new { category = TestService.Category, lon = at.Lon, lat = at.Lat, qr = "A1" })).AssertStatus(HttpStatusCode.Created).Json;
        Assert.True(right.GetProperty("qrAgrees").GetBoolean());
        var wrong = (await Client.PostJsonAsync(TestReports.Address, new { category = TestService.Category, lon = at.Lon, lat = at.Lat, qr = "B22" })).AssertStatus(HttpStatusCode.Created).Json;
        Assert.False(wrong.GetProperty("qrAgrees").GetBoolean());
        var marks = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{wrong.GetProperty("number").GetString()}")).Json.GetProperty("marks");
        Assert.Equal(("qr", "B22"), (marks.GetProperty("source").GetString(), marks.GetProperty("qrGrid").GetString()));
        (await Client.PostJsonAsync(TestReports.Address, new { category = TestService.Category, lon = at.Lon, lat = at.Lat, source = "hotline" })).AssertProblem(HttpStatusCode.Forbidden, "hotline_is_the_office", "source");
        (await Client.PostJsonAsync(TestReports.Address, new { category = TestService.Category, lon = at.Lon, lat = at.Lat, source = "rumour" })).AssertProblem(HttpStatusCode.BadRequest, "bad_source", "source");
    }

    // --- helpers -------------------------------------------------------------------------------------

    private OverdueWatch Watch() => Service.Services.GetRequiredService<OverdueWatch>();

    private Task<SignedIn> NewAsync(string name, params (string, string?)[] duties) => People.SignInAsync($"{name}-{Interlocked.Increment(ref names)}", duties);

    private async Task<JsonElement> ReportAsync(string village, string category = TestService.Category)
    {
        var (x, y) = PeopleService.Middle(village);
        return await Client.ReportAsync(x, y, category);
    }

    private async Task<string> NumberAsync(string village, string category = TestService.Category) => (await ReportAsync(village, category)).GetProperty("number").GetString()!;

    private static Task<Answer> MoveAsync(HttpClient client, string number, string step, object? body = null) => client.PostJsonAsync($"/api/v1/issues/{number}/{step}", body ?? new { });

    private static Task<Answer> PutAsync(HttpClient client, string address, object body) => client.AskAsync(HttpMethod.Put, address, System.Net.Http.Json.JsonContent.Create(body));

    private static async Task<List<string>> InboxAsync(SignedIn who) =>
        [.. (await who.Client.GetAnswerAsync("/api/v1/inbox")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!)];

    private static async Task<List<string>> MineAsync(SignedIn who, params string[] among) =>
        [.. (await who.Client.GetAnswerAsync("/api/v1/issues?mine=true&open=true&sort=due&limit=500")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("number").GetString()!).Where(among.Contains)];

    private async Task<List<string>> DuesAsync(string number)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select why from issue_due where issue_id = (select id from issue where number = @number) order by id", new { number })];
    }

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
