using System.Net;
using GridMap.Api.Campaigns;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>One grid opened: its weeks, its curve, why it is behind, its last entries.</summary>
public sealed class ZoneTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly DateOnly Monday = new(2026, 11, 2);

    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task Weeks_sum_what_was_planned_and_logged_for_their_days_and_make_up_the_row()
    {
        var id = await FillAsync();
        foreach (var (code, on) in ((string, string)[])[("A11", "2026-11-21"), ("A1", "2026-11-21"), ("A", "2026-11-12"), ("A12", "2026-11-21")])
        {
            var zone = await OpenAsync(id, code, $"on={on}");
            Assert.Equal(14, zone.Weeks.Count);
            Assert.Equal(new DateOnly(2026, 8, 31), zone.Weeks[0].Week);
            for (var item = 0; item < 3; item++)
            {
                Assert.Equal(zone.Row.Quantities[item].Planned, zone.Weeks.Sum(week => week.Quantities[item].Planned));
                Assert.Equal(zone.Row.Quantities[item].Done, zone.Weeks.Sum(week => week.Quantities[item].Done));
            }
        }

        var first = (await OpenAsync(id, "A11")).Weeks.Single(week => week.Week == Monday);
        Assert.Equal([("heaps", 10m, 9m), ("sheds", 0m, 0m), ("cables", 0m, 0m)], first.Quantities.Select(one => (one.Item, one.Planned, one.Done)));
        var parent = (await OpenAsync(id, "A1")).Weeks.Single(week => week.Week == Monday);
        Assert.Equal((13, 11), (parent.Quantities[0].Planned, parent.Quantities[0].Done));
    }

    [Fact]
    public async Task The_opened_grid_has_the_row_of_the_table_and_the_curve_of_the_days()
    {
        var id = await FillAsync();
        var days = await Fixture.GetAsync<ProgressDays>($"/api/v1/campaigns/{id}/progress/days");
        foreach (var code in (string[])["A11", "A12", "B34"])
        {
            var zone = await OpenAsync(id, code);
            Assert.Equivalent((await Fixture.ProgressAsync(id)).Rows.Single(row => row.Code == code), zone.Row, strict: true);
            Assert.Equal(days.Days, zone.Trend.Select(day => day.Day));
            Assert.Equal(days.Rows.Single(row => row.Code == code).Percent, zone.Trend.Select(day => day.Percent));
        }

        var a11 = (await OpenAsync(id, "A11")).Trend;
        Assert.Equal(0, a11.Single(day => day.Day == Monday.AddDays(-1)).PlannedPercent);
        Assert.Equal(0.1m, a11.Single(day => day.Day == Monday).PlannedPercent); // 2 of 20
        Assert.Equal(1, a11[^1].PlannedPercent);
    }

    [Fact]
    public async Task It_says_what_is_missing_how_long_it_was_silent_and_since_when_it_is_behind()
    {
        var id = await FillAsync();

        // By the Friday of the second week 20 were planned and 9 done, the last on Thursday of the first, on time to that day.
        Assert.Equal(new ZoneWhy("heaps", 20, 9, 11, SilentDays: 9, SinceWorkdays: 6), (await OpenAsync(id, "A11", "on=2026-11-14")).Why);
        Assert.Null((await OpenAsync(id, "A11", "on=2026-11-03")).Why);

        // Never a thing: silent from the first day.
        Assert.Equal(new ZoneWhy("heaps", 3, 0, 3, SilentDays: 82, SinceWorkdays: 15), (await OpenAsync(id, "A13")).Why);
        Assert.Null((await OpenAsync(id, "B34")).Why); // nothing planned
    }

    [Fact]
    public async Task The_last_fourteen_days_of_entries_are_there_newest_first()
    {
        var id = await FillAsync();
        Assert.Equal(
            [("A14", 5, null), ("A", 1, null), ("A11", 3, 4), ("A12", 2, null), ("A11", 6, null)],
            (await OpenAsync(id, "A", "on=2026-11-15")).Worklog.Select(entry => (entry.Grid, entry.Quantity, entry.HeadCount)));
        Assert.Equal([3m, 6m], (await OpenAsync(id, "A11", "on=2026-11-16")).Worklog.Select(entry => entry.Quantity));
        Assert.Equal([3m], (await OpenAsync(id, "A11", "on=2026-11-18")).Worklog.Select(entry => entry.Quantity));
        Assert.Empty((await OpenAsync(id, "A11", "on=2026-11-19")).Worklog);
        Assert.Equal([6m], (await OpenAsync(id, "A11", "on=2026-11-04")).Worklog.Select(entry => entry.Quantity));
    }

    [Fact]
    public async Task What_is_no_grid_of_the_campaign_is_404()
    {
        var id = await FillAsync();
        foreach (var code in (string[])["A11a", "nowhere"])
        {
            await Fixture.RefusedAsync(HttpMethod.Get, $"/api/v1/campaigns/{id}/progress/zones/{code}", null, HttpStatusCode.NotFound, "unknown_zone");
        }
    }

    private async Task<long> FillAsync()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.PlanAsync(
            id, Plan("A11", 0, 10), Plan("A11", 7, 10), Plan("A12", 0, 2), Plan("A13", 0, 1), Plan("A13", 7, 2), Plan("A14", 21, 8));
        await Fixture.LogAsync(id, "A11", Monday.AddDays(1), "heaps", 6);
        await Fixture.LogAsync(id, "A12", Monday.AddDays(2), "heaps", 2);
        await Fixture.LogAsync(id, "A11", Monday.AddDays(3), "heaps", 3, headCount: 4);
        await Fixture.LogAsync(id, "A", Monday.AddDays(4), "sheds", 1);
        await Fixture.LogAsync(id, "A14", Monday.AddDays(13), "cables", 5);
        return id;
    }

    private static ScheduleEntry Plan(string grid, int days, decimal quantity) => new(grid, "heaps", Monday.AddDays(days), quantity, null, 0);

    private Task<ZoneProgress> OpenAsync(long id, string code, string query = "") =>
        Fixture.GetAsync<ZoneProgress>($"/api/v1/campaigns/{id}/progress/zones/{code}?{query}");
}
