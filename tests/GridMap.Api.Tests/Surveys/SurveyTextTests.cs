using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.People;
using GridMap.Core.Permissions;

namespace GridMap.Api.Tests.Surveys;

/// <summary>Words are for who reaches their grid; a suggestion becomes an issue once.</summary>
public sealed class SurveyTextTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private HttpClient Office => Service.Admin;

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task Words_are_seen_where_one_reaches_and_by_nobody_else()
    {
        var (id, code) = await Office.OpenAsync();
        foreach (var village in (string[])["A11", "A21", "B11"])
            (await Client.AnswerAsync(code, SurveyService.Reply(5, 5, $"{village} 的建议", grid: village))).AssertStatus(HttpStatusCode.Created);
        (await Client.AnswerAsync(code, SurveyService.Reply(5, 5, "没有地点"))).AssertStatus(HttpStatusCode.Created);
        var address = $"{SurveyService.Address}/{id}/texts";
        Assert.Equal(["没有地点", "B11 的建议", "A21 的建议", "A11 的建议"], Words(await Office.ListAllAsync(address, 3)));
        Assert.Equal(["A21 的建议", "A11 的建议"], Words(await Office.ListAllAsync($"{address}?grid=A&item=6")));
        var leader = await People.SignInAsync("text-leader", (Role.GridLeader, "A1"));
        Assert.Equal(["A11 的建议"], Words(await leader.Client.ListAllAsync(address)));
        (await Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        var worker = await People.SignInAsync("text-worker", (Role.GridWorker, "A"));
        (await worker.Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/close", new { })).AssertStatus(HttpStatusCode.OK);
        var results = (await Office.GetAnswerAsync($"{SurveyService.Address}/{id}/results?level=3")).Text;
        Assert.DoesNotContain("的建议", results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suggestion_becomes_one_issue_at_the_middle_of_its_grid()
    {
        var (id, code) = await Office.OpenAsync();
        (await Client.AnswerAsync(code, SurveyService.Reply(5, 5, "水沟要清淤", grid: "A12"))).AssertStatus(HttpStatusCode.Created);
        (await Client.AnswerAsync(code, SurveyService.Reply(5, 5, "没有地点"))).AssertStatus(HttpStatusCode.Created);
        var texts = await Office.ListAllAsync($"{SurveyService.Address}/{id}/texts");
        var (nowhere, placed) = (texts[0].GetProperty("id").GetInt64(), texts[1].GetProperty("id").GetInt64());
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => MakeAsync(Office, id, placed, new { category = TestService.Category })));
        var made = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created).Json;
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.AssertProblem(HttpStatusCode.Conflict, "issue_made"));
        Assert.Equal("A12", made.GetProperty("chain").EnumerateArray().Last().GetProperty("code").GetString());
        var number = made.GetProperty("number").GetString()!;
        Assert.Equal(number, (await Office.ListAllAsync($"{SurveyService.Address}/{id}/texts"))[1].GetProperty("issue").GetString());
        Assert.Equal(number, (await MakeAsync(Office, id, placed, new { category = TestService.Category })).AssertProblem(HttpStatusCode.Conflict, "issue_made").Json.GetProperty("issue").GetString());
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(("survey", "水沟要清淤", 1), await connection.QuerySingleAsync<(string, string, int)>(
            "select source, description, (select count(*)::int from issue where source = 'survey') from issue where number = @number", new { number }));

        (await MakeAsync(Office, id, nowhere, new { category = TestService.Category })).AssertProblem(HttpStatusCode.BadRequest, "place_required", "lon");
        (await MakeAsync(Office, id, nowhere, new { category = "nothing" })).AssertProblem(HttpStatusCode.BadRequest, "place_required", "lon");
        var at = TestTownship.Point(PeopleService.Middle("B22").X, PeopleService.Middle("B22").Y);
        (await MakeAsync(Office, id, nowhere, new { category = "nothing", lon = at.Lon, lat = at.Lat })).AssertProblem(HttpStatusCode.BadRequest, "bad_category", "category");
        var chosen = (await MakeAsync(Office, id, nowhere, new { category = TestService.Category, lon = at.Lon, lat = at.Lat, description = "改写" })).AssertStatus(HttpStatusCode.Created).Json;
        Assert.Equal("B22", chosen.GetProperty("chain").EnumerateArray().Last().GetProperty("code").GetString());
        Assert.Empty(await Office.ListAllAsync($"{SurveyService.Address}/{id}/texts?open=true"));
    }

    [Fact]
    public async Task Who_does_not_reach_a_suggestion_is_told_that_there_is_none_and_erased_words_are_gone()
    {
        var (id, code) = await Office.OpenAsync();
        (await Client.AnswerAsync(code, SurveyService.Reply(5, 5, "张三乱丢垃圾", grid: "B11"))).AssertStatus(HttpStatusCode.Created);
        var text = Assert.Single(await Office.ListAllAsync($"{SurveyService.Address}/{id}/texts")).GetProperty("id").GetInt64();
        var leader = await People.SignInAsync("far-leader", (Role.GridLeader, "A"));
        (await MakeAsync(leader.Client, id, text, new { category = TestService.Category })).AssertProblem(HttpStatusCode.NotFound, "unknown_text");
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/texts/{text}/erase", new { })).AssertStatus(HttpStatusCode.NoContent);
        Assert.Empty(await Office.ListAllAsync($"{SurveyService.Address}/{id}/texts"));
        (await MakeAsync(Office, id, text, new { category = TestService.Category })).AssertProblem(HttpStatusCode.NotFound, "unknown_text");
        Assert.Equal(1, (await Office.GetAnswerAsync($"{SurveyService.Address}/{id}/results")).Json.GetProperty("total").GetProperty("answers").GetInt32());
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from audit where before::text || after::text like '%张三%'"));
    }

    private static Task<Answer> MakeAsync(HttpClient client, long id, long text, object body) => client.PostJsonAsync($"{SurveyService.Address}/{id}/suggestions/{text}/issue", body);

    private static List<string> Words(List<JsonElement> texts) => [.. texts.Select(text => text.GetProperty("words").GetString()!)];
}
