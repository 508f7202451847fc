using System.Net;
using Dapper;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Issues;

/// <summary>The calendar as data: who may change it, and what becomes of the due times of open issues.</summary>
public sealed class CalendarTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    [Fact]
    public async Task A_changed_year_counts_open_issues_anew_and_writes_down_those_that_move()
    {
        var (x, y) = PeopleService.Middle("A11");
        var moved = await Client.ReportNumberAsync(x, y);
        var closed = await Client.ReportNumberAsync(x, y);
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{closed}/reject", new { by = "x", note = "x" })).AssertStatus(HttpStatusCode.OK);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        // Reported on Friday, 5 March 2027: the third workday is Wednesday, the 10th.
        await connection.ExecuteAsync("update issue set reported_at = '2027-03-05 10:00+08', due_at = '2027-03-10 17:30+08' where number = any(@numbers)", new { numbers = (string[])[moved, closed] });

        var none = await PutAsync(new { source = "test", days = new[] { new { day = "2027-01-01", isWorkday = false, name = "元旦" } } });
        Assert.Equal((1, 0), (none.AssertStatus(HttpStatusCode.OK).Json.GetProperty("days").GetInt32(), none.Json.GetProperty("issues").GetInt32()));
        Assert.True((await Service.Admin.GetAnswerAsync($"/api/v1/issues/{moved}")).Json.GetProperty("marks").GetProperty("dueIsCertain").GetBoolean());

        // Monday is a day of rest, Saturday is worked: Saturday, Tuesday, Wednesday.
        var same = await PutAsync(new { source = "test", days = new object[] { new { day = "2027-03-08", isWorkday = false, name = "节" }, new { day = "2027-03-06", isWorkday = true, name = "调休" } } });
        Assert.Equal(0, same.AssertStatus(HttpStatusCode.OK).Json.GetProperty("issues").GetInt32());
        // Without the make-up day: Tuesday, Wednesday, Thursday.
        var later = await PutAsync(new { source = "test", days = new[] { new { day = "2027-03-08", isWorkday = false, name = "节" } } });
        Assert.Equal(1, later.AssertStatus(HttpStatusCode.OK).Json.GetProperty("issues").GetInt32());
        Assert.Equal(DateTimeOffset.Parse("2027-03-11T17:30+08:00"), (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{moved}")).Json.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(DateTimeOffset.Parse("2027-03-10T17:30+08:00"), (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{closed}")).Json.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(
            ["report", "calendar"],
            await connection.QueryAsync<string>("select why from issue_due where issue_id = (select id from issue where number = @moved) order by id", new { moved }));
        var years = (await Client.GetAnswerAsync("/api/v1/calendar")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items");
        Assert.Equal([2025, 2026, 2027], years.EnumerateArray().Select(year => year.GetProperty("year").GetInt32()).Where(year => year < 2030));
    }

    [Fact]
    public async Task Only_the_office_of_the_whole_territory_changes_it_and_bad_days_are_named()
    {
        var leader = await People.SignInAsync("calendar-leader", ("grid_leader", "A1"));
        var rest = new { source = "x", days = new[] { new { day = "2027-01-01", isWorkday = false, name = "x" } } };
        (await leader.Client.AskAsync(HttpMethod.Put, "/api/v1/calendar/2027", JsonContent(rest))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await Client.AskAsync(HttpMethod.Put, "/api/v1/calendar/2027", JsonContent(rest))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        foreach (var (body, code, field) in ((object, string, string)[])
        [
            (new { source = "", days = rest.days }, "source_required", "source"),
            (new { source = "x", days = Array.Empty<object>() }, "bad_days", "days"),
            (new { source = "x", days = new[] { new { day = "2026-01-01", isWorkday = false, name = "x" } } }, "bad_day", "days"),
            (new { source = "x", days = new[] { rest.days[0], rest.days[0] } }, "day_twice", "days"),
            (new { source = "x", days = new[] { new { day = "2027-03-08", isWorkday = true, name = "x" } } }, "day_as_always", "days"),
        ])
            (await PutAsync(body)).AssertProblem(HttpStatusCode.BadRequest, code, field);
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task A_year_leaves_as_a_sheet_and_comes_back_as_it_was(string format)
    {
        var days = new object[]
        {
            new { day = "2031-01-01", isWorkday = false, name = "元旦" }, new { day = "2031-01-04", isWorkday = true, name = "调休上班" },
            new { day = "2031-02-01", isWorkday = false, name = "=1+1" }, new { day = "2031-02-02", isWorkday = false, name = "" }, new { day = "2031-02-03", isWorkday = false, name = "a,\"b\"" },
        };
        (await Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/calendar/2031", JsonContent(new { source = "国办发明电〔2030〕1号", days }))).AssertStatus(HttpStatusCode.OK);
        var before = (await Client.GetAnswerAsync("/api/v1/calendar/2031")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(5, before.GetProperty("days").GetArrayLength());
        var sheet = await Client.GetByteArrayAsync(new Uri($"/api/v1/calendar/2031?format={format}", UriKind.Relative));
        (await Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/calendar/2031", JsonContent(new { source = "x", days = days[..1] }))).AssertStatus(HttpStatusCode.OK);

        var tried = (await SheetAsync(2031, sheet, "?dryRun=true")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(before.ToString(), tried.GetProperty("year").ToString());
        Assert.Equal(1, (await Client.GetAnswerAsync("/api/v1/calendar/2031")).Json.GetProperty("days").GetArrayLength());
        (await SheetAsync(2031, sheet, "")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(before.ToString(), (await Client.GetAnswerAsync("/api/v1/calendar/2031")).Json.ToString());
    }

    [Fact]
    public async Task A_sheet_with_errors_names_the_cells_and_nothing_of_it_is_stored()
    {
        var sheet = "日期,类型,名称,来源\n2032-01-01,休息,元旦,S\n2032/1/1,放假,元旦,S\n2031-12-31,休息,x,S\n2032-01-05,上班,x,S\nmorgen,休息,x,S\n2032-01-10,halb,x,S\n2032-01-11,,x,T\n"u8.ToArray();
        var report = (await SheetAsync(2032, sheet, "")).AssertStatus(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal(
            [(3, "日期", "day_twice"), (4, "日期", "bad_day"), (5, "类型", "day_as_always"), (6, "日期", "bad_day"), (7, "类型", "bad_word"), (8, "来源", "source_differs"), (8, "类型", "kind_missing")],
            report.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()!, error.GetProperty("code").GetString()!)));
        Assert.Equal(0, (await Client.GetAnswerAsync("/api/v1/calendar/2032")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("days").GetArrayLength());
        (await SheetAsync(2032, "日期,名称\n2032-01-01,x\n"u8.ToArray(), "")).AssertProblem(HttpStatusCode.BadRequest, "column_missing", "file");
        (await SheetAsync(2032, "日期,类型,来源\n"u8.ToArray(), "")).AssertStatus(HttpStatusCode.UnprocessableEntity);
        (await SheetAsync(1999, sheet, "")).AssertProblem(HttpStatusCode.BadRequest, "bad_year", "year");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(sheet), "file", "a.csv" } };
        (await Client.AskAsync(HttpMethod.Post, "/api/v1/calendar/2032/sheet", form)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await Client.GetAnswerAsync("/api/v1/calendar/2032?format=pdf")).AssertProblem(HttpStatusCode.BadRequest, "bad_format", "format");
    }

    [Fact]
    public async Task What_a_change_would_move_is_told_before_it_is_made_and_a_stale_one_is_refused()
    {
        var (x, y) = PeopleService.Middle("A12");
        var number = await Client.ReportNumberAsync(x, y);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        // Friday, 4 March 2033, the third workday is Wednesday, the 9th.
        await connection.ExecuteAsync("update issue set reported_at = '2033-03-04 10:00+08', due_at = '2033-03-09 17:30+08' where number = @number", new { number });
        var body = new { source = "t", days = new[] { new { day = "2033-03-07", isWorkday = false, name = "节" } }, version = (await Client.GetAnswerAsync("/api/v1/calendar/2033")).Json.GetProperty("version").GetString() };
        var tried = (await Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/calendar/2033?dryRun=true", JsonContent(body))).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(1, tried.GetProperty("issues").GetInt32());
        Assert.Equal(DateTimeOffset.Parse("2033-03-09T17:30+08:00"), (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(0, (await Client.GetAnswerAsync("/api/v1/calendar/2033")).Json.GetProperty("days").GetArrayLength());
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/calendar/2033", JsonContent(body))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("issues").GetInt32() == 1);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.AssertProblem(HttpStatusCode.PreconditionFailed, "calendar_changed", "version"));
        Assert.Equal(3, answers.Count(answer => answer.Status != HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_due_time_is_told_with_the_days_that_count()
    {
        // Before the Spring Festival of 2026: Saturday the 14th is worked, the 15th to the 23rd are not.
        var due = (await Client.GetAnswerAsync("/api/v1/calendar/due?from=2026-02-13T10:00:00%2B08:00&value=2&unit=workdays")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(DateTimeOffset.Parse("2026-02-24T17:30+08:00"), due.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(["2026-02-14", "2026-02-24"], due.GetProperty("days").EnumerateArray().Select(day => day.GetString()));
        Assert.True(due.GetProperty("isCertain").GetBoolean());
        // From after the office has closed, that day does not count; an hour and a half into Saturday.
        due = (await Client.GetAnswerAsync("/api/v1/calendar/due?from=2026-02-13T18:00:00%2B08:00&value=1.5&unit=workhours")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(["2026-02-14"], due.GetProperty("days").EnumerateArray().Select(day => day.GetString()));
        due = (await Client.GetAnswerAsync("/api/v1/calendar/due?from=2040-01-02T10:00:00%2B08:00&value=25&unit=hours")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(["2040-01-02", "2040-01-03"], due.GetProperty("days").EnumerateArray().Select(day => day.GetString()));
        Assert.False((await Client.GetAnswerAsync("/api/v1/calendar/due?from=2040-01-02T10:00:00%2B08:00&value=1&unit=workdays")).Json.GetProperty("isCertain").GetBoolean());
        foreach (var (query, code, field) in ((string, string, string)[])[("value=0&unit=hours", "bad_value", "value"), ("value=1&unit=moons", "bad_unit", "unit"), ("value=1&unit=hours&from=1000-01-01T00:00:00Z", "bad_from", "from"), ("unit=hours", "bad_value", "value")])
            (await Client.GetAnswerAsync($"/api/v1/calendar/due?{query}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task A_pasted_notice_is_read_and_not_stored()
    {
        var read = (await Service.Admin.PostJsonAsync("/api/v1/calendar/2034/notice", new { text = "一、元旦：1月1日（周日）至2日（周一）放假，共2天。" })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((2, 0), (read.GetProperty("days").GetArrayLength(), read.GetProperty("doubts").GetArrayLength()));
        Assert.Equal(0, (await Client.GetAnswerAsync("/api/v1/calendar/2034")).Json.GetProperty("days").GetArrayLength());
        (await Client.PostJsonAsync("/api/v1/calendar/2034/notice", new { text = "x" })).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await Service.Admin.PostJsonAsync("/api/v1/calendar/2034/notice", new { text = new string('x', 10_001) })).AssertProblem(HttpStatusCode.BadRequest, "too_long", "text");
    }

    private PeopleService People => (PeopleService)Service;

    private static HttpContent JsonContent(object body) => System.Net.Http.Json.JsonContent.Create(body);

    private Task<Answer> SheetAsync(int year, byte[] sheet, string query) =>
        Service.Admin.AskAsync(HttpMethod.Post, $"/api/v1/calendar/{year}/sheet{query}", new MultipartFormDataContent { { new ByteArrayContent(sheet), "file", "sheet" } });

    private Task<Answer> PutAsync(object body) => Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/calendar/2027", JsonContent(body));
}
