using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.People;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Tests.Surveys;

/// <summary>Answers: once, only while it is open, never half, and nothing that was not asked.</summary>
public sealed class SurveyAnswerTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private HttpClient Office => Service.Admin;

    [Fact]
    public async Task A_household_answers_once_however_many_send_at_the_same_time()
    {
        var (id, code) = await Office.OpenAsync(SurveyService.Body("household"));
        foreach (var word in await Office.LinksAsync(id, "A11", 5))
        {
            var asked = (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions?k={word}")).AssertStatus(HttpStatusCode.OK).Json;
            Assert.Equal("A11", asked.GetProperty("gridName").GetString());
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Client.AnswerAsync(code, SurveyService.Reply(1 + i, 3, k: word), ("Idempotency-Key", Guid.NewGuid().ToString()))));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.AssertProblem(HttpStatusCode.Conflict, "already_answered"));
            (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions?k={word}")).AssertProblem(HttpStatusCode.Conflict, "already_answered");
        }

        Assert.Equal((5, 10), await StoredAsync(id));
        (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions")).AssertProblem(HttpStatusCode.Forbidden, "link_required", "k");
        (await Client.AnswerAsync(code, SurveyService.Reply(1, 1, k: "AAAAAAAAAAAAAAAAAAAAAA"))).AssertProblem(HttpStatusCode.NotFound, "unknown_link");
    }

    [Fact]
    public async Task What_is_sent_again_with_its_key_is_one_answer()
    {
        var (id, code) = await Office.OpenAsync(SurveyService.Body("household"));
        var word = Assert.Single(await Office.LinksAsync(id, "A12", 1));
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Client.AnswerAsync(code, SurveyService.Reply(4, 4, k: word), key)));
        Assert.Contains(sent, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(sent.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.AssertProblem(HttpStatusCode.Conflict, "still_running"));
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/close", new { })).AssertStatus(HttpStatusCode.OK);

        // The phone that did not hear of it asks once more, after the survey has closed.
        (await Client.AnswerAsync(code, SurveyService.Reply(4, 4, k: word), key)).AssertStatus(HttpStatusCode.Created);
        (await Client.AnswerAsync(code, SurveyService.Reply(5, 4, k: word), key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "key_reused");
        Assert.Equal((1, 2), await StoredAsync(id));
    }

    [Fact]
    public async Task It_is_answered_only_while_it_is_open()
    {
        var draft = await Office.CreateAsync(SurveyService.Body());
        var (id, code) = (draft.GetProperty("id").GetInt64(), draft.GetProperty("code").GetString()!);
        (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions")).AssertProblem(HttpStatusCode.NotFound, "unknown_survey");
        (await Client.AnswerAsync(code, SurveyService.Reply(1, 1))).AssertProblem(HttpStatusCode.NotFound, "unknown_survey");
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/open", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(6, (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").GetArrayLength());
        (await Client.AnswerAsync(code, SurveyService.Reply(1, 1))).AssertStatus(HttpStatusCode.Created);
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/close", new { })).AssertStatus(HttpStatusCode.OK);
        (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions")).AssertProblem(HttpStatusCode.Gone, "survey_closed");
        (await Client.AnswerAsync(code, SurveyService.Reply(1, 1))).AssertProblem(HttpStatusCode.Gone, "survey_closed");

        // Its times close it by themselves, and open it.
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("update survey set state = 'open', closes_at = now() - interval '1 second' where id = @id", new { id });
        (await Client.AnswerAsync(code, SurveyService.Reply(1, 1))).AssertProblem(HttpStatusCode.Gone, "survey_closed");
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/open", new { })).AssertProblem(HttpStatusCode.Conflict, "survey_over");
        await connection.ExecuteAsync("update survey set closes_at = null, opens_at = now() + interval '1 hour' where id = @id", new { id });
        (await Client.GetAnswerAsync($"{SurveyService.Address}/{code}/questions")).AssertProblem(HttpStatusCode.Conflict, "survey_not_open");
        Assert.Equal((1, 2), await StoredAsync(id));
    }

    [Fact]
    public async Task Hostile_answers_are_refused_by_name_and_store_nothing()
    {
        var (id, code) = await Office.OpenAsync(SurveyService.Body(grid: "A"));
        var must = """{"item":1,"value":3},{"item":2,"value":3}""";
        foreach (var (answers, problem, field) in ((string, string, string)[])[
            ($"{must},{{\"item\":7,\"value\":1}}", "unknown_item", "answers[2].item"),
            ("""{"item":1,"value":11},{"item":2,"value":3}""", "bad_value", "answers[0].value"),
            ("""{"item":1,"value":0},{"item":2,"value":3}""", "bad_value", "answers[0].value"),
            ("""{"item":1,"value":3},{"item":2,"value":6}""", "bad_value", "answers[1].value"),
            ("""{"item":1,"value":3}""", "answer_required", "answers"),
            ("", "answer_required", "answers"),
            ($"{must},{{\"item\":1,\"value\":4}}", "item_twice", "answers[2].item"),
            ($"{must},{{\"item\":4,\"choices\":[1,2]}}", "bad_choices", "answers[2].choices"),
            ($"{must},{{\"item\":5,\"choices\":[1,1]}}", "bad_choices", "answers[2].choices"),
            ($"{must},{{\"item\":5,\"choices\":[4]}}", "bad_choices", "answers[2].choices"),
            ($"{must},{{\"item\":6,\"value\":4}}", "bad_value", "answers[2].value"),
            ($"{must},{{\"item\":3,\"text\":\"x\"}}", "bad_text", "answers[2].text"),
            ($"{must},null", "bad_answers", "answers[2]"),
            ($"{must},{{\"item\":6,\"text\":\"{new string('x', 1001)}\"}}", "too_long", "answers[2].text"),
            (string.Join(',', Enumerable.Repeat("""{"item":1,"value":3}""", 31)), "bad_answers", "answers")])
            (await Client.PostTextAsync($"{SurveyService.Address}/{code}/answers", $$"""{"answers":[{{answers}}]}""")).AssertProblem(HttpStatusCode.BadRequest, problem, field);
        (await Client.PostTextAsync($"{SurveyService.Address}/{code}/answers", $$"""{"answers":[{{must}}],"grid":"B11"}""")).AssertProblem(HttpStatusCode.BadRequest, "outside_survey", "grid");
        (await Client.PostTextAsync($"{SurveyService.Address}/{code}/answers", $$"""{"answers":[{{must}}],"grid":"nowhere"}""")).AssertProblem(HttpStatusCode.BadRequest, "bad_grid", "grid");
        (await Client.AnswerAsync(code, SurveyService.Reply(3, 3, at: PeopleService.Middle("B11")))).AssertProblem(HttpStatusCode.BadRequest, "outside_survey", "lon");
        (await Client.PostTextAsync($"{SurveyService.Address}/{code}/answers", """{"answers":[{"item":1.5}]}""")).AssertProblem(HttpStatusCode.BadRequest, "bad_json");

        // Ten megabytes of words; the connection may be cut before the answer is read.
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"answers":[{"item":6,"text":"{{new string('x', 10 << 20)}}"}]}"""));
        content.Headers.ContentType = new("application/json");
        try
        {
            (await Client.AskAsync(HttpMethod.Post, $"{SurveyService.Address}/{code}/answers", content)).AssertStatus(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            Assert.Equal((0, 0), await StoredAsync(id));
        }

        Assert.Equal((0, 0), await StoredAsync(id));
        (await Client.AnswerAsync(code, SurveyService.Reply(3, 3, "路灯'); drop table survey; --\0", at: PeopleService.Middle("A11")))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal((1, 3), await StoredAsync(id));
    }

    [Fact]
    public async Task Surveys_that_are_wrong_are_refused_by_name()
    {
        foreach (var (change, problem, field) in ((Action<Dictionary<string, object?>>, string, string)[])[
            (body => body["title"] = " ", "words_required", "title"),
            (body => body["mode"] = "all", "bad_mode", "mode"),
            (body => body["level"] = 9, "bad_level", "level"),
            (body => body["grid"] = "nowhere", "bad_grid", "grid"),
            (body => body["minSample"] = 2, "bad_min_sample", "minSample"),
            (body => (body["opensAt"], body["closesAt"]) = ("2026-05-02T00:00:00Z", "2026-05-01T00:00:00Z"), "bad_closes_at", "closesAt"),
            (body => body["items"] = Array.Empty<object>(), "bad_items", "items"),
            (body => body["items"] = Enumerable.Repeat(new { kind = "text", words = "x" }, 31).ToArray(), "bad_items", "items"),
            (body => body["items"] = new object?[] { null }, "bad_items", "items[0]"),
            (body => body["items"] = new[] { new { kind = "number", words = "x" } }, "bad_kind", "items[0].kind"),
            (body => body["items"] = new[] { new { kind = "score", subject = "self", scale = 7, words = "x" } }, "bad_scale", "items[0].scale"),
            (body => body["items"] = new[] { new { kind = "score", subject = "town", scale = 5, words = "x" } }, "bad_subject", "items[0].subject"),
            (body => body["items"] = new[] { new { kind = "choice", words = "x", options = new[] { new { words = "a" } } } }, "bad_options", "items[0].options"),
            (body => body["items"] = new[] { new { kind = "choice", words = "x", options = new[] { new { words = "a" }, new { words = "a" } } } }, "option_twice", "items[0].options"),
            (body => body["items"] = new[] { new { kind = "text", words = "x\ny" } }, "bad_text", "items[0].words")])
        {
            var body = SurveyService.Body();
            change(body);
            (await Office.PostJsonAsync(SurveyService.Address, body)).AssertProblem(HttpStatusCode.BadRequest, problem, field);
        }

        (await Client.PostJsonAsync(SurveyService.Address, SurveyService.Body())).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task Questions_stay_once_they_are_answered_and_changes_name_the_version_that_was_seen()
    {
        var made = await Office.CreateAsync(SurveyService.Body());
        var (id, code) = (made.GetProperty("id").GetInt64(), made.GetProperty("code").GetString()!);
        var other = SurveyService.Body(title: "再打分");
        other["items"] = new[] { new { kind = "text", words = "新问题", required = false } };
        (await PutAsync(id, other, null)).AssertProblem(HttpStatusCode.PreconditionRequired, "version_required", "If-Match");
        (await PutAsync(id, other, "\"7\"")).AssertProblem(HttpStatusCode.PreconditionFailed, "survey_changed", "If-Match");
        var changed = (await PutAsync(id, other, "\"1\"")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("\"2\"", changed.Header("ETag"));
        Assert.Equal("新问题", changed.Json.GetProperty("items")[0].GetProperty("words").GetString());
        (await PutAsync(id, SurveyService.Body(), "\"2\"")).AssertStatus(HttpStatusCode.OK);
        var opened = (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/open", new { })).AssertStatus(HttpStatusCode.OK).Json;
        (await Client.AnswerAsync(code, SurveyService.Reply(1, 1))).AssertStatus(HttpStatusCode.Created);
        var version = $"\"{opened.GetProperty("version").GetInt32()}\"";
        (await PutAsync(id, other, version)).AssertProblem(HttpStatusCode.Conflict, "survey_answered");
        (await PutAsync(id, SurveyService.Body("household"), version)).AssertProblem(HttpStatusCode.Conflict, "survey_answered");
        (await PutAsync(id, SurveyService.Body(title: "新题目"), version)).AssertStatus(HttpStatusCode.OK);
        var copy = (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/copy", new { })).AssertStatus(HttpStatusCode.Created).Json;
        Assert.Equal(("draft", 6, 0), (copy.GetProperty("state").GetString(), copy.GetProperty("items").GetArrayLength(), copy.GetProperty("answers").GetInt32()));

        // The database holds it too, and answers are for ever, from the service's own role.
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("delete from survey_item where survey_id = @id", new { id }));
        foreach (var table in (string[])["survey_answer", "survey_answer_item", "survey_suggestion"])
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync($"delete from {table}"))).SqlState);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync($"update {table} set {(table == "survey_suggestion" ? "by_name = ''" : "survey_id = 1")}"))).SqlState);
        }
    }

    [Fact]
    public async Task Links_are_told_once_printed_and_revoked()
    {
        var (id, code) = await Office.OpenAsync(SurveyService.Body("household", "A"));
        var made = (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/links", new { grid = "A11", labels = (string[])["1号", "2号", "3号"] })).AssertStatus(HttpStatusCode.Created).Json;
        var words = made.GetProperty("items").EnumerateArray().Select(link => link.GetProperty("path").GetString()!.Split("?k=")[1]).ToList();
        Assert.All(made.GetProperty("items").EnumerateArray(), link => Assert.StartsWith($"/s/{code}?k=", link.GetProperty("path").GetString(), StringComparison.Ordinal));
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.DoesNotContain(words[0], await connection.ExecuteScalarAsync<string>("select string_agg(l::text, ' ') from survey_link l"), StringComparison.Ordinal);
        var pdf = (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/stickers.pdf", new { words })).AssertStatus(HttpStatusCode.OK);
        Assert.StartsWith("%PDF", pdf.Text, StringComparison.Ordinal);
        Assert.Equal("1", pdf.Header("GridMap-Pages"));
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/stickers.pdf", new { words = (string[])[words[0], "x"] })).AssertProblem(HttpStatusCode.BadRequest, "unknown_link", "words[1]");
        (await Office.GetAnswerAsync($"{SurveyService.Address}/{id}/stickers.pdf")).AssertProblem(HttpStatusCode.Conflict, "links_needed");

        (await Client.AnswerAsync(code, SurveyService.Reply(2, 2, k: words[0]))).AssertStatus(HttpStatusCode.Created);
        var second = made.GetProperty("items")[1].GetProperty("id").GetInt64();
        (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/links/{second}/revoke", new { })).AssertStatus(HttpStatusCode.NoContent);
        (await Client.AnswerAsync(code, SurveyService.Reply(2, 2, k: words[1]))).AssertProblem(HttpStatusCode.NotFound, "unknown_link");
        var listed = await Office.ListAllAsync($"{SurveyService.Address}/{id}/links", 2);
        Assert.Equal([("1号", true, false), ("2号", false, true), ("3号", false, false)], listed.Select(link => (
            link.GetProperty("label").GetString()!, link.GetProperty("answered").GetBoolean(), link.GetProperty("revokedAt").ValueKind != JsonValueKind.Null)));
        foreach (var (body, problem, field) in ((object, string, string)[])[
            (new { grid = "B11", count = 1 }, "outside_survey", "grid"), (new { grid = "A11", count = 1001 }, "bad_count", "count"), (new { count = 1 }, "grid_required", "grid"),
            (new { grid = "A11", count = 1, labels = (string[])["a"] }, "bad_labels", "labels")])
            (await Office.PostJsonAsync($"{SurveyService.Address}/{id}/links", body)).AssertProblem(HttpStatusCode.BadRequest, problem, field);
        var (open, _) = await Office.OpenAsync();
        var walls = (await Office.GetAnswerAsync($"{SurveyService.Address}/{open}/stickers.pdf?grid=A")).AssertStatus(HttpStatusCode.OK);
        Assert.StartsWith("%PDF", walls.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_runs_surveys_on_some_grids_runs_them_there_and_nowhere_else()
    {
        var office = await ((PeopleService)Service).SignInAsync("survey-office", (Role.CampaignOffice, "A"));
        (await office.Client.PostJsonAsync(SurveyService.Address, SurveyService.Body())).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await office.Client.PostJsonAsync(SurveyService.Address, SurveyService.Body(grid: "B1"))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        var (own, _) = await office.Client.OpenAsync(SurveyService.Body(grid: "A1"));
        Assert.Single(await office.Client.LinksAsync(own, "A11", 1));
        var (everywhere, _) = await Office.OpenAsync();
        foreach (var step in (string[])["close", "open", "copy", "links"])
            (await office.Client.PostJsonAsync($"{SurveyService.Address}/{everywhere}/{step}", new { grid = "A11", count = 1 })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
    }

    private async Task<Answer> PutAsync(long id, object body, string? version)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await Office.AskAsync(HttpMethod.Put, $"{SurveyService.Address}/{id}", content, version is null ? [] : [("If-Match", version)]);
    }

    private async Task<(int Answers, int Items)> StoredAsync(long id)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(int, int)>(
            "select (select count(*)::int from survey_answer where survey_id = @id), (select count(*)::int from survey_answer_item where survey_id = @id)", new { id });
    }
}
