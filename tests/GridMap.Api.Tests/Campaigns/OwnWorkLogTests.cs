using System.Net;
using System.Net.Http.Json;
using GridMap.Api.Campaigns;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>What the page of the work log opens with: one's zones, and by item what was, what is planned and what is done.</summary>
public sealed class OwnWorkLogTests(WorkLogPeople service) : ServiceTest(service), IClassFixture<WorkLogPeople>
{
    private WorkLogPeople People => (WorkLogPeople)Service;

    [Fact]
    public async Task A_leader_sees_the_zones_inside_without_a_log_first_and_a_worker_their_own()
    {
        var id = await People.CreateAsync();
        var leader = await People.SignInAsync("mine-leader", ("grid_leader", "A1"));
        var worker = await People.SignInAsync("mine-worker", ("grid_leader", "A1"), ("grid_worker", "A12"));
        var elsewhere = await People.SignInAsync("mine-supervisor", ("supervisor", "A1"));
        await People.LogAsync(id, "A11", People.Today, ("heaps", 2));

        var led = await WorkLogPeople.GetAsync<OwnWorkLog>(leader.Client, $"{WorkLogPeople.LogOf(id)}/mine");
        Assert.Equal([("A12", false, false), ("A11", false, true)], led.Zones.Select(zone => (zone.Code, zone.Own, zone.Logged)));
        Assert.Equal((1, true, People.Today), (led.Logged, led.Workday, led.Day));
        await People.LogAsync(id, "A12", People.Today, ("heaps", 0));
        var worked = await WorkLogPeople.GetAsync<OwnWorkLog>(worker.Client, $"{WorkLogPeople.LogOf(id)}/mine");
        Assert.Equal([("A12", true, true), ("A11", false, true)], worked.Zones.Select(zone => (zone.Code, zone.Own, zone.Logged)));
        (await elsewhere.Client.GetAnswerAsync($"{WorkLogPeople.LogOf(id)}/mine")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Client.GetAnswerAsync($"{WorkLogPeople.LogOf(id)}/mine")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task Items_tell_the_last_logged_day_with_its_corrections_and_the_weeks_plan()
    {
        var id = await People.CreateAsync();
        var monday = Monday(People.Today);
        var last = People.Today.AddDays(-5);
        await People.PlanAsync(id, new ScheduleEntry("B11", "heaps", monday, 20, null, 0), new ScheduleEntry("B11", "cables", monday.AddDays(-7), 9, null, 0));
        var wrong = await People.LogAsync(id, "B11", last, ("heaps", 6), ("sheds", 2.5m));
        await WorkLogPeople.ReadAsync<WorkLogReceipt>(
            await Service.Admin.PostAsJsonAsync(WorkLogPeople.LogOf(id), WorkLogPeople.Body("B11", last, ("heaps", -2)) with { Corrects = wrong[0] }), HttpStatusCode.Created);
        await People.LogAsync(id, "B11", People.Today, ("heaps", 3));

        var zone = Assert.Single((await WorkLogPeople.GetAsync<OwnWorkLog>(Service.Admin, $"{WorkLogPeople.LogOf(id)}/mine?grid=B11")).Zones);
        Assert.Equal((last, true), (zone.LastDay, zone.Logged));
        var week = last >= monday ? 7 : 3;
        Assert.Equal(
            [new("heaps", 3, 4, 20, week), new("sheds", 0, 2.5m, 0, last >= monday ? 2.5m : 0), new("cables", 0, 0, 0, 0)],
            zone.Items!);
        var before = Assert.Single((await WorkLogPeople.GetAsync<OwnWorkLog>(Service.Admin, $"{WorkLogPeople.LogOf(id)}/mine?grid=B11&day={WorkLogPeople.Text(last)}")).Zones);
        Assert.Equal((null, 4m, null), (before.LastDay, before.Items![0].Done, before.Items[0].Last));
    }

    [Fact]
    public async Task A_frozen_day_says_so_and_takes_late_logs_all_the_same()
    {
        var id = await People.CreateAsync();
        var day = People.Today.AddDays(-1);
        (await Service.Admin.PostJsonAsync($"/api/v1/campaigns/{id}/freezes", new { day })).AssertStatus(HttpStatusCode.Created);
        Assert.NotNull((await WorkLogPeople.GetAsync<OwnWorkLog>(Service.Admin, $"{WorkLogPeople.LogOf(id)}/mine?day={WorkLogPeople.Text(day)}")).FrozenAt);
        Assert.Null((await WorkLogPeople.GetAsync<OwnWorkLog>(Service.Admin, $"{WorkLogPeople.LogOf(id)}/mine")).FrozenAt);
        await People.LogAsync(id, "A21", day, ("heaps", 1));
        var zone = Assert.Single((await WorkLogPeople.GetAsync<OwnWorkLog>(Service.Admin, $"{WorkLogPeople.LogOf(id)}/mine?grid=A21&day={WorkLogPeople.Text(day)}")).Zones);
        Assert.Equal((true, 1m), (zone.Logged, zone.Items![0].Done));
        var days = await WorkLogPeople.GetAsync<ProgressDays>(Client, $"/api/v1/campaigns/{id}/progress/days");
        Assert.Equal([day], days.Days.Where((_, i) => days.Frozen[i] is not null));
    }

    [Fact]
    public async Task What_is_no_day_and_no_zone_is_refused_by_field()
    {
        var id = await People.CreateAsync();
        foreach (var (query, code, field) in new[] { ("day=2020-01-01", "bad_day", "day"), ($"day={WorkLogPeople.Text(People.Today.AddDays(22))}", "bad_day", "day"), ("grid=A1", "bad_grid", "grid"), ("grid=Z", "bad_grid", "grid") })
        {
            (await Service.Admin.GetAnswerAsync($"{WorkLogPeople.LogOf(id)}/mine?{query}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
        }
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
