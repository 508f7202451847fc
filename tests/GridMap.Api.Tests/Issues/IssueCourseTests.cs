using System.Net;
using System.Text.Json;

namespace GridMap.Api.Tests.Issues;

/// <summary>The course of an issue: which step leads from which state where, and who may take it.</summary>
public sealed class IssueCourseTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    // Each step of the way to a state; then the state that the step tried leads to, or null where it is refused. onSpot is a step of its own.
    [Theory]
    [InlineData("", "file", "filed")]
    [InlineData("", "reject", "rejected")]
    [InlineData("", "claim", "claimed")]
    [InlineData("", "rectify", null)]
    [InlineData("", "rectify:onSpot", "rectified")]
    [InlineData("", "verify:pass", null)]
    [InlineData("", "verify:fail", null)]
    [InlineData("", "pause", null)]
    [InlineData("", "resume", null)]
    [InlineData("", "escalate", "reported")]
    [InlineData("", "reopen", null)]
    [InlineData("file", "file", null)]
    [InlineData("file", "reject", "rejected")]
    [InlineData("file", "claim", "claimed")]
    [InlineData("file", "rectify:onSpot", "rectified")]
    [InlineData("file", "pause", "filed")]
    [InlineData("reject", "reopen", "filed")]
    [InlineData("reject", "claim", null)]
    [InlineData("claim", "claim", null)]
    [InlineData("claim", "file", null)]
    [InlineData("claim", "reject", null)]
    [InlineData("claim", "rectify", "rectified")]
    [InlineData("claim", "verify:pass", null)]
    [InlineData("claim", "pause", "claimed")]
    [InlineData("claim pause", "rectify", "rectified")]
    [InlineData("claim pause", "resume", "claimed")]
    [InlineData("claim", "escalate", "claimed")]
    [InlineData("claim rectify", "claim", null)]
    [InlineData("claim rectify", "rectify", null)]
    [InlineData("claim rectify", "pause", null)]
    [InlineData("claim rectify", "escalate", null)]
    [InlineData("claim rectify", "verify:pass", "writtenOff")]
    [InlineData("claim rectify", "verify:fail", "claimed")]
    [InlineData("claim rectify verify:fail", "rectify", "rectified")]
    [InlineData("claim rectify verify:pass", "claim", null)]
    [InlineData("claim rectify verify:pass", "rectify", null)]
    [InlineData("claim rectify verify:pass", "verify:fail", null)]
    [InlineData("claim rectify verify:pass", "reopen", "claimed")]
    [InlineData("claim rectify verify:pass reopen", "rectify", "rectified")]
    public async Task A_step_leads_on_or_is_409(string way, string step, string? state)
    {
        var number = await Client.ReportNumberAsync(10, 30);
        foreach (var done in way.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            (await StepAsync(number, done)).AssertStatus(HttpStatusCode.OK);
        }

        var before = await IssueAsync(number);
        var answer = await StepAsync(number, step);
        if (state is null)
        {
            answer.AssertProblem(HttpStatusCode.Conflict, "not_allowed_now");
            Assert.Equal(before.GetRawText(), (await IssueAsync(number)).GetRawText());
            return;
        }

        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal(state, answer.Json.GetProperty("state").GetString());
        var last = (await IssueAsync(number)).GetProperty("events").EnumerateArray().Last();
        Assert.Equal(
            (step.Split(':')[0], before.GetProperty("state").GetString(), state),
            (last.GetProperty("transition").GetString(), last.GetProperty("fromState").GetString(), last.GetProperty("toState").GetString()));
        Assert.Equal(("by-" + step.Split(':')[0], "a note"), (last.GetProperty("by").GetString(), last.GetProperty("note").GetString()));
    }

    [Theory]
    [InlineData("王五")]
    [InlineData("  王五 ")]
    public async Task Who_rectified_does_not_verify(string by)
    {
        var number = await Client.ReportNumberAsync(10, 30);
        await StepAsync(number, "claim");
        (await MoveAsync(number, "rectify", new { by = "王五" })).AssertStatus(HttpStatusCode.OK);
        (await MoveAsync(number, "verify", new { by, result = "pass", exception = "x" })).AssertProblem(HttpStatusCode.Conflict, "same_person", "by");
        (await MoveAsync(number, "verify", new { by = "赵六", result = "pass", exception = "x" })).AssertStatus(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("claim", """{}""", "bad_by", "by")]
    [InlineData("claim", """{"by":"  "}""", "bad_by", "by")]
    [InlineData("claim", """{"by":"\u0000"}""", "bad_by", "by")]
    [InlineData("claim", """{"by":7}""", "bad_json", "by")]
    [InlineData("claim", "", "bad_json", "body")]
    [InlineData("claim", "{", "bad_json", "body")]
    [InlineData("verify", """{"by":"x"}""", "bad_result", "result")]
    [InlineData("verify", """{"by":"x","result":"perhaps"}""", "bad_result", "result")]
    public async Task A_bad_step_names_the_field(string transition, string body, string code, string field)
    {
        var number = await Client.ReportNumberAsync(10, 30);
        (await Service.Admin.PostTextAsync($"/api/v1/issues/{number}/{transition}", body)).AssertProblem(HttpStatusCode.BadRequest, code, field);
        Assert.Equal("reported", (await IssueAsync(number)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Names_and_notes_have_an_end()
    {
        var number = await Client.ReportNumberAsync(10, 30);
        (await MoveAsync(number, "claim", new { by = new string('x', 101) })).AssertProblem(HttpStatusCode.BadRequest, "too_long", "by");
        (await MoveAsync(number, "claim", new { by = "x", note = new string('x', 4001) })).AssertProblem(HttpStatusCode.BadRequest, "too_long", "note");
        (await MoveAsync(number, "claim", new { by = "x", note = "a\0b" })).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Unknown_issues_and_steps_are_404()
    {
        (await MoveAsync("260101-00000", "claim", new { by = "x" })).AssertProblem(HttpStatusCode.NotFound, "unknown_issue");
        var number = await Client.ReportNumberAsync(10, 30);
        (await MoveAsync(number, "forget", new { by = "x" })).AssertProblem(HttpStatusCode.NotFound, "unknown_transition");
        (await Client.GetAnswerAsync("/api/v1/issues/260101-00000")).AssertProblem(HttpStatusCode.NotFound, "unknown_issue");
    }

    [Fact]
    public async Task Of_ten_who_claim_at_once_one_does()
    {
        var number = await Client.ReportNumberAsync(10, 30);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => MoveAsync(number, "claim", new { by = $"worker {i}" })));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(2, (await IssueAsync(number)).GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task The_public_sees_the_course_and_no_names()
    {
        var answer = await Client.PostJsonAsync(
            TestReports.Address,
            new { category = TestService.Category, lon = 113.0123456, lat = 23.0123456, description = "secret words", contact = "secret contact" });
        var number = answer.Json.GetProperty("number").GetString()!;
        await MoveAsync(number, "claim", new { by = "secret worker", note = "secret note" });
        foreach (var address in (string[])[$"/api/v1/issues/{number}", "/api/v1/issues?limit=1000", "/api/v1/issues/counts"])
        {
            var text = (await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK).Text;
            Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("113.01234", text, StringComparison.Ordinal);
            Assert.DoesNotContain("23.01234", text, StringComparison.Ordinal);
        }

        var seen = (await Client.GetAnswerAsync($"/api/v1/issues/{number}")).Json;
        Assert.Equal(["report", "claim"], seen.GetProperty("events").EnumerateArray().Select(step => step.GetProperty("transition").GetString()));
        var all = (await IssueAsync(number)).GetRawText();
        Assert.Contains("secret words", all, StringComparison.Ordinal);
        Assert.Contains("secret worker", all, StringComparison.Ordinal);
        Assert.Contains("113.01234", all, StringComparison.Ordinal);
    }

    private Task<Answer> StepAsync(string number, string step) =>
        MoveAsync(number, step.Split(':')[0], new
        {
            by = $"by-{step.Split(':')[0]}",
            note = "a note",
            result = step.Split(':') is [_, "pass" or "fail"] ? step.Split(':')[1] : null,
            onSpot = step.EndsWith(":onSpot", StringComparison.Ordinal),
            exception = step.EndsWith(":pass", StringComparison.Ordinal) ? "no camera" : null,
        });

    private Task<Answer> MoveAsync(string number, string transition, object body) =>
        Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/{transition}", body);

    private async Task<JsonElement> IssueAsync(string number) =>
        (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).AssertStatus(HttpStatusCode.OK).Json;
}
