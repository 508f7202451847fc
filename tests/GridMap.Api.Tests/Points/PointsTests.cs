using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Points;
using GridMap.Api.Tests.Issues;
using GridMap.Api.Tests.People;
using GridMap.Core.Permissions;

namespace GridMap.Api.Tests.Points;

/// <summary>What steps of issues score, how the ledger adds up, and that it can be recounted.</summary>
public sealed class PointsTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    // The rules in force and the facts, written down once more and without a line of the program.
    private const string OracleSql =
        """
        with step as (
            select e.*, (select person_id from issue_event r where r.issue_id = e.issue_id and r.transition = 'report') as reporter,
                   not exists (select from issue_event b where b.issue_id = e.issue_id and b.id < e.id and b.to_state in ('filed', 'claimed', 'rectified')) as first
            from issue_event e
        ), score as (
            select issue_id, id, 'accepted' as occasion, reporter as person from step where to_state in ('filed', 'claimed', 'rectified') and first and (reporter is null or reporter is distinct from person_id)
            union all
            select issue_id, id, 'false', reporter from step where transition = 'reject' and details ->> 'isFalse' = 'true'
            union all
            select s.issue_id, s.id, case when f.at <= d.due_at then 'fixed' else 'late' end, f.person_id
            from step s
            cross join lateral (select at, person_id from issue_event f where f.issue_id = s.issue_id and f.transition = 'rectify' and f.id < s.id order by id desc limit 1) f
            cross join lateral (select due_at from issue_due d where d.issue_id = s.issue_id and d.at <= s.at order by id desc limit 1) d
            where s.transition = 'verify' and s.to_state = 'writtenOff' and f.person_id is not null
            union all
            select issue_id, id, 'verified', person_id from step where transition = 'verify' and to_state = 'writtenOff' and person_id is not null
        ), standing as (
            select s.*, exists (select from issue_event o where o.issue_id = s.issue_id and o.id > s.id and o.transition = 'reopen'
                                and not exists (select from issue_event m where m.issue_id = s.issue_id and m.id > s.id and m.id < o.id and m.to_state in ('writtenOff', 'rejected', 'duplicate'))) as is_undone
            from score s
        )
        select coalesce('p' || person, 'i' || issue_id) as holder, sum(r.points)::bigint as points
        from standing s
        join (select distinct on (code) occasion, points from points_rule order by code, version desc) r on r.occasion = s.occasion
        where s.issue_id in (select id from issue where number = any(@numbers)) and not (s.is_undone and s.occasion in ('fixed', 'verified', 'false'))
        group by 1 order by 1
        """;

    private const string LedgerSql = "select coalesce('p' || holder_person, 'i' || holder_issue) as holder, sum(points)::bigint as points from points_entry where issue_id in (select id from issue where number = any(@numbers)) group by 1 order by 1";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task Every_score_agrees_with_an_independent_question_and_the_lines_add_up_on_every_level()
    {
        var team = await TeamAsync("course");
        foreach (var code in (string[])["accepted", "fixed", "verified"])
            await PutRuleAsync(code, rule => rule with { DailyMost = null });
        var numbers = new List<string>();
        var random = new Random(11);
        var villages = (string[])["A11", "A12", "A21", "A22", "B11", "B12", "B21", "B22"];
        for (var i = 0; i < 48; i++)
        {
            var (x, y) = i % 12 == 0 ? (-30, -30) : PeopleService.Middle(villages[random.Next(villages.Length)]);
            var number = await (random.Next(3) == 0 ? team.Resident.Client : Client).ReportNumberAsync(x, y);
            numbers.Add(number);
            if (random.Next(3) == 0)
                await LateAsync(number);
            foreach (var (who, step, body) in WayOf(team, random.Next(8)))
                (await who.PostJsonAsync($"/api/v1/issues/{number}/{step}", body)).AssertStatus(HttpStatusCode.OK);
        }

        await using var connection = await Service.Owner.OpenConnectionAsync();
        var expected = (await connection.QueryAsync<(string, long)>(OracleSql, new { numbers })).ToList();
        var found = (await connection.QueryAsync<(string, long)>(LedgerSql, new { numbers })).ToList();
        Assert.Equal(expected, found);
        Assert.True(found.Count > 10);
        Assert.Contains(found, one => one.Item2 < 0);
        await AssertSoundAsync();
        await AssertBoardsAsync(connection);
    }

    [Fact]
    public async Task A_reopening_takes_back_what_the_write_off_gave_and_no_more()
    {
        var team = await TeamAsync("reopen");
        var number = await ReportAsync(team, "A11");
        await WriteOffAsync(team, number);
        Assert.Equal((5, 3, 1), (await BalanceAsync(team.Resident), await BalanceAsync(team.Worker), await BalanceAsync(team.Leader)));
        await MoveAsync(team.Leader, number, "reopen", new { note = "没好" });
        Assert.Equal((5, 0, 0), (await BalanceAsync(team.Resident), await BalanceAsync(team.Worker), await BalanceAsync(team.Leader)));
        await LateAsync(number, "reopen");
        await MoveAsync(team.Worker, number, "rectify", new { });
        await MoveAsync(team.Leader, number, "verify", new { result = "pass", exception = "夜间" });
        Assert.Equal((5, -1, 1), (await BalanceAsync(team.Resident), await BalanceAsync(team.Worker), await BalanceAsync(team.Leader)));
        await MoveAsync(team.Leader, number, "reopen", new { note = "还是没好" });
        Assert.Equal((5, -1, 0), (await BalanceAsync(team.Resident), await BalanceAsync(team.Worker), await BalanceAsync(team.Leader)));

        // Nothing was changed or taken away: what gave is there, and what took it back names it.
        var entries = (await team.Worker.Client.GetAnswerAsync($"/api/v1/points/entries?person={team.Worker.Person}")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([-1, -3, 3], entries.Select(entry => entry.GetProperty("points").GetInt32()));
        Assert.Equal(entries[2].GetProperty("id").GetInt64(), entries[1].GetProperty("corrects").GetInt64());
        Assert.Equal(0, entries[2].GetProperty("stands").GetInt32());
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_rejection_alone_costs_nothing_and_only_a_rejection_can_say_false()
    {
        var team = await TeamAsync("false");
        var honest = await ReportAsync(team, "A12");
        await MoveAsync(team.Leader, honest, "reject", new { note = "不归我们管" });
        Assert.Equal(0, await BalanceAsync(team.Resident));
        var lie = await ReportAsync(team, "A12");
        (await team.Leader.Client.PostJsonAsync($"/api/v1/issues/{lie}/claim", new { isFalse = true })).AssertProblem(HttpStatusCode.BadRequest, "false_is_rejected", "isFalse");
        using var form = new MultipartFormDataContent { { new StringContent("假的"), "note" }, { new StringContent("true"), "isFalse" } };
        (await team.Leader.Client.AskAsync(HttpMethod.Post, $"/api/v1/issues/{lie}/reject", form)).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(-5, await BalanceAsync(team.Resident));
        await MoveAsync(team.Leader, lie, "reopen", new { note = "是真的" });

        // The reproach is taken back, and the report is taken up with that.
        Assert.Equal(5, await BalanceAsync(team.Resident));
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_rule_counts_so_often_a_day_and_says_so_and_a_changed_one_leaves_what_was_scored()
    {
        var team = await TeamAsync("limit");
        await PutRuleAsync("accepted", rule => rule with { DailyMost = 2 });
        foreach (var number in await ReportsAsync(team, 3))
            await MoveAsync(team.Leader, number, "file", new { });
        Assert.Equal(10, await BalanceAsync(team.Resident));
        await PutRuleAsync("accepted", rule => rule with { DailyMost = 4, Points = 7 });
        foreach (var number in await ReportsAsync(team, 3))
            await MoveAsync(team.Leader, number, "claim", new { });
        Assert.Equal(24, await BalanceAsync(team.Resident));
        var entries = (await team.Resident.Client.GetAnswerAsync($"/api/v1/points/entries?person={team.Resident.Person}")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([0, 7, 7, 0, 5, 5], entries.Select(entry => entry.GetProperty("points").GetInt32()));
        Assert.Equal([true, false, false, true, false, false], entries.Select(entry => entry.GetProperty("limited").GetBoolean()));
        Assert.True(entries[1].GetProperty("ruleVersion").GetInt32() > entries[5].GetProperty("ruleVersion").GetInt32());

        // Who is let in sees names; the resident sees none.
        Assert.Equal(JsonValueKind.Null, entries[0].GetProperty("by").ValueKind);
        await AssertSoundAsync();
        (await Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/points/rules/accepted", Json(new { occasion = "accepted", name = "x", points = 1, version = 1 })))
            .AssertProblem(HttpStatusCode.PreconditionFailed, "rule_changed", "version");
        var history = (await Client.GetAnswerAsync("/api/v1/points/rules?history=true")).Json.GetProperty("items").EnumerateArray().Where(rule => rule.GetProperty("code").GetString() == "accepted").ToList();
        Assert.Equal(history.Count, history[0].GetProperty("version").GetInt32());
        await PutRuleAsync("accepted", rule => rule with { DailyMost = null, Points = 5 });
    }

    [Theory]
    [InlineData("""{"occasion":"rain","name":"x","points":1}""", "bad_occasion", "occasion")]
    [InlineData("""{"occasion":"fixed","name":" ","points":1}""", "bad_name", "name")]
    [InlineData("""{"occasion":"fixed","name":"x","points":0}""", "bad_points", "points")]
    [InlineData("""{"occasion":"fixed","name":"x","points":1001}""", "bad_points", "points")]
    [InlineData("""{"occasion":"fixed","name":"x"}""", "bad_points", "points")]
    [InlineData("""{"occasion":"fixed","name":"x","points":1,"dailyMost":0}""", "bad_limit", "dailyMost")]
    [InlineData("""{"occasion":"fixed","name":"x","points":1,"category":"nothing"}""", "bad_category", "category")]
    public async Task A_bad_rule_names_the_field(string body, string code, string field) =>
        (await Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/points/rules/new-one", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"))))
            .AssertProblem(HttpStatusCode.BadRequest, code, field);

    [Fact]
    public async Task Everybody_sees_their_own_a_leader_those_of_the_grid_and_the_public_nobody_s()
    {
        var team = await TeamAsync("sight");
        await WriteOffAsync(team, await ReportAsync(team, "A11"));
        await WriteOffAsync(team, await ReportAsync(team, "B11"));
        var other = await People.SignInAsync("sight-other", (Role.GridLeader, "B1"));
        (await team.Worker.Client.GetAnswerAsync($"/api/v1/points/entries?person={team.Resident.Person}")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await team.Worker.Client.GetAnswerAsync("/api/v1/points/balances?holder=person")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await People.Bare.GetAnswerAsync("/api/v1/points/balances")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await People.Bare.GetAnswerAsync("/api/v1/points/entries")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");

        // Of two of the resident's reports one lies on the other leader's grid.
        var seen = (await other.Client.GetAnswerAsync("/api/v1/points/balances?holder=person")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Single(line => Holder(line) == team.Resident.Person);
        Assert.Equal(5, seen.GetProperty("figures").GetProperty("balance").GetInt32());
        Assert.Equal(10, await BalanceAsync(team.Resident));
        var grids = (await other.Client.GetAnswerAsync("/api/v1/points/entries?limit=1000")).Json.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("grid").GetProperty("code").GetString()).Distinct();
        Assert.All(grids, code => Assert.StartsWith("B1", code, StringComparison.Ordinal));
        foreach (var (method, address) in ((HttpMethod, string)[])[(HttpMethod.Put, "rules/accepted"), (HttpMethod.Post, "rewards"), (HttpMethod.Post, "redemptions"), (HttpMethod.Post, "corrections"), (HttpMethod.Get, "check")])
            (await team.Leader.Client.AskAsync(method, $"/api/v1/points/{address}", method == HttpMethod.Get ? null : Json(new { }))).AssertProblem(HttpStatusCode.Forbidden, "forbidden");

        // An office of one town keeps no rules for the other.
        var office = await People.SignInAsync("sight-town", (Role.CampaignOffice, "A"));
        (await office.Client.GetAnswerAsync("/api/v1/points/check")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
    }

    [Fact]
    public async Task A_correction_names_its_entry_and_its_reason()
    {
        var team = await TeamAsync("correct");
        await WriteOffAsync(team, await ReportAsync(team, "A21"));
        var entry = (await team.Worker.Client.GetAnswerAsync($"/api/v1/points/entries?person={team.Worker.Person}")).Json.GetProperty("items")[0].GetProperty("id").GetInt64();
        (await CorrectAsync(new { entry, points = 1 })).AssertProblem(HttpStatusCode.BadRequest, "note_required", "note");
        (await CorrectAsync(new { entry, note = "x" })).AssertProblem(HttpStatusCode.BadRequest, "bad_points", "points");
        (await CorrectAsync(new { entry = 999_999, points = 1, note = "x" })).AssertProblem(HttpStatusCode.NotFound, "unknown_entry");
        (await CorrectAsync(new { entry, points = 3, note = "x" })).AssertProblem(HttpStatusCode.Conflict, "nothing_to_correct");
        var made = (await CorrectAsync(new { entry, points = 1, note = "别人做的一半" })).AssertStatus(HttpStatusCode.Created).Json;
        Assert.Equal((-2, 1), (made.GetProperty("points").GetInt32(), made.GetProperty("balance").GetInt32()));
        (await CorrectAsync(new { entry = made.GetProperty("entry").GetInt64(), points = 0, note = "x" })).AssertProblem(HttpStatusCode.BadRequest, "is_correction", "entry");
        Assert.Contains((await team.Worker.Client.GetAnswerAsync("/api/v1/inbox")).Json.GetProperty("items").EnumerateArray(), item => item.GetProperty("kind").GetString() == "points.corrected");
        Assert.Contains(await People.AuditAsync("points.correct"), one => one.Subject == entry.ToString());
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_recount_finds_what_somebody_did_to_the_ledger_and_the_service_may_do_nothing_of_it()
    {
        var team = await TeamAsync("recount");
        var number = await ReportAsync(team, "A22");
        await WriteOffAsync(team, number);
        await AssertSoundAsync();
        await using (var restricted = await Service.Restricted.OpenConnectionAsync())
        {
            foreach (var sql in (string[])["update points_entry set points = 9", "delete from points_entry", "update points_rule set points = 9", "delete from points_rule", "truncate points_entry"])
                Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => restricted.ExecuteAsync(sql))).SqlState);
        }

        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            // Twice is refused by the table itself, from the owner too.
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync(
                "insert into points_entry (holder_person, issue_id, event_id, rule_code, rule_version, points, by_name) select holder_person, issue_id, event_id, rule_code, rule_version, points, by_name from points_entry where holder_person = @Person",
                new { team.Worker.Person }, transaction));
        }

        var bogus = await connection.ExecuteScalarAsync<long>(
            """
            insert into points_entry (holder_person, issue_id, event_id, rule_code, rule_version, points, by_name)
            select @other, issue_id, event_id, rule_code, rule_version, points, by_name from points_entry where holder_person = @Person and corrects is null limit 1 returning id
            """,
            new { team.Worker.Person, other = team.Leader.Person });
        var removed = await connection.QuerySingleAsync<(long Id, long Event)>("select id, event_id from points_entry where holder_person = @Person", new { team.Resident.Person });
        await connection.ExecuteAsync("delete from points_entry where id = @Id", new { removed.Id });
        await connection.ExecuteAsync("update points_entry set points = 4 where holder_person = @Person and rule_code = 'fixed'", new { team.Worker.Person });
        var items = (await CheckAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["missing", "unfounded", "wrong"], items.Select(item => item.GetProperty("kind").GetString()!).Order());
        Assert.Equal(bogus, items.Single(item => item.GetProperty("kind").GetString() == "unfounded").GetProperty("entry").GetInt64());
        Assert.All(items, item => Assert.Equal(number, item.GetProperty("issue").GetString()));

        // Back as it was, for the tests beside this one.
        await connection.ExecuteAsync("delete from points_entry where id = @bogus", new { bogus });
        await connection.ExecuteAsync("update points_entry set points = 3 where holder_person = @Person and rule_code = 'fixed'", new { team.Worker.Person });
        await connection.ExecuteAsync(
            """
            insert into points_entry (holder_person, issue_id, event_id, rule_code, rule_version, points, by_name)
            select @Person, v.issue_id, v.id, 'accepted', (select max(version) from points_rule where code = 'accepted'), 5, 'x' from issue_event v where v.id = @Event
            """,
            new { team.Resident.Person, removed.Event });
        await AssertSoundAsync();
    }

    private async Task AssertBoardsAsync(Npgsql.NpgsqlConnection connection)
    {
        var all = await connection.ExecuteScalarAsync<long>("select sum(points) from points_entry");
        var people = (await Service.Admin.GetAnswerAsync("/api/v1/points/balances?holder=person")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(all, people.GetProperty("total").GetProperty("balance").GetInt64());
        AssertAddsUp(people);
        for (var level = 1; level <= 3; level++)
        {
            var board = (await Service.Admin.GetAnswerAsync($"/api/v1/points/balances?level={level}")).AssertStatus(HttpStatusCode.OK).Json;
            Assert.Equal(people.GetProperty("total").GetRawText(), board.GetProperty("total").GetRawText());
            AssertAddsUp(board);

            // Every figure opens to its entries, that of what lies in no grid too.
            foreach (var line in board.GetProperty("items").EnumerateArray())
            {
                var place = line.GetProperty("grid").ValueKind == JsonValueKind.Null ? $"undivided={level}" : $"grid={line.GetProperty("grid").GetProperty("code").GetString()}";
                Assert.Equal(line.GetProperty("figures").GetProperty("balance").GetInt64(), (await Service.Admin.ListAllAsync($"/api/v1/points/entries?{place}", 50)).Sum(entry => entry.GetProperty("points").GetInt64()));
            }
        }

        foreach (var line in people.GetProperty("items").EnumerateArray())
        {
            var whose = line.GetProperty("person").ValueKind == JsonValueKind.Null ? "reports=true" : $"person={Holder(line)}";
            Assert.Equal(line.GetProperty("figures").GetProperty("balance").GetInt64(), (await Service.Admin.ListAllAsync($"/api/v1/points/entries?{whose}", 50)).Sum(entry => entry.GetProperty("points").GetInt64()));
        }

        var csv = (await Service.Admin.GetAnswerAsync("/api/v1/points/balances?level=2&format=csv")).AssertStatus(HttpStatusCode.OK).Text;
        Assert.Contains("网格编码,网格,笔数,得分,扣分,更正,兑换,余额", csv, StringComparison.Ordinal);
        Assert.Contains($",合计,{people.GetProperty("total").GetProperty("entries").GetInt32()},", csv, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await Service.Admin.GetByteArrayAsync(new Uri("/api/v1/points/balances?holder=person&format=xlsx", UriKind.Relative)))[..2]);
        foreach (var (query, code, field) in ((string, string, string)[])[("level=9", "bad_level", "level"), ("holder=dog", "bad_holder", "holder"), ("from=2026-02-02&to=2026-02-01", "bad_period", "from"), ("format=pdf", "bad_format", "format")])
            (await Service.Admin.GetAnswerAsync($"/api/v1/points/balances?{query}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
    }

    private static void AssertAddsUp(JsonElement board)
    {
        foreach (var figure in board.GetProperty("total").EnumerateObject())
            Assert.Equal(figure.Value.GetInt64(), board.GetProperty("items").EnumerateArray().Sum(line => line.GetProperty("figures").GetProperty(figure.Name).GetInt64()));
    }

    private static IEnumerable<(HttpClient Who, string Step, object Body)> WayOf(Team team, int way)
    {
        var (worker, leader) = (team.Everywhere.Client, team.Office.Client);
        if (way is 1 or 2)
        {
            yield return (leader, "reject", new { note = "不属实", isFalse = true });
            if (way == 2)
                yield return (leader, "reopen", new { note = "属实" });
        }

        if (way < 3)
            yield break;
        yield return (leader, "file", new { });
        yield return (worker, "claim", new { });
        if (way < 4)
            yield break;
        yield return (worker, "rectify", new { });
        if (way < 5)
            yield break;
        yield return (leader, "verify", new { result = "pass", exception = "夜间" });
        if (way < 7)
            yield break;
        yield return (leader, "reopen", new { note = "没好" });
        yield return (worker, "rectify", new { });
        yield return (leader, "verify", new { result = "fail", note = "不行" });
    }

    private async Task<Team> TeamAsync(string name) => new(
        await People.SignInAsync($"{name}-resident"), await People.SignInAsync($"{name}-worker", (Role.GridWorker, "A"), (Role.GridWorker, "B")),
        await People.SignInAsync($"{name}-leader", (Role.GridLeader, "A"), (Role.GridLeader, "B")), await People.SignInAsync($"{name}-office", (Role.CampaignOffice, null)),
        await People.SignInAsync($"{name}-second", (Role.CampaignOffice, null)));

    private static async Task<string> ReportAsync(Team team, string village)
    {
        var (x, y) = PeopleService.Middle(village);
        return await team.Resident.Client.ReportNumberAsync(x, y);
    }

    private static async Task<List<string>> ReportsAsync(Team team, int count)
    {
        var numbers = new List<string>();
        for (var i = 0; i < count; i++)
            numbers.Add(await ReportAsync(team, "B22"));
        return numbers;
    }

    private static async Task WriteOffAsync(Team team, string number)
    {
        await MoveAsync(team.Worker, number, "claim", new { });
        await MoveAsync(team.Worker, number, "rectify", new { });
        await MoveAsync(team.Leader, number, "verify", new { result = "pass", exception = "夜间" });
    }

    private static async Task MoveAsync(SignedIn who, string number, string step, object body) =>
        (await who.Client.PostJsonAsync($"/api/v1/issues/{number}/{step}", body)).AssertStatus(HttpStatusCode.OK);

    // As the calendar's change does it: the issue and the log of due times.
    private async Task LateAsync(string number, string why = "calendar")
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            with late as (update issue set due_at = now() - interval '1 hour' where number = @number returning id, due_at)
            insert into issue_due (issue_id, due_at, certain, why) select id, due_at, true, @why from late
            """,
            new { number, why });
    }

    private static async Task<long> BalanceAsync(SignedIn who) =>
        (await who.Client.GetAnswerAsync("/api/v1/points/me")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("figures").GetProperty("balance").GetInt64();

    private Task<Answer> CorrectAsync(object body) => Service.Admin.PostJsonAsync("/api/v1/points/corrections", body);

    private async Task<JsonElement> CheckAsync() => (await Service.Admin.GetAnswerAsync("/api/v1/points/check")).AssertStatus(HttpStatusCode.OK).Json;

    private async Task AssertSoundAsync()
    {
        var check = await CheckAsync();
        Assert.True(check.GetProperty("steps").GetInt32() > 0);
        Assert.True(check.GetProperty("differences").GetInt32() == 0, check.GetRawText());
    }

    private async Task PutRuleAsync(string code, Func<PointsRuleBody, PointsRuleBody> change)
    {
        var rules = (await Client.GetAnswerAsync("/api/v1/points/rules")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        var now = rules.Single(rule => rule.GetProperty("code").GetString() == code);
        var body = change(new PointsRuleBody(now.GetProperty("occasion").GetString(), now.GetProperty("name").GetString(), "", now.GetProperty("points").GetInt32(), Version: now.GetProperty("version").GetInt32()));
        (await Service.Admin.AskAsync(HttpMethod.Put, $"/api/v1/points/rules/{code}", Json(body))).AssertStatus(HttpStatusCode.OK);
    }

    private static System.Net.Http.Json.JsonContent Json<T>(T body) => System.Net.Http.Json.JsonContent.Create(body, options: JsonSerializerOptions.Web);

    private static long? Holder(JsonElement line) => line.GetProperty("person") is { ValueKind: JsonValueKind.Object } person ? person.GetProperty("id").GetInt64() : null;

    private sealed record Team(SignedIn Resident, SignedIn Worker, SignedIn Leader, SignedIn Office, SignedIn Everywhere);
}
