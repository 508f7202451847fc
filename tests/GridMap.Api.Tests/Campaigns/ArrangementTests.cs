using System.Net;
using System.Net.Http.Json;
using Dapper;
using GridMap.Api.Arrangements;
using GridMap.Api.Hosting;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Arrangements by day, those that come back by a rule, and what months and weeks are about.</summary>
public sealed class ArrangementTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly DateOnly Monday = new(2026, 9, 7);

    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task A_day_is_arranged_read_back_and_changed_by_version()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var stored = await PutAsync(id, Entry("A11", 0, "清理河道"), Entry("A11", 1, "清理塘坝"), Entry("A", 1, "现场会"));
        Assert.All(stored, item => Assert.Equal(1, item.Version));
        Assert.Equal(
            [("A", 1, "现场会"), ("A11", 0, "清理河道"), ("A11", 1, "清理塘坝")],
            (await ListAsync(id)).Select(item => (item.Grid, item.Day.DayNumber - Monday.DayNumber, item.Words)));
        Assert.Equal(["清理河道", "清理塘坝"], (await ListAsync(id, "&grid=A1")).Select(item => item.Words));

        await PutAsync(id, Entry("A11", 0, "清理沟渠", version: 1));
        await Fixture.RefusedAsync(HttpMethod.Put, Address(id), new[] { Entry("A12", 0, "新"), Entry("A11", 0, "旧", version: 1) }, HttpStatusCode.Conflict, "changed_meanwhile");
        await Fixture.RefusedAsync(HttpMethod.Put, Address(id), new[] { Entry("A11", 0, "旧") }, HttpStatusCode.Conflict, "changed_meanwhile");
        var items = await ListAsync(id, "&grid=A1");
        Assert.Equal([("清理沟渠", 2), ("清理塘坝", 1)], items.Select(item => (item.Words, item.Version)));
    }

    [Fact]
    public async Task What_comes_back_stands_where_nothing_was_arranged_for_the_day()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var tuesdays = await AddAsync(id, new RecurringBody(null, "FREQ=WEEKLY;BYDAY=TU", "清洁日"));
        var halves = await AddAsync(id, new RecurringBody("A1", "freq=monthly;bymonthday=1,15", "大扫除", new DateOnly(2026, 9, 10)));
        Assert.Equal(("FREQ=MONTHLY;BYMONTHDAY=1,15", new DateOnly(2026, 11, 30)), (halves.Rule, halves.To));
        await PutAsync(id, Entry("A11", 1, "观摩"), Entry("A12", 1, ""));

        var week = await ListAsync(id);
        Assert.Equal(24, week.Count);
        Assert.Equal(("观摩", 1, null), Of(week, "A11"));
        Assert.Equal(("", 1, null), Of(week, "A12"));
        Assert.Equal(("清洁日", 0, tuesdays.Id), Of(week, "A13"));
        // Tuesday 15 September has both in A1, and one elsewhere.
        var next = await ListAsync(id, "&grid=A", new DateOnly(2026, 9, 14));
        Assert.Equal([tuesdays.Id, halves.Id], next.Where(item => item.Grid == "A14").Select(item => item.Recurring!.Value));
        Assert.Equal([tuesdays.Id], next.Where(item => item.Grid == "A24").Select(item => item.Recurring!.Value));
        // All days of the campaign against the calendar.
        var all = await ListAsync(id, "&grid=A14", CampaignService.From, CampaignService.To);
        var expected = Enumerable.Range(0, CampaignService.To.DayNumber - CampaignService.From.DayNumber + 1).Select(CampaignService.From.AddDays)
            .SelectMany(day => (long[])[.. day.DayOfWeek == DayOfWeek.Tuesday ? [tuesdays.Id] : (long[])[], .. day.Day is 1 or 15 && day >= halves.From ? [halves.Id] : (long[])[]], (day, rule) => (day, rule));
        Assert.Equal(expected, all.Select(item => (item.Day, item.Recurring!.Value)));

        using var changed = await Service.Admin.PutAsJsonAsync($"/api/v1/campaigns/{id}/recurring/{tuesdays.Id}", new RecurringBody("B", "FREQ=WEEKLY;BYDAY=WE", "清洁日", Version: 1));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await Fixture.RefusedAsync(HttpMethod.Put, $"/api/v1/campaigns/{id}/recurring/{tuesdays.Id}", new RecurringBody("B", "FREQ=DAILY", "清洁日", Version: 1), HttpStatusCode.Conflict, "changed_meanwhile");
        Assert.Equal(12, (await ListAsync(id, "&grid=B")).Count(item => item.Day == Monday.AddDays(2)));
        using var deleted = await Service.Admin.DeleteAsync(new Uri($"/api/v1/campaigns/{id}/recurring/{tuesdays.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(await ListAsync(id, "&grid=B"));
        Assert.Equal(halves.Id, Assert.Single((await Fixture.GetAsync<Page<RecurringItem>>($"/api/v1/campaigns/{id}/recurring")).Items).Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task A_list_in_pages_is_the_list(int limit)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await AddAsync(id, new RecurringBody("A", "FREQ=DAILY", "保洁"));
        await AddAsync(id, new RecurringBody("A2", "FREQ=DAILY", "巡查"));
        await PutAsync(id, Entry("A11", 2, "观摩"), Entry("A", 0, "调度会"));
        var whole = await ListAsync(id);
        Assert.Equal(12 * 7 + 4 * 7 + 1, whole.Count);
        Assert.Equal(whole, await ListAsync(id, limit: limit));
    }

    [Fact]
    public async Task Of_many_who_arrange_one_day_at_once_one_wins()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Service.Admin.PutAsJsonAsync(Address(id), new[] { Entry("A11", 0, $"第{i}种"), Entry($"B1{i % 4 + 1}", 0, "旁") })));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var winner = Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(["A11", $"B1{winner % 4 + 1}"], (await ListAsync(id)).Select(item => item.Grid));
        Assert.Equal($"第{winner}种", (await ListAsync(id))[0].Words);
    }

    [Fact]
    public async Task Who_sees_to_it_must_hold_a_duty_and_is_named_to_those_who_may_see_the_people()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var person = await connection.ExecuteScalarAsync<long>("insert into person (name) values ('陈片长') returning id");
        await Fixture.RefusedAsync(HttpMethod.Put, Address(id), new[] { Entry("A12", 0, "巡查"), Entry("A11", 0, "清理", person) }, HttpStatusCode.BadRequest, "bad_person", "[1].person");
        await connection.ExecuteAsync(
            "insert into duty (person_id, grid_id, role, from_at) select @person, grid_id, 'grid_leader', now() - interval '1 day' from grid_version where code = 'A11' and to_generation is null", new { person });
        await PutAsync(id, Entry("A11", 0, "清理", person));
        using var seen = await Service.Admin.GetAsync(new Uri($"{Address(id)}?from=2026-09-07", UriKind.Relative));
        var item = Assert.Single((await seen.Content.ReadFromJsonAsync<Page<ArrangementItem>>())!.Items);
        Assert.Equal((person, "陈片长"), (item.Person, item.PersonName));
        var everybody = Assert.Single(await ListAsync(id));
        Assert.Equal(("清理", null, null), (everybody.Words, everybody.Person, everybody.PersonName));
    }

    [Fact]
    public async Task Months_have_a_target_and_weeks_a_theme()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var address = $"/api/v1/campaigns/{id}/focuses";
        CampaignFocus[] wanted = [new("month", new(2026, 10, 1), "A1", "", 0), new("week", new(2026, 8, 31), null, "清垃圾", 0), new("week", Monday, "A11", "清沟渠", 0)];
        using (var answer = await Service.Admin.PutAsJsonAsync(address, wanted))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            wanted.Select(focus => focus with { Version = 1 }).OrderBy(focus => focus.From), (await Fixture.GetAsync<Page<CampaignFocus>>(address)).Items);
        await Fixture.RefusedAsync(HttpMethod.Put, address, wanted[..1], HttpStatusCode.Conflict, "changed_meanwhile");
        await Fixture.RefusedAsync(HttpMethod.Put, address, new[] { wanted[0] with { From = new(2026, 10, 2) } }, HttpStatusCode.BadRequest, "bad_from", "[0].from");
        await Fixture.RefusedAsync(HttpMethod.Put, address, new[] { wanted[1] with { From = new(2026, 8, 24) } }, HttpStatusCode.BadRequest, "bad_from", "[0].from");
        await Fixture.RefusedAsync(HttpMethod.Put, address, new[] { wanted[0] with { Span = "year" } }, HttpStatusCode.BadRequest, "bad_span", "[0].span");
        await Fixture.RefusedAsync(HttpMethod.Put, address, new[] { wanted[0] with { Grid = "Z9" } }, HttpStatusCode.BadRequest, "bad_grid", "[0].grid");
    }

    [Theory]
    [InlineData("Z9", 0, "清理", 0, "bad_grid", "[0].grid")]
    [InlineData("A11a", 0, "清理", 0, "bad_grid", "[0].grid")]
    [InlineData("A11", -7, "清理", 0, "bad_day", "[0].day")]
    [InlineData("A11", 100, "清理", 0, "bad_day", "[0].day")]
    [InlineData("A11", 0, "清理", -1, "bad_version", "[0].version")]
    public async Task A_wrong_arrangement_is_refused_by_its_field(string grid, int day, string words, int version, string code, string field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Put, Address(id), new[] { Entry(grid, day, words, version: version) }, HttpStatusCode.BadRequest, code, field);
    }

    [Theory]
    [InlineData("每周二", "清洁日", null, "bad_rule", "rule")]
    [InlineData("FREQ=SECONDLY", "清洁日", null, "bad_rule", "rule")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=9", "清洁日", null, "no_day", "rule")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", " ", null, "words_required", "words")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", "清洁日", "2026-12-01", "bad_span", "from")]
    public async Task A_wrong_rule_is_refused_by_its_field(string rule, string words, string? from, string code, string field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Post, $"/api/v1/campaigns/{id}/recurring", new RecurringBody(null, rule, words, from is null ? null : DateOnly.Parse(from)), HttpStatusCode.BadRequest, code, field);
    }

    private static string Address(long id) => $"/api/v1/campaigns/{id}/arrangements";

    private static ArrangementEntry Entry(string grid, int day, string words, long? person = null, int version = 0) => new(grid, Monday.AddDays(day), words, person, version);

    private static (string Words, int Version, long? Rule) Of(IEnumerable<ArrangementItem> items, string grid) =>
        items.Where(item => item.Grid == grid).Select(item => (item.Words, item.Version, item.Recurring)).Single();

    private async Task<List<ArrangementItem>> PutAsync(long id, params ArrangementEntry[] entries)
    {
        using var answer = await Service.Admin.PutAsJsonAsync(Address(id), entries);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<List<ArrangementItem>>())!;
    }

    private async Task<RecurringItem> AddAsync(long id, RecurringBody body)
    {
        using var answer = await Service.Admin.PostAsJsonAsync($"/api/v1/campaigns/{id}/recurring", body);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<RecurringItem>())!;
    }

    private async Task<List<ArrangementItem>> ListAsync(long id, string query = "", DateOnly? from = null, DateOnly? to = null, int limit = 1000)
    {
        var items = new List<ArrangementItem>();
        string? next = null;
        do
        {
            var page = await Fixture.GetAsync<Page<ArrangementItem>>(
                $"{Address(id)}?limit={limit}&from={from ?? Monday:yyyy-MM-dd}{(to is null ? "" : $"&to={to:yyyy-MM-dd}")}{query}{(next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}")}");
            Assert.True(page.Items.Count <= limit);
            items.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        return items;
    }
}
