using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using GridMap.Api.Tests.Issues;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Categories;

/// <summary>Categories as the office's own data: who changes them, limits by condition, what is retired, what is measured.</summary>
public sealed class CategoryTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Head = "编码,上级编码,名称,英文名称,单位,按量计,时限,时限单位,图标,启用,条件：场所,条件：程度,条件：时段\n";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task A_limit_depends_on_place_severity_and_time_of_day()
    {
        await DoneAsync("cond", new
        {
            name = "条件",
            limitValue = 9,
            limitUnit = "hours",
            limits = new object[]
            {
                new { severity = "severe", limitValue = 1, limitUnit = "hours" },
                new { place = "学校周边", limitValue = 2, limitUnit = "hours" },
                new { place = "enterprise", limitValue = 3, limitUnit = "hours" },
                new { fromTime = "00:00:00", toTime = "23:59:59.999", severity = "minor", limitValue = 4, limitUnit = "hours" },
            },
        });
        var (x, y) = PeopleService.Middle("B21");
        Assert.Equal(9, await HoursAsync("cond", x, y, null));
        Assert.Equal(1, await HoursAsync("cond", x, y, "severe"));
        Assert.Equal(4, await HoursAsync("cond", x, y, "minor"));
        await using var connection = await Service.Owner.OpenConnectionAsync();
        // Said by the grid around it: inherited; what stands before it in the list still comes first.
        await connection.ExecuteAsync("update grid_version set attributes = attributes || '{\"placeClass\": \"学校周边\"}' where code = 'B2' and to_generation is null");
        Assert.Equal(2, await HoursAsync("cond", x, y, null));
        Assert.Equal(1, await HoursAsync("cond", x, y, "severe"));
        Assert.Equal(9, await HoursAsync("cond", PeopleService.Middle("A11").X, PeopleService.Middle("A11").Y, null));
    }

    [Fact]
    public async Task How_grave_it_is_is_said_when_it_is_filed_and_the_due_time_follows_with_its_reason()
    {
        await DoneAsync("grave", new { name = "轻重", limitValue = 8, limitUnit = "hours", limits = new[] { new { severity = "severe", limitValue = 1, limitUnit = "hours" } } });
        var (x, y) = PeopleService.Middle("A12");
        var number = await Client.ReportNumberAsync(x, y, "grave");
        (await Client.PostJsonAsync("/api/v1/issues", Report("grave", x, y, "severe"))).AssertProblem(HttpStatusCode.Forbidden, "severity_is_the_office", "severity");
        (await StepAsync(number, "file", new { by = "a", severity = "huge" })).AssertProblem(HttpStatusCode.BadRequest, "bad_severity", "severity");
        // A retired category keeps its issues on their way.
        await DoneAsync("grave", new { name = "轻重", limitValue = 8, limitUnit = "hours", limits = new[] { new { severity = "severe", limitValue = 1, limitUnit = "hours" } }, active = false, version = 1 });
        var filed = (await StepAsync(number, "file", new { by = "a", severity = "severe" })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal("severe", filed.GetProperty("marks").GetProperty("severity").GetString());
        Assert.Equal(TimeSpan.FromHours(1), filed.GetProperty("dueAt").GetDateTimeOffset() - filed.GetProperty("reportedAt").GetDateTimeOffset());
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(["report", "severity"], await connection.QueryAsync<string>("select why from issue_due where issue_id = (select id from issue where number = @number) order by id", new { number }));
        (await StepAsync(number, "claim", new { by = "a", severity = "minor" })).AssertProblem(HttpStatusCode.BadRequest, "severity_is_filed", "severity");
        (await StepAsync(number, "claim", new { by = "a", quantity = 3 })).AssertProblem(HttpStatusCode.BadRequest, "quantity_is_mended", "quantity");
        (await Client.PostJsonAsync("/api/v1/issues", Report("grave", x, y, null))).AssertProblem(HttpStatusCode.BadRequest, "category_retired", "category");
        var other = await Client.ReportNumberAsync(x, y);
        (await StepAsync(other, "file", new { by = "a", category = "grave" })).AssertProblem(HttpStatusCode.BadRequest, "category_retired", "category");
    }

    [Fact]
    public async Task One_changes_what_one_has_seen_and_only_the_office_of_all_does()
    {
        await DoneAsync("seen", new { name = "一" });
        (await PutAsync("seen", new { name = "二" })).AssertProblem(HttpStatusCode.Conflict, "category_changed", "version");
        var changed = (await PutAsync("seen", new { name = "二", unit = "米", measured = true, version = 1 })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(("二", 2), (changed.GetProperty("name").GetString(), changed.GetProperty("version").GetInt32()));
        var leader = await People.SignInAsync("category-leader", ("grid_leader", "A1"));
        (await leader.Client.AskAsync(HttpMethod.Put, "/api/v1/categories/seen", JsonContent.Create(new { name = "三", version = 2 }))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await Client.AskAsync(HttpMethod.Put, "/api/v1/categories/seen", JsonContent.Create(new { name = "三", version = 2 }))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        foreach (var (code, body, problem, field) in ((string, object, string, string)[])
        [
            ("a b", new { name = "x" }, "bad_code", "code"), ("n1", new { name = " " }, "name_required", "name"), ("n1", new { name = "x", parent = "none" }, "bad_parent", "parent"),
            ("n1", new { name = "x", parent = TestService.Category }, "too_deep", "parent"), ("environment", new { name = "x", parent = "seen", version = 1 }, "is_heading", "parent"),
            ("n1", new { name = "x", limitValue = 0 }, "bad_limit", "limitValue"), ("n1", new { name = "x", limitUnit = "weeks" }, "bad_limit_unit", "limitUnit"),
            ("n1", new { name = "x", limits = new[] { new { limitValue = 1, limitUnit = "hours" } } }, "no_condition", "limits"),
            ("n1", new { name = "x", limits = new[] { new { fromTime = "08:00:00", limitValue = 1, limitUnit = "hours" } } }, "bad_times", "limits"),
        ])
            (await PutAsync(code, body)).AssertProblem(HttpStatusCode.BadRequest, problem, field);
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task What_leaves_as_a_sheet_comes_back_and_changes_nothing(string format)
    {
        await DoneAsync($"440605{format}001", new
        {
            name = "=来回",
            parent = "environment",
            unit = "平方米",
            measured = true,
            limitValue = 1.5,
            limitUnit = "workhours",
            limits = new object[] { new { place = "A 类", severity = "severe", fromTime = "22:00:00", toTime = "06:30:00", limitValue = 2, limitUnit = "workdays" } },
        });
        var before = (await Client.GetAnswerAsync("/api/v1/categories")).Text;
        var file = await Client.GetByteArrayAsync(new Uri($"/api/v1/categories/sheet?format={format}", UriKind.Relative));
        var report = (await SendAsync(file, format)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((0, 0, 0), (report.GetProperty("created").GetInt32(), report.GetProperty("changed").GetInt32(), report.GetProperty("retired").GetInt32()));
        Assert.Equal(before, (await Client.GetAnswerAsync("/api/v1/categories")).Text);
    }

    [Fact]
    public async Task A_sheet_is_taken_whole_or_not_at_all_and_says_which_cell_is_wrong()
    {
        var before = (await Client.GetAnswerAsync("/api/v1/categories")).Text;
        var bad = (await SendAsync(Encoding.UTF8.GetBytes(Head
            + "s1,,好,,处,否,3,工作日,,是,,,\n"
            + "4.40605E+17,,长,,,,,,,,,,\n"
            + "s2,s9,x,,,,,,,,,,\n"
            + "s3,,,,,,,,,,,,\n"
            + "s4,,x,,,也许,0,周,,,,,\n"
            + "s1,,,,,,2,小时,,,,很重,25:00-3\n"
            + "s5,,,,,,2,小时,,,,严重,\n"
            + "s1,,又,,,,,,,,,,\n"), "csv")).AssertStatus(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal(
            ["3 编码 number_not_text", "4 上级编码 bad_parent", "5 名称 name_required", "6 按量计 bad_word", "6 时限 bad_number", "6 时限单位 bad_word", "7 条件：时段 bad_times", "7 条件：程度 bad_word", "8 编码 rule_first", "9 编码 code_twice"],
            bad.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("row").GetInt32()} {error.GetProperty("column").GetString()} {error.GetProperty("code").GetString()}").Order(StringComparer.Ordinal));
        Assert.Equal(before, (await Client.GetAnswerAsync("/api/v1/categories")).Text);

        // Only tried, then done: children may stand before their heading, and what is not there is retired if that is wanted.
        var good = Encoding.UTF8.GetBytes(Head + "t1,t0,子,,处,,2,小时,,,,,\nt1,,,,,,1,小时,,,村,,\nt0,,类,,,,,,,,,,\n");
        Assert.Equal(2, (await SendAsync(good, "csv", "dryRun=true&retireOthers=true")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("created").GetInt32());
        Assert.Equal(before, (await Client.GetAnswerAsync("/api/v1/categories")).Text);
        Assert.Equal(2, (await SendAsync(good, "csv")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("created").GetInt32());
        var items = (await Client.GetAnswerAsync("/api/v1/categories")).Json.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("code").GetString()!);
        Assert.Equal(("t0", 1, true), (items["t1"].GetProperty("parent").GetString(), items["t1"].GetProperty("limits").GetArrayLength(), items["litter"].GetProperty("active").GetBoolean()));
        (await Client.AskAsync(HttpMethod.Post, "/api/v1/categories/sheet", FileOf(good, "csv"))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    private static object Report(string category, double x, double y, string? severity)
    {
        var at = TestTownship.Point(x, y);
        return new { category, lon = at.Lon, lat = at.Lat, severity };
    }

    private async Task<double> HoursAsync(string category, double x, double y, string? severity)
    {
        var receipt = (await Service.Admin.PostJsonAsync("/api/v1/issues", Report(category, x, y, severity))).AssertStatus(HttpStatusCode.Created).Json;
        var issue = (await Client.GetAnswerAsync($"/api/v1/issues/{receipt.GetProperty("number").GetString()}")).Json;
        return (issue.GetProperty("dueAt").GetDateTimeOffset() - issue.GetProperty("reportedAt").GetDateTimeOffset()).TotalHours;
    }

    private Task<Answer> StepAsync(string number, string step, object body) => Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/{step}", body);

    private Task<Answer> PutAsync(string code, object body) => Service.Admin.AskAsync(HttpMethod.Put, $"/api/v1/categories/{Uri.EscapeDataString(code)}", JsonContent.Create(body));

    private async Task DoneAsync(string code, object body)
    {
        var answer = await PutAsync(code, body);
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.Text);
    }

    private static MultipartFormDataContent FileOf(byte[] file, string format) => new() { { new ByteArrayContent(file), "file", $"categories.{format}" } };

    private async Task<Answer> SendAsync(byte[] file, string format, string query = "")
    {
        using var form = FileOf(file, format);
        return await Service.Admin.AskAsync(HttpMethod.Post, $"/api/v1/categories/sheet?{query}", form);
    }
}
