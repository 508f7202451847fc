using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.People;
using GridMap.Core.Permissions;

namespace GridMap.Api.Tests.Surveys;

/// <summary>Results against an independent question to PostGIS; who sees them, and what nobody does.</summary>
public sealed class SurveyResultTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private static readonly string[] Villages = ["A11", "A12", "A21", "A22", "B11", "B12", "B21", "B22"];

    // Straight from the answers, by where the places lie: no level is summed up from another, no grid from its children.
    private const string OracleSql =
        """
        select g.code, count(distinct a.id)::int as answers, count(i.value)::int as count, avg(i.value)::float8 as mean,
               array(select count(*) from survey_answer_item o join survey_answer b on b.id = o.answer_id join told t on t.answer_id = b.id
                     where b.survey_id = @id and o.ordinal = 5 and 2 = any(o.choices) and st_covers(g.geom, t.point))::bigint[] as water
        from (select c.code, v.geom from grid_version v join grid_code c on c.grid_id = v.grid_id where v.level = @level and v.to_generation is null) g
        join survey_answer a on a.survey_id = @id
        join told p on p.answer_id = a.id and st_covers(g.geom, p.point)
        left join survey_answer_item i on i.answer_id = a.id and i.ordinal = 3
        group by g.code, g.geom order by g.code
        """;

    private HttpClient Office => Service.Admin;

    [Fact]
    public async Task Lines_add_up_on_every_level_and_agree_with_PostGIS()
    {
        var (id, code) = await Office.OpenAsync();
        var random = new Random(11);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("create table if not exists told (answer_id bigint, point geometry (Point, 4490))");
        for (var i = 0; i < 150; i++)
        {
            // Some lie in no grid.
            var (x, y) = i % 25 == 0 ? (-20, -20) : PeopleService.Middle(Villages[random.Next(Villages.Length)]);
            var at = TestTownship.Point(x, y);
            var answers = new List<object> { new { item = 1, value = random.Next(1, 11) }, new { item = 2, value = random.Next(1, 6) }, new { item = 5, choices = random.Next(2) == 0 ? (int[])[3, 2] : [1] } };
            if (random.Next(3) > 0)
                answers.Add(new { item = 3, value = random.Next(1, 11) });
            (await Client.AnswerAsync(code, new { lon = at.Lon, lat = at.Lat, answers })).AssertStatus(HttpStatusCode.Created);
            await connection.ExecuteAsync(
                "insert into told select max(id), st_setsrid(st_makepoint(@Lon, @Lat), 4490) from survey_answer where survey_id = @id", new { at.Lon, at.Lat, id });
        }

        for (var level = 1; level <= 3; level++)
        {
            var results = await ResultsAsync(Office, id, $"level={level}");
            var lines = results.GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(150, results.GetProperty("total").GetProperty("answers").GetInt32());
            Assert.Equal(150, lines.Sum(line => line.GetProperty("answers").GetInt32()));
            Assert.Equal(6, lines[^1].GetProperty("answers").GetInt32());
            Assert.Equal(JsonValueKind.Null, lines[^1].GetProperty("grid").ValueKind);
            var expected = (await connection.QueryAsync<(string Code, int Answers, int Count, double Mean, long[] Water)>(OracleSql, new { id, level = (short)level })).ToList();
            Assert.Equal(expected.Select(line => line.Code), lines.SkipLast(1).Select(line => line.GetProperty("grid").GetProperty("code").GetString()));
            foreach (var (line, told) in lines.Zip(expected))
            {
                var third = line.GetProperty("figures")[2];
                Assert.Equal((told.Answers, told.Count), (line.GetProperty("answers").GetInt32(), third.GetProperty("count").GetInt32()));
                Assert.Equal(told.Mean, third.GetProperty("mean").GetDouble(), 3);
                Assert.Equal(told.Count, third.GetProperty("distribution").EnumerateArray().Sum(count => count.GetInt32()));
                Assert.Equal(told.Water[0], line.GetProperty("figures")[4].GetProperty("distribution")[1].GetInt32());
            }
        }

        // The overall score, once more by hand: each score that had to be given as a share of its scale.
        var overall = await connection.ExecuteScalarAsync<double>(
            "select 100 * avg((i.value - 1)::float8 / case i.ordinal when 1 then 9 else 4 end) from survey_answer_item i where survey_id = @id and ordinal in (1, 2)", new { id });
        Assert.Equal(overall, (await ResultsAsync(Office, id, "")).GetProperty("total").GetProperty("score").GetDouble(), 2);
        await PeriodsAsync(connection, id);
    }

    private async Task PeriodsAsync(Npgsql.NpgsqlConnection connection, long id)
    {
        await connection.ExecuteAsync("update survey_answer set at = timestamptz '2026-03-05 23:30 +08' where survey_id = @id and id % 2 = 0", new { id });
        var half = await connection.ExecuteScalarAsync<int>("select count(*)::int from survey_answer where survey_id = @id and id % 2 = 0", new { id });
        Assert.Equal(half, Answers(await ResultsAsync(Office, id, "from=2026-03-05&to=2026-03-05")));
        Assert.Equal(150 - half, Answers(await ResultsAsync(Office, id, "from=2026-03-06")));
        Assert.Equal(0, Answers(await ResultsAsync(Office, id, "to=2026-03-04")));
        var one = await ResultsAsync(Office, id, "item=2");
        Assert.Equal(2, Assert.Single(one.GetProperty("questions").EnumerateArray()).GetProperty("ordinal").GetInt32());
        static int Answers(JsonElement results) => results.GetProperty("total").GetProperty("answers").GetInt32();
    }

    [Fact]
    public async Task Few_answers_are_told_to_nobody_and_cannot_be_worked_out()
    {
        var (id, code) = await Office.OpenAsync();
        foreach (var (village, count) in ((string, int)[])[("A11", 2), ("A12", 4), ("A21", 9), ("B11", 2), ("B21", 8)])
        {
            for (var i = 0; i < count; i++)
                (await Client.AnswerAsync(code, SurveyService.Reply(3 + i % 5, 2, grid: village))).AssertStatus(HttpStatusCode.Created);
        }

        var lines = (await ResultsAsync(Office, id, "level=3")).GetProperty("items").EnumerateArray().ToDictionary(line => line.GetProperty("grid").GetProperty("code").GetString()!);
        Assert.Equal([2, 4, 9, 2, 8], lines.Values.Select(line => line.GetProperty("answers").GetInt32()));

        // Two are too few, and their neighbour's figures would give theirs away.
        Assert.Equal(["A11", "A12", "B11", "B21"], lines.Where(line => line.Value.GetProperty("tooFew").GetBoolean()).Select(line => line.Key));
        Assert.Equal(9, lines["A21"].GetProperty("figures")[0].GetProperty("distribution").EnumerateArray().Sum(count => count.GetInt32()));
        foreach (var line in lines.Values.Where(line => line.GetProperty("tooFew").GetBoolean()))
        {
            Assert.Equal(JsonValueKind.Null, line.GetProperty("score").ValueKind);
            Assert.All(line.GetProperty("figures").EnumerateArray(), figure => Assert.Equal(JsonValueKind.Null, figure.GetProperty("distribution").ValueKind));
        }

        var csv = (await Office.GetAnswerAsync($"{SurveyService.Address}/{id}/results?level=3&format=csv")).AssertStatus(HttpStatusCode.OK).Text;
        Assert.Contains("网格编码,网格,答卷数,综合得分,1. 自家 · 人数,1. 自家 · 平均（10 分制）", csv, StringComparison.Ordinal);
        Assert.Contains("A11,A11,2,样本过少,2,样本过少", csv, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await Office.GetByteArrayAsync(new Uri($"{SurveyService.Address}/{id}/results?format=xlsx", UriKind.Relative)))[..2]);
    }

    [Fact]
    public async Task Results_are_for_everybody_when_the_survey_is_closed_and_says_so_and_for_the_office_where_it_reaches()
    {
        var body = SurveyService.Body();
        body["resultsPublic"] = true;
        var (id, code) = await Office.OpenAsync(body);
        foreach (var village in (string[])["A11", "B11"])
        {
            for (var i = 0; i < 5; i++)
                (await Client.AnswerAsync(code, SurveyService.Reply(5, 3, grid: village))).AssertStatus(HttpStatusCode.Created);
        }

        var address = $"{SurveyService.Address}/{id}/results?level=1";
        (await Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.NotFound, "unknown_survey");
        var leader = await ((PeopleService)Service).SignInAsync("survey-leader", (Role.GridLeader, "A"));
        Assert.Equal(["A"], Codes((await leader.Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK).Json));
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/close", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(["A", "B"], Codes((await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK).Json));
        (await Client.GetAnswerAsync($"{address}&from=2026-01-01")).AssertProblem(HttpStatusCode.BadRequest, "period_for_office", "from");
        foreach (var (query, problem, field) in ((string, string, string)[])[
            ("level=9", "bad_level", "level"), ("item=7", "unknown_item", "item"), ("from=2026-02-02&to=2026-02-01", "bad_period", "from"), ("format=pdf", "bad_format", "format")])
            (await Office.GetAnswerAsync($"{SurveyService.Address}/{id}/results?{query}")).AssertProblem(HttpStatusCode.BadRequest, problem, field);

        static List<string> Codes(JsonElement results) => [.. results.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("grid").GetProperty("code").GetString()!)];
    }

    private static async Task<JsonElement> ResultsAsync(HttpClient client, long id, string query) =>
        (await client.GetAnswerAsync($"{SurveyService.Address}/{id}/results?{query}")).AssertStatus(HttpStatusCode.OK).Json;
}
