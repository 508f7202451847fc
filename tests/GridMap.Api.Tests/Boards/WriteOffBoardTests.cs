using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.Issues;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Boards;

/// <summary>The write-off board against an independent question to PostGIS, and as a sheet.</summary>
public sealed class WriteOffBoardTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private static readonly string[] Names = ["reported", "open", "overdue", "writtenOff", "fixed", "inTime", "late", "dismissed", "returned", "reopened", "exceptions", "onSpot", "rated", "stars"];

    // Straight from the rows, by place: no level is summed up from another.
    private const string OracleSql =
        """
        select g.code, count(i.id)::int, count(i.id) filter (where i.state not in ('writtenOff', 'rejected', 'duplicate'))::int,
               count(i.id) filter (where i.state not in ('writtenOff', 'rejected', 'duplicate') and i.due_at < now() and i.paused_at is null)::int,
               count(i.id) filter (where i.state = 'writtenOff')::int, coalesce(sum(i.reopened), 0)::int
        from (select distinct on (v.grid_id) c.code, v.geom from grid_version v join grid_code c on c.grid_id = v.grid_id where v.level = @level and v.to_generation is null order by v.grid_id) g
        left join issue i on st_covers(g.geom, i.point)
        group by g.code order by g.code
        """;

    [Fact]
    public async Task Lines_add_up_on_every_level_and_agree_with_PostGIS()
    {
        var random = new Random(7);
        var villages = (string[])["A11", "A12", "A21", "A22", "B11", "B12", "B21", "B22"];
        for (var i = 0; i < 60; i++)
        {
            var (x, y) = PeopleService.Middle(villages[random.Next(villages.Length)]);
            var number = await Client.ReportNumberAsync(x, y);
            foreach (var (step, body) in WayOf(random.Next(6)))
                (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/{step}", body)).AssertStatus(HttpStatusCode.OK);
        }

        await Client.ReportNumberAsync(-30, -30); // in no grid
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("update issue set due_at = now() - interval '1 hour' where id % 3 = 0");
        JsonElement? sum = null;
        for (var level = 1; level <= 3; level++)
        {
            var board = await BoardAsync($"level={level}");
            var total = board.GetProperty("total");
            Assert.Equal((sum ?? total).GetRawText(), total.GetRawText());
            sum ??= total;
            foreach (var name in Names)
                Assert.Equal(total.GetProperty(name).GetInt32(), board.GetProperty("items").EnumerateArray().Sum(line => line.GetProperty("figures").GetProperty(name).GetInt32()));
            var lines = board.GetProperty("items").EnumerateArray().Where(line => line.GetProperty("grid").ValueKind != JsonValueKind.Null).ToDictionary(
                line => line.GetProperty("grid").GetProperty("code").GetString()!, line => line.GetProperty("figures"));
            foreach (var (code, reported, open, overdue, writtenOff, reopened) in await connection.QueryAsync<(string, int, int, int, int, int)>(OracleSql, new { level }))
            {
                if (reported == 0)
                {
                    Assert.DoesNotContain(code, lines.Keys);
                    continue;
                }

                Assert.Equal(
                    (reported, open, overdue, writtenOff, reopened),
                    (Figure("reported"), Figure("open"), Figure("overdue"), Figure("writtenOff"), Figure("reopened")));
                int Figure(string name) => lines[code].GetProperty(name).GetInt32();
            }
        }

        // What is closed is not yet fixed.
        Assert.True(sum!.Value.GetProperty("fixed").GetInt32() < sum.Value.GetProperty("writtenOff").GetInt32());
        var byCategory = await BoardAsync($"level=2&byCategory=true&category={TestService.Category}");
        Assert.Equal(sum.Value.GetRawText(), byCategory.GetProperty("total").GetRawText());
        Assert.Equal(0, (await BoardAsync("from=2020-01-01&to=2020-12-31")).GetProperty("total").GetProperty("reported").GetInt32());
    }

    [Fact]
    public async Task It_comes_as_a_sheet_and_bad_questions_name_the_field()
    {
        await Client.ReportNumberAsync(PeopleService.Middle("A11").X, PeopleService.Middle("A11").Y);
        var csv = (await Client.GetAnswerAsync("/api/v1/boards/write-offs?level=3&byCategory=true&format=csv")).AssertStatus(HttpStatusCode.OK);
        Assert.Contains("网格编码,网格,类别编码,类别,上报", csv.Text, StringComparison.Ordinal);
        Assert.Contains("A11,A11,", csv.Text, StringComparison.Ordinal);
        Assert.Contains("合计", csv.Text, StringComparison.Ordinal);
        var sheet = await Client.GetByteArrayAsync(new Uri("/api/v1/boards/write-offs?format=xlsx", UriKind.Relative));
        Assert.Equal("PK"u8.ToArray(), sheet[..2]);
        foreach (var (query, code, field) in ((string, string, string)[])[("level=9", "bad_level", "level"), ("from=2026-02-02&to=2026-02-01", "bad_period", "from"), ("format=pdf", "bad_format", "format")])
            (await Client.GetAnswerAsync($"/api/v1/boards/write-offs?{query}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task The_office_chooses_what_of_before_and_after_the_public_sees()
    {
        var at = TestTownship.Point(PeopleService.Middle("A12").X, PeopleService.Middle("A12").Y);
        var number = (await Client.AskAsync(HttpMethod.Post, TestReports.Address, TestReports.Form(at, TestPictures.Jpeg))).AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString()!;
        (await ExposeAsync(number, true)).AssertProblem(HttpStatusCode.Conflict, "no_pair");
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/claim", new { by = "a" })).AssertStatus(HttpStatusCode.OK);
        using var form = new MultipartFormDataContent { { new StringContent("a"), "by" }, { new ByteArrayContent(TestPictures.Png), "photos", "x.png" } };
        (await Service.Admin.AskAsync(HttpMethod.Post, $"/api/v1/issues/{number}/rectify", form)).AssertStatus(HttpStatusCode.OK);
        Assert.Empty(await NumbersAsync());
        // Who only follows it is the public too.
        var follow = (await Client.PostJsonAsync($"/api/v1/issues/{number}/follow", new { })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("track").GetString()![3..];
        Assert.Equal((0, 0), await FollowedAsync(follow));
        (await ExposeAsync(number, true)).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal((1, 1), await FollowedAsync(follow));
        Assert.Equal([number], await NumbersAsync());
        var pair = (await Client.GetAnswerAsync("/api/v1/boards/exposures")).Json.GetProperty("items")[0];
        foreach (var side in (string[])["before", "after"])
            (await Client.GetAnswerAsync(pair.GetProperty(side)[0].GetProperty("smallUrl").GetString()!)).AssertStatus(HttpStatusCode.OK);
        (await ExposeAsync(number, false)).AssertStatus(HttpStatusCode.NoContent);
        Assert.Empty(await NumbersAsync());
        (await Client.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = true })).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { })).AssertProblem(HttpStatusCode.BadRequest, "exposed_required", "exposed");
    }

    private async Task<(int Before, int After)> FollowedAsync(string word)
    {
        var seen = (await Client.GetAnswerAsync($"/api/v1/track/{word}")).AssertStatus(HttpStatusCode.OK).Json;
        return (seen.GetProperty("before").GetArrayLength(), seen.GetProperty("after").GetArrayLength());
    }

    private Task<Answer> ExposeAsync(string number, bool exposed) => Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed });

    private async Task<List<string>> NumbersAsync() =>
        [.. (await Client.GetAnswerAsync("/api/v1/boards/exposures")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()!)];

    private static IEnumerable<(string Step, object Body)> WayOf(int way)
    {
        if (way == 5)
        {
            yield return ("reject", new { by = "x", note = "不属实" });
            yield break;
        }

        if (way >= 1)
            yield return ("claim", new { by = "a" });
        if (way >= 2)
            yield return ("rectify", new { by = "a" });
        if (way >= 3)
            yield return ("verify", new { by = "b", result = "pass", exception = way == 3 ? "夜间" : "无法拍照" });
        if (way == 4)
            yield return ("reopen", new { by = "b", note = "没好" });
    }

    private async Task<JsonElement> BoardAsync(string query) => (await Client.GetAnswerAsync($"/api/v1/boards/write-offs?{query}")).AssertStatus(HttpStatusCode.OK).Json;
}
