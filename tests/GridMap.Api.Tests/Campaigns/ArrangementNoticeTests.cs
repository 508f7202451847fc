using System.Net;
using System.Net.Http.Json;
using Dapper;
using GridMap.Api.Arrangements;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Inbox;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Who sees to a day is told so, once a request, and finds it on the page of the work log.</summary>
public sealed class ArrangementNoticeTests(WorkLogPeople service) : ServiceTest(service), IClassFixture<WorkLogPeople>
{
    private WorkLogPeople People => (WorkLogPeople)Service;

    private DateOnly Today => People.Today;

    [Fact]
    public async Task Who_is_named_for_days_is_told_once_with_the_first_of_them()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("named", ("grid_worker", "A11"));
        await PutAsync(id, Entry("A11", 3, "清理塘坝", worker.Person), Entry("A11", 1, "清理沟渠", worker.Person), Entry("A12", 1, "巡查", worker.Person), Entry("A21", 0, "现场会"));
        var told = Assert.Single(await ToldAsync(worker));
        Assert.Equal(("arrangement.named", $"/worklog/{id}/A11/{Text(1)}"), (told.Kind, told.Link));
        Assert.Equal(
            ("A11", "清理沟渠", Text(1), 2, 2),
            (Of(told, "grid"), Of(told, "what"), Of(told, "day"), told.Parameters.GetProperty("days").GetInt32(), told.Parameters.GetProperty("zones").GetInt32()));
        Assert.NotEmpty(Of(told, "gridName")!);
    }

    [Fact]
    public async Task Changed_words_and_a_day_that_is_taken_away_are_told_and_what_is_the_same_is_not()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("kept", ("grid_worker", "A11"));
        var other = await NewAsync("other", ("grid_leader", "A1"));
        await PutAsync(id, Entry("A11", 1, "清理沟渠", worker.Person), Entry("A11", 2, "清理塘坝", worker.Person));
        await PutAsync(id, Entry("A11", 1, "清理沟渠", worker.Person, version: 1), Entry("A11", 2, "拆除窝棚", worker.Person, version: 1));
        Assert.Equal(("arrangement.named", "拆除窝棚", 1), Last(await ToldAsync(worker, 2)));

        // One day goes to another: the one who had it hears of that, and of what is new, in one word.
        await PutAsync(id, Entry("A11", 1, "清理沟渠", other.Person, version: 2), Entry("A11", 2, "复绿", worker.Person, version: 2));
        Assert.Equal(("arrangement.moved", "复绿", 1), Last(await ToldAsync(worker, 3)));
        Assert.Equal(("arrangement.named", "清理沟渠", 1), Last(await ToldAsync(other, 1)));

        await PutAsync(id, Entry("A11", 2, "复绿", null, version: 3));
        Assert.Equal(("arrangement.taken", "复绿", 1), Last(await ToldAsync(worker, 4)));
        await PutAsync(id, Entry("A11", 1, "", other.Person, version: 3));
        Assert.Equal(("arrangement.taken", "清理沟渠", 1), Last(await ToldAsync(other, 2)));
    }

    [Fact]
    public async Task Days_that_are_over_concern_nobody_and_a_refusal_tells_nobody()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("past", ("grid_worker", "A11"));
        await PutAsync(id, Entry("A11", -1, "清理沟渠", worker.Person));
        Assert.Empty(await ToldAsync(worker, 0));
        await PutAsync(id, Entry("A11", 0, "清理沟渠", worker.Person));
        Assert.Single(await ToldAsync(worker));
        using var refused = await Service.Admin.PutAsJsonAsync(Address(id), new[] { Entry("A11", 5, "清理沟渠", worker.Person), Entry("A11", 0, "旧", worker.Person) });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Single(await ToldAsync(worker));
    }

    [Fact]
    public async Task Who_arranges_their_own_day_is_not_told()
    {
        var id = await People.CreateAsync();
        var office = await NewAsync("office", ("campaign_office", null), ("grid_worker", "A11"));
        using (var answer = await office.Client.PutAsJsonAsync(Address(id), new[] { Entry("A11", 1, "清理沟渠", office.Person) }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await ToldAsync(office, 0));
    }

    [Theory]
    [InlineData("volunteer", "A11", "A11")]
    [InlineData("supervisor", "A1", "A11")]
    [InlineData("grid_worker", "B11", "A11")]
    [InlineData("grid_leader", "A1", "A1")]
    public async Task Who_does_not_log_there_is_led_to_the_grid(string role, string grid, string arranged)
    {
        var id = await People.CreateAsync();
        var who = await NewAsync($"led-{role}-{arranged}".Replace('_', '-'), (role, grid));
        await PutAsync(id, Entry(arranged, 1, "巡查", who.Person));
        Assert.Equal($"/grids/{arranged}", Assert.Single(await ToldAsync(who)).Link);
    }

    [Fact]
    public async Task The_page_of_the_work_log_says_what_is_arranged_for_the_day_and_who_sees_to_it()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("mine", ("grid_worker", "B11"));
        var mate = await NewAsync("mate", ("grid_worker", "B11"));
        await PutAsync(id, Entry("B11", 0, "清理沟渠", worker.Person), Entry("B11", 1, "清理塘坝", mate.Person), Entry("B11", -1, "", null));
        using (var rule = await Service.Admin.PostAsJsonAsync($"/api/v1/campaigns/{id}/recurring", new RecurringBody("B", "FREQ=DAILY", "保洁")))
            Assert.Equal(HttpStatusCode.Created, rule.StatusCode);

        Assert.Equal([new OwnArrangement("清理沟渠", true, "mine", false)], await ArrangedAsync(worker, 0));
        Assert.Equal([new OwnArrangement("清理沟渠", false, "mine", false)], await ArrangedAsync(mate, 0));
        // A day to come is looked at as well; one that was arranged with nothing has nothing; and else the rule holds.
        Assert.Equal([new OwnArrangement("清理塘坝", false, "mate", false)], await ArrangedAsync(worker, 1));
        Assert.Empty(await ArrangedAsync(worker, -1));
        Assert.Equal([new OwnArrangement("保洁", false, null, true)], await ArrangedAsync(worker, 2));

        async Task<IReadOnlyList<OwnArrangement>> ArrangedAsync(SignedIn who, int day) =>
            (await WorkLogPeople.GetAsync<OwnWorkLog>(who.Client, $"{WorkLogPeople.LogOf(id)}/mine?day={Text(day)}")).Zones.Single(zone => zone.Code == "B11").Arranged;
    }

    private static string Address(long id) => $"/api/v1/campaigns/{id}/arrangements";

    private static string? Of(InboxItem item, string name) => item.Parameters.GetProperty(name).GetString();

    private static (string, string?, int) Last(List<InboxItem> items) => (items[0].Kind, Of(items[0], "what"), items[0].Parameters.GetProperty("days").GetInt32());

    private string Text(int day) => WorkLogPeople.Text(Today.AddDays(day));

    private ArrangementEntry Entry(string grid, int day, string words, long? person = null, int version = 0) => new(grid, Today.AddDays(day), words, person, version);

    // The duty has to have begun by the database's clock too, which no test sets.
    private async Task<SignedIn> NewAsync(string name, params (string Role, string? Grid)[] duties)
    {
        var who = await People.SignInAsync(name, duties);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("update duty set from_at = least(from_at, now() - interval '1 day') where person_id = @Person", new { who.Person });
        return who;
    }

    private async Task PutAsync(long id, params ArrangementEntry[] entries)
    {
        using var answer = await Service.Admin.PutAsJsonAsync(Address(id), entries);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What somebody's inbox says of days, newest first.</summary>
    private static async Task<List<InboxItem>> ToldAsync(SignedIn who, int? count = null)
    {
        var items = (await WorkLogPeople.GetAsync<Page<InboxItem>>(who.Client, "/api/v1/inbox")).Items.Where(item => item.Kind.StartsWith("arrangement.", StringComparison.Ordinal)).ToList();
        Assert.True(count is null || items.Count == count, $"{items.Count} messages");
        return items;
    }
}
