using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.Issues;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Points;

/// <summary>The shop: nobody spends what they do not have, however many counters there are; and what a reporter sees, and has erased.</summary>
public sealed class PointsShopTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task Twenty_counters_at_once_hand_out_what_the_points_buy_and_no_more()
    {
        var (person, _) = await EarnAsync("counters", 4);
        var reward = await RewardAsync(6, 100);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RedeemAsync(new { reward, person })));
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.AssertProblem(HttpStatusCode.Conflict, "too_few_points"));
        Assert.Equal(2, await BalanceAsync(person));
        Assert.Equal(97, await LeftAsync(reward));
    }

    [Fact]
    public async Task Twenty_counters_at_once_hand_out_no_more_than_there_is()
    {
        var people = new List<long>();
        for (var i = 0; i < 4; i++)
            people.Add((await EarnAsync($"stock-{i}", 2)).Person);
        var reward = await RewardAsync(1, 5);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RedeemAsync(new { reward, person = people[i % people.Count] })));
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.AssertProblem(HttpStatusCode.Conflict, "none_left"));
        Assert.Equal(0, await LeftAsync(reward));

        // What is taken back can be handed out again, and its points are back too.
        var entry = answers.First(answer => answer.Status == HttpStatusCode.Created).Json.GetProperty("entry").GetInt64();
        (await Service.Admin.PostJsonAsync("/api/v1/points/corrections", new { entry, points = 3, note = "x" })).AssertProblem(HttpStatusCode.BadRequest, "reward_whole", "points");
        (await Service.Admin.PostJsonAsync("/api/v1/points/corrections", new { entry, points = 0, note = "退回" })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(1, await LeftAsync(reward));
        Assert.Equal(36, (await Task.WhenAll(people.Select(BalanceAsync))).Sum());
        Assert.Equal(0, (await Service.Admin.GetAnswerAsync("/api/v1/points/check")).Json.GetProperty("differences").GetInt32());
    }

    [Fact]
    public async Task A_counter_waits_for_a_step_of_the_issue_without_holding_what_the_step_needs()
    {
        var (x, y) = PeopleService.Middle("A21");
        var receipt = await Client.ReportAsync(x, y);
        var (number, track) = (receipt.GetProperty("number").GetString()!, receipt.GetProperty("track").GetString()!);
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/file", new { by = "a" })).AssertStatus(HttpStatusCode.OK);
        var reward = await RewardAsync(5, 1);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var issue = await connection.ExecuteScalarAsync<long>("select id from issue where number = @number for update", new { number }, transaction);
        var redeeming = RedeemAsync(new { reward, track });
        await using (var other = await Service.Superuser.OpenConnectionAsync())
        {
            await Eventually.TrueAsync(
                () => other.ExecuteScalarAsync<bool>("select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like '%for key share%')"), "the counter waits");
        }

        Assert.True(await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended(@name, 8))", new { name = $"points:issue:{issue}" }, transaction));
        await transaction.CommitAsync();
        (await redeeming).AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_same_key_hands_out_once()
    {
        var (person, client) = await EarnAsync("once", 2);
        var reward = await RewardAsync(3, 9);
        var key = Guid.NewGuid().ToString();
        var first = (await RedeemAsync(new { reward, person }, key)).AssertStatus(HttpStatusCode.Created);
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RedeemAsync(new { reward, person }, key)));
        Assert.All(again, answer => Assert.True(answer.Status == HttpStatusCode.Conflict || answer.Json.GetProperty("entry").GetInt64() == first.Json.GetProperty("entry").GetInt64(), answer.Text));
        (await RedeemAsync(new { reward, person, note = "x" }, key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "key_reused", "Idempotency-Key");
        Assert.Equal(7, await BalanceAsync(person));
        Assert.Contains((await client.GetAnswerAsync("/api/v1/inbox")).Json.GetProperty("items").EnumerateArray(), item => item.GetProperty("kind").GetString() == "points.redeemed");
        Assert.Single(await People.AuditAsync("points.redeem"), one => one.Subject == person.ToString());
    }

    [Theory]
    [InlineData("""{"person":1}""", "reward_required", "reward")]
    [InlineData("""{"reward":1}""", "holder_required", "person")]
    [InlineData("""{"reward":1,"person":1,"track":"x"}""", "holder_required", "person")]
    [InlineData("""{"reward":1,"person":999999}""", "bad_person", "person")]
    [InlineData("""{"reward":1,"track":"nothing"}""", "unknown_link", "track")]
    public async Task A_bad_redemption_names_the_field(string body, string code, string field) =>
        (await Service.Admin.PostTextAsync("/api/v1/points/redemptions", body)).AssertProblem(HttpStatusCode.BadRequest, code, field);

    [Fact]
    public async Task A_reward_is_changed_by_who_has_seen_it_and_never_below_what_is_gone()
    {
        var (person, _) = await EarnAsync("change", 1);
        var reward = await RewardAsync(5, 2);
        (await RedeemAsync(new { reward, person })).AssertStatus(HttpStatusCode.Created);
        (await PutAsync(new { name = "伞", cost = 5, stock = 0, version = 1 })).AssertProblem(HttpStatusCode.BadRequest, "stock_given", "stock");
        (await PutAsync(new { name = "伞", cost = 5, stock = 2 })).AssertProblem(HttpStatusCode.PreconditionFailed, "reward_changed", "version");
        (await PutAsync(new { name = "伞", cost = 0, stock = 2, version = 1 })).AssertProblem(HttpStatusCode.BadRequest, "bad_cost", "cost");
        var changed = (await PutAsync(new { name = "雨伞", cost = 7, stock = 1, active = false, version = 1 })).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((0, 2), (changed.GetProperty("left").GetInt32(), changed.GetProperty("version").GetInt32()));
        (await RedeemAsync(new { reward, person })).AssertProblem(HttpStatusCode.Conflict, "none_left");
        Assert.DoesNotContain((await Client.GetAnswerAsync("/api/v1/points/rewards")).Json.GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetInt64() == reward);
        (await Service.Admin.AskAsync(HttpMethod.Put, "/api/v1/points/rewards/999999", System.Net.Http.Json.JsonContent.Create(new { name = "x", cost = 1, stock = 1, version = 1 })))
            .AssertProblem(HttpStatusCode.NotFound, "unknown_reward");
        Task<Answer> PutAsync(object body) => Service.Admin.AskAsync(HttpMethod.Put, $"/api/v1/points/rewards/{reward}", System.Net.Http.Json.JsonContent.Create(body));
    }

    [Fact]
    public async Task Who_reports_without_an_account_sees_what_it_earned_and_spends_it_by_the_link()
    {
        var (x, y) = PeopleService.Middle("A11");
        var receipt = await Client.ReportAsync(x, y);
        var (number, track) = (receipt.GetProperty("number").GetString()!, receipt.GetProperty("track").GetString()!);
        Assert.Equal((0, 0), await TrackedAsync(track));
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/file", new { by = "a" })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal((5, 5), await TrackedAsync(track));
        var follow = (await Client.PostJsonAsync($"/api/v1/issues/{number}/follow", new { })).Json.GetProperty("track").GetString()!;
        Assert.Equal(JsonValueKind.Null, (await Client.GetAnswerAsync($"/api/v1/track/{follow[3..]}")).Json.GetProperty("points").ValueKind);
        var reward = await RewardAsync(4, 1);
        (await RedeemAsync(new { reward, track = follow })).AssertProblem(HttpStatusCode.BadRequest, "unknown_link", "track");
        (await RedeemAsync(new { reward, track = $"https://grid.example{track}", note = "给张三" })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal((5, 1), await TrackedAsync(track));
        (await RedeemAsync(new { reward, track })).AssertProblem(HttpStatusCode.Conflict, "none_left");

        // Erased: the figures stay, the link and the words at the counter go.
        var before = await TotalAsync();
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/erase-reporter", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(before, await TotalAsync());
        (await RedeemAsync(new { reward, track })).AssertProblem(HttpStatusCode.BadRequest, "unknown_link", "track");
        Assert.DoesNotContain("张三", (await Service.Admin.GetAnswerAsync($"/api/v1/points/entries?issue={number}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_a_reporter_leaves_the_figures_and_no_way_to_the_person()
    {
        var (person, client) = await EarnAsync("erase", 2);
        var number = (await client.GetAnswerAsync($"/api/v1/points/entries?person={person}")).Json.GetProperty("items")[0].GetProperty("issue").GetString()!;
        var before = await TotalAsync();
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/erase-reporter", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(before, await TotalAsync());
        Assert.Equal(5, await BalanceAsync(person));
        var left = (await Service.Admin.GetAnswerAsync($"/api/v1/points/entries?issue={number}")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.All(left, entry => Assert.Equal(JsonValueKind.Null, entry.GetProperty("person").ValueKind));
        Assert.NotEmpty(left);
        Assert.Equal(0, (await Service.Admin.GetAnswerAsync("/api/v1/points/check")).Json.GetProperty("differences").GetInt32());
    }

    // A resident whose reports were taken up, five points each.
    private async Task<(long Person, HttpClient Client)> EarnAsync(string name, int reports)
    {
        var resident = await People.SignInAsync(name);
        var (x, y) = PeopleService.Middle("A12");
        for (var i = 0; i < reports; i++)
        {
            var number = await resident.Client.ReportNumberAsync(x, y);
            (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/file", new { by = "a" })).AssertStatus(HttpStatusCode.OK);
        }

        return (resident.Person, resident.Client);
    }

    private async Task<long> RewardAsync(int cost, int stock) =>
        (await Service.Admin.PostJsonAsync("/api/v1/points/rewards", new { name = "伞", cost, stock })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();

    private Task<Answer> RedeemAsync(object body, string? key = null) =>
        Service.Admin.PostJsonAsync("/api/v1/points/redemptions", body, key is null ? [] : [("Idempotency-Key", key)]);

    private async Task<int> LeftAsync(long reward) => (await Client.GetAnswerAsync("/api/v1/points/rewards")).Json.GetProperty("items").EnumerateArray()
        .Single(item => item.GetProperty("id").GetInt64() == reward).GetProperty("left").GetInt32();

    private async Task<long> BalanceAsync(long person)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select coalesce(sum(points), 0) from points_entry where holder_person = @person", new { person });
    }

    private async Task<(long, long)> TrackedAsync(string track)
    {
        var points = (await Client.GetAnswerAsync($"/api/v1/track/{track[3..]}")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("points");
        return (points.GetProperty("earned").GetInt64(), points.GetProperty("balance").GetInt64());
    }

    private async Task<string> TotalAsync() => (await Service.Admin.GetAnswerAsync("/api/v1/points/balances?level=2")).Json.GetProperty("total").GetRawText();
}
