using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>The schedule: versions, all or nothing, goals.</summary>
public sealed class ScheduleTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly DateOnly Monday = new(2026, 9, 7);

    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task Entries_are_read_back_in_pages_as_they_were_planned()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var plan = (from zone in (string[])["A11", "A12", "B34", "A"]
                    from item in (string[])["cables", "heaps"]
                    from week in (int[])[0, 1, 2]
                    select new ScheduleEntry(zone, item, Monday.AddDays(7 * week), week + 0.125m, null, 0)).ToArray();
        var stored = await Fixture.PlanAsync(id, plan);
        Assert.Equal(plan.Select(entry => entry with { Version = 1 }), stored);

        var read = new List<ScheduleEntry>();
        string? next = null;
        do
        {
            var page = await Fixture.GetAsync<Page<ScheduleEntry>>($"/api/v1/campaigns/{id}/schedule?limit=5&cursor={next}".TrimEnd('=').Replace("&cursor", next is null ? "" : "&cursor", StringComparison.Ordinal));
            read.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(
            plan.Select(entry => entry with { Version = 1, Goal = "" }).OrderBy(entry => entry.Grid, StringComparer.Ordinal).ThenBy(entry => entry.Item, StringComparer.Ordinal).ThenBy(entry => entry.Week),
            read);
        var one = await Fixture.GetAsync<Page<ScheduleEntry>>($"/api/v1/campaigns/{id}/schedule?grid=A12&week=2026-09-14");
        Assert.Equal([("A12", "cables", 1.125m), ("A12", "heaps", 1.125m)], one.Items.Select(entry => (entry.Grid, entry.Item, entry.Quantity)));
    }

    [Fact]
    public async Task Who_changes_what_was_changed_meanwhile_gets_409_with_what_it_is_now_and_nothing_is_stored()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var first = await Fixture.PlanAsync(id, Entry("A11", 5), Entry("A12", 6));
        await Fixture.PlanAsync(id, first[1] with { Quantity = 7 });

        var address = $"/api/v1/campaigns/{id}/schedule";
        ScheduleEntry[] stale = [first[0] with { Quantity = 50 }, first[1] with { Quantity = 60 }];
        await Fixture.RefusedAsync(HttpMethod.Put, address, stale, HttpStatusCode.Conflict, "changed_meanwhile");
        using var answer = await Service.Admin.PutAsJsonAsync(address, stale, CampaignService.Json);
        var conflict = Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conflicts").EnumerateArray());
        Assert.Equal(("A12", 7m, 2), (conflict.GetProperty("grid").GetString(), conflict.GetProperty("quantity").GetDecimal(), conflict.GetProperty("version").GetInt32()));

        // New over one that is there, and changed where there is none.
        await Fixture.RefusedAsync(HttpMethod.Put, address, new[] { Entry("A11", 1) }, HttpStatusCode.Conflict, "changed_meanwhile");
        await Fixture.RefusedAsync(HttpMethod.Put, address, new[] { Entry("B11", 1) with { Version = 1 } }, HttpStatusCode.Conflict, "changed_meanwhile");
        Assert.Equal([5m, 7m], (await ReadAsync(id)).Select(entry => entry.Quantity));
    }

    [Fact]
    public async Task Of_many_who_change_one_entry_at_once_one_wins()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var first = await Fixture.PlanAsync(id, Entry("A11", 0));
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Service.Admin.PutAsJsonAsync(
            $"/api/v1/campaigns/{id}/schedule", new[] { first[0] with { Quantity = i } }, CampaignService.Json)));
        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)], answers.Select(answer => answer.StatusCode).Order());
        var winner = 1 + Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal((winner, 2), ((int)(await ReadAsync(id)).Single().Quantity, (await ReadAsync(id)).Single().Version));
    }

    [Fact]
    public async Task A_goal_is_the_grids_for_the_week_and_moves_the_versions_of_all_its_items()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.PlanAsync(id, Entry("A11", 5), Entry("A11", 6) with { Item = "sheds" }, Entry("A12", 1));
        var changed = await Fixture.PlanAsync(id, Entry("A11", 8) with { Version = 1, Goal = "房前屋后清零" });
        Assert.Equal([("heaps", "房前屋后清零", 3), ("sheds", "房前屋后清零", 2)], changed.Select(entry => (entry.Item, entry.Goal, entry.Version)));
        Assert.Equal([("A11", "房前屋后清零", 3), ("A11", "房前屋后清零", 2), ("A12", "", 1)], (await ReadAsync(id)).Select(entry => (entry.Grid, entry.Goal, entry.Version)));

        // Who has not seen the goal does not write over it, not even by way of another item; who sends none leaves it.
        await Fixture.RefusedAsync(
            HttpMethod.Put, $"/api/v1/campaigns/{id}/schedule", new[] { Entry("A11", 6) with { Item = "sheds", Version = 1, Goal = "别的目标" } },
            HttpStatusCode.Conflict, "changed_meanwhile");
        await Fixture.PlanAsync(id, changed[0] with { Goal = null, Quantity = 9 });
        var zone = await Fixture.GetAsync<ZoneProgress>($"/api/v1/campaigns/{id}/progress/zones/A11");
        Assert.Equal("房前屋后清零", zone.Weeks.Single(week => week.Week == Monday).Goal);
    }

    public static TheoryData<object, string, string> Wrong => new()
    {
        { new[] { (object?)null }, "bad_entry", "[0]" },
        { new[] { Entry("U", 1) }, "bad_grid", "[0].grid" },
        { new[] { Entry("A11a", 1) }, "bad_grid", "[0].grid" },
        { new[] { Entry("A11", 1), Entry(null, 1) }, "bad_grid", "[1].grid" },
        { new[] { Entry("A11", 1) with { Item = "toilets" } }, "bad_item", "[0].item" },
        { new[] { Entry("A11", 1) with { Week = new(2026, 9, 8) } }, "bad_week", "[0].week" },
        { new[] { Entry("A11", 1) with { Week = new(2026, 8, 24) } }, "bad_week", "[0].week" },
        { new[] { Entry("A11", 1) with { Week = new(2026, 12, 7) } }, "bad_week", "[0].week" },
        { new[] { Entry("A11", -1) }, "bad_quantity", "[0].quantity" },
        { new[] { Entry("A11", 0.0001m) }, "bad_quantity", "[0].quantity" },
        { new[] { Entry("A11", 1e20m) }, "bad_quantity", "[0].quantity" },
        { new[] { Entry("A11", 1) with { Version = -1 } }, "bad_version", "[0].version" },
        { new[] { Entry("A11", 1), Entry("A11", 2) }, "duplicate_entry", "[1]" },
        { new[] { Entry("A11", 1) with { Goal = "a" }, Entry("A11", 1) with { Item = "sheds", Goal = "b" } }, "two_goals", "[1].goal" },
        { new[] { Entry("A11", 1) with { Goal = new string('a', 501) } }, "bad_goal", "[0].goal" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_entry_is_refused_by_place_and_nothing_is_stored(object body, string code, string field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Put, $"/api/v1/campaigns/{id}/schedule", body, HttpStatusCode.BadRequest, code, field);
    }

    [Theory]
    [InlineData("grid=nowhere", "bad_grid", "grid")]
    [InlineData("week=soon", "bad_week", "week")]
    [InlineData("limit=0", "bad_limit", "limit")]
    [InlineData("cursor=abc", "bad_cursor", "cursor")]
    [InlineData("cursor=YQpiCmM", "bad_cursor", "cursor")]
    public async Task A_wrong_question_is_refused(string query, string code, string field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Get, $"/api/v1/campaigns/{id}/schedule?{query}", null, HttpStatusCode.BadRequest, code, field);
    }

    private static ScheduleEntry Entry(string? grid, decimal quantity) => new(grid, "heaps", Monday, quantity, null, 0);

    private async Task<IReadOnlyList<ScheduleEntry>> ReadAsync(long id) =>
        (await Fixture.GetAsync<Page<ScheduleEntry>>($"/api/v1/campaigns/{id}/schedule")).Items;
}
