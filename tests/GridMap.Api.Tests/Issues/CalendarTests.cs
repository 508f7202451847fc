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
        Assert.Equal([2025, 2026, 2027], years.EnumerateArray().Select(year => year.GetProperty("year").GetInt32()));
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

    private PeopleService People => (PeopleService)Service;

    private static HttpContent JsonContent(object body) => System.Net.Http.Json.JsonContent.Create(body);

    private Task<Answer> PutAsync(object body) => Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/calendar/2027", JsonContent(body));
}
